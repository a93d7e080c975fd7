import type { AttendanceDay, PunchKind } from '../../../contract/attendance.ts'
import {
  type Day,
  type Instant,
  type Zone,
  addDays,
  formatInstant,
  parseInstant,
} from '../../../contract/time.ts'
import { clock } from '../../i18n/format.ts'

/** A line of a day as it is being corrected; `id` and `at` of a punch that is there already. */
export type Row = { id: number | null; kind: PunchKind; time: string; at: string | null }

export type Changes = { voids: number[]; adds: { kind: PunchKind; at: string }[] }

export type Problem = { code: 'incomplete' | 'order' | 'future' | 'same'; row: number }

/** What may come after what; the hub has the last word. */
const NEXT: Record<PunchKind, PunchKind[]> = {
  in: ['break_start', 'out'],
  break_start: ['break_end', 'out'],
  break_end: ['break_start', 'out'],
  out: ['in'],
}

export const rowsOf = ({ punches }: Pick<AttendanceDay, 'punches'>): Row[] =>
  punches.map(({ id, kind, at }) => ({ id, kind, time: clock(at), at }))

/** The kind that most likely comes after a row. */
export function nextKind(last: PunchKind | undefined): PunchKind {
  if (last === undefined || last === 'out') return 'in'
  return last === 'break_start' ? 'break_end' : 'out'
}

/**
 * What a correction has to void and to add so that the day is as the rows say. Times go upwards: one that is
 * before the one above it is of the next day, as in a night shift.
 */
export function changesOf(
  day: Pick<AttendanceDay, 'day' | 'punches'>,
  rows: readonly Row[],
  zone: Zone,
  now: Instant,
): Changes | Problem {
  const changes: Changes = { voids: [], adds: [] }
  let on: Day = day.day
  let before: Row | undefined
  for (const [index, row] of rows.entries()) {
    if (!/^\d\d:\d\d$/.test(row.time)) return { code: 'incomplete', row: index }
    if (before ? !NEXT[before.kind].includes(row.kind) : row.kind !== 'in')
      return { code: 'order', row: index }
    if (before && row.time < before.time) on = addDays(on, 1)
    before = row
    // Untouched, it keeps its seconds.
    if (row.at?.slice(0, 16) === `${on}T${row.time}`) continue
    const at = parseInstant(`${on}T${row.time}`, zone)
    if (at === null || at > now) return { code: 'future', row: index }
    changes.adds.push({ kind: row.kind, at: formatInstant(at, zone) })
    if (row.id !== null) changes.voids.push(row.id)
  }
  const kept = new Set(rows.map(({ id }) => id))
  changes.voids.push(...day.punches.map(({ id }) => id).filter((id) => !kept.has(id)))
  if (changes.adds.length + changes.voids.length === 0) return { code: 'same', row: -1 }
  return changes
}
