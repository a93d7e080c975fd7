import type { Correction, Punch } from '../../contract/attendance.ts'
import { formatInstant, type Zone } from '../../contract/time.ts'
import type { NamedCorrectionRow, Wanted } from '../../db/corrections.ts'
import type { CountedRow, PunchRow } from '../../db/punches.ts'

export function punchToWire(row: CountedRow, zone: Zone): Punch {
  return {
    id: row.id,
    kind: row.kind,
    at: formatInstant(row.at, zone),
    recorded: formatInstant(row.recorded_at, zone),
    corrected: row.correction_id !== null,
  }
}

export const wantedOf = ({ wanted }: { wanted: string }): Wanted => JSON.parse(wanted) as Wanted

/** @param voided the punches that it is to void */
export function correctionToWire(
  row: NamedCorrectionRow,
  voided: readonly PunchRow[],
  zone: Zone,
): Correction {
  return {
    id: row.id,
    user: row.user,
    name: row.name,
    day: row.day,
    at: formatInstant(row.at, zone),
    reason: row.reason,
    voids: voided.map((punch) => punchToWire(punch, zone)),
    adds: wantedOf(row).adds.map(({ kind, at }) => ({ kind, at: formatInstant(at, zone) })),
    state: row.state,
    selfReported: row.self_reported === 1,
    decidedBy: row.decider,
    decidedAt: row.decided_at === null ? null : formatInstant(row.decided_at, zone),
    note: row.note,
  }
}
