import type { Correction, PunchKind } from '../contract/attendance.ts'
import type { Day, Instant } from '../contract/time.ts'
import type { Sqlite, WriteDb } from './open.ts'

export type CorrectionState = Correction['state']

export type CorrectionRow = {
  id: number
  user_id: number
  key: string
  day: Day
  at: Instant
  reason: string
  /** {@link Wanted} as JSON. */
  wanted: string
  state: CorrectionState
  self_reported: 0 | 1
  decided_by: number | null
  decided_at: Instant | null
  note: string | null
}

export type Wanted = { voids: number[]; adds: { kind: PunchKind; at: Instant }[] }

/** With the names of who asked and who decided. */
export type NamedCorrectionRow = CorrectionRow & { user: string; name: string; decider: string | null }

export type Decision = Pick<CorrectionRow, 'id' | 'state' | 'decided_by' | 'decided_at' | 'note'>

const NAMED = `SELECT c.*, u.handle AS user, u.name, d.handle AS decider
  FROM corrections c JOIN users u ON u.id = c.user_id LEFT JOIN users d ON d.id = c.decided_by`

export function correctionReads(sql: Sqlite) {
  const byId = sql.prepare<[number], NamedCorrectionRow>(`${NAMED} WHERE c.id = ?`)
  const byKey = sql.prepare<[number, string], CorrectionRow>(
    'SELECT * FROM corrections WHERE user_id = ? AND key = ?',
  )
  const ofDays = sql.prepare<[number, Day, Day], Pick<CorrectionRow, 'day' | 'state'>>(
    `SELECT day, state FROM corrections INDEXED BY corrections_user_day
     WHERE user_id = ? AND day >= ? AND day <= ? AND state <> 'withdrawn' ORDER BY day, id`,
  )
  const page = 'ORDER BY c.id DESC LIMIT @limit'
  const all = sql.prepare<{ limit: number }, NamedCorrectionRow>(`${NAMED} ${page}`)
  const inState = sql.prepare<{ state: CorrectionState; limit: number }, NamedCorrectionRow>(
    `${NAMED} WHERE c.state = @state ${page}`,
  )
  const ofUser = sql.prepare<
    { user: number; state: CorrectionState | null; limit: number },
    NamedCorrectionRow
  >(`${NAMED} WHERE c.user_id = @user AND (@state IS NULL OR c.state = @state) ${page}`)
  return {
    byId: (id: number) => byId.get(id),
    byKey: (user: number, key: string) => byKey.get(user, key),
    /** Those of the days, both inclusive, that were not withdrawn, the latest of a day last. */
    ofDays: (user: number, from: Day, to: Day) => ofDays.all(user, from, to),
    /** The newest, of one person or of everybody. */
    newest(user: number | null, state: CorrectionState | null, limit: number): NamedCorrectionRow[] {
      if (user !== null) return ofUser.all({ user, state, limit })
      return state === null ? all.all({ limit }) : inState.all({ state, limit })
    },
  }
}

export function correctionWrites(db: WriteDb) {
  const insert = db.sql.prepare<Omit<CorrectionRow, 'id'>, { id: number }>(
    `INSERT INTO corrections (user_id, key, day, at, reason, wanted, state, self_reported, decided_by, decided_at, note)
     VALUES (@user_id, @key, @day, @at, @reason, @wanted, @state, @self_reported, @decided_by, @decided_at, @note) RETURNING id`,
  )
  const decide = db.sql.prepare<Decision>(
    'UPDATE corrections SET state = @state, decided_by = @decided_by, decided_at = @decided_at, note = @note WHERE id = @id',
  )
  return {
    insert(row: Omit<CorrectionRow, 'id'>): number {
      db.touch('corrections')
      const stored = insert.get(row)
      if (!stored) throw new Error('INSERT … RETURNING returned no row')
      return stored.id
    },
    decide(decision: Decision): void {
      decide.run(decision)
      db.touch('corrections')
    },
  }
}
