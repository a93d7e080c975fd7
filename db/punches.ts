import type { PunchKind } from '../contract/attendance.ts'
import type { Instant } from '../contract/time.ts'
import type { Sqlite, WriteDb } from './open.ts'

export type PunchRow = {
  id: number
  user_id: number
  key: string
  kind: PunchKind
  at: Instant
  recorded_at: Instant
  device_id: number | null
  correction_id: number | null
  voided_by: number | null
  undone_at: Instant | null
  ended_batch_id: number | null
}

export type NewPunchRow = Pick<
  PunchRow,
  'user_id' | 'key' | 'kind' | 'at' | 'recorded_at' | 'device_id' | 'correction_id'
>

/** What days of attendance are made of: years of them, so no more than that. */
export type CountedRow = Pick<PunchRow, 'id' | 'kind' | 'at' | 'recorded_at' | 'correction_id'>

/** A person and the last punch that counts; null where there is none. */
export type WhoRow = { handle: string; name: string; kind: PunchKind | null; at: Instant | null }

const COUNTS = 'voided_by IS NULL AND undone_at IS NULL'
const OF_USER = `FROM punches INDEXED BY punches_user_at WHERE ${COUNTS} AND user_id = @user`

export function punchReads(sql: Sqlite) {
  const byId = sql.prepare<[number], PunchRow>('SELECT * FROM punches WHERE id = ?')
  const byKey = sql.prepare<[number, string], PunchRow>('SELECT * FROM punches WHERE user_id = ? AND key = ?')
  const last = sql.prepare<{ user: number }, PunchRow>(
    `SELECT * ${OF_USER} ORDER BY at DESC, id DESC LIMIT 1`,
  )
  const lastBefore = sql.prepare<{ user: number; at: Instant }, PunchRow>(
    `SELECT * ${OF_USER} AND at < @at ORDER BY at DESC, id DESC LIMIT 1`,
  )
  const counted = sql.prepare<{ user: number; from: Instant; to: Instant }, CountedRow>(
    `SELECT id, kind, at, recorded_at, correction_id ${OF_USER} AND at >= @from AND at < @to ORDER BY at, id`,
  )
  const who = sql.prepare<[], WhoRow>(
    `SELECT u.handle, u.name, p.kind, p.at FROM users u LEFT JOIN punches p ON p.id =
       (SELECT id FROM punches INDEXED BY punches_user_at WHERE ${COUNTS} AND user_id = u.id ORDER BY at DESC, id DESC LIMIT 1)
     WHERE u.active = 1 ORDER BY u.name, u.id`,
  )
  return {
    byId: (id: number) => byId.get(id),
    byKey: (user: number, key: string) => byKey.get(user, key),
    /** The last that counts. */
    last: (user: number) => last.get({ user }),
    lastBefore: (user: number, at: Instant) => lastBefore.get({ user, at }),
    /** Those of a range that count, in order. */
    counted: (user: number, range: { from: Instant; to: Instant }) => counted.all({ user, ...range }),
    /** Everybody who is active, by name. */
    who: () => who.all(),
  }
}

export function punchWrites(db: WriteDb) {
  const insert = db.sql.prepare<NewPunchRow, PunchRow>(
    `INSERT INTO punches (user_id, key, kind, at, recorded_at, device_id, correction_id)
     VALUES (@user_id, @key, @kind, @at, @recorded_at, @device_id, @correction_id) RETURNING *`,
  )
  const undo = db.sql.prepare<[Instant, number]>('UPDATE punches SET undone_at = ? WHERE id = ?')
  const voidBy = db.sql.prepare<[number, number]>('UPDATE punches SET voided_by = ? WHERE id = ?')
  const ended = db.sql.prepare<[number | null, number]>('UPDATE punches SET ended_batch_id = ? WHERE id = ?')
  return {
    insert(row: NewPunchRow): PunchRow {
      db.touch('punches')
      const stored = insert.get(row)
      if (!stored) throw new Error('INSERT … RETURNING returned no row')
      return stored
    },
    undo(id: number, at: Instant): void {
      undo.run(at, id)
      db.touch('punches')
    },
    voidBy(correction: number, id: number): void {
      voidBy.run(correction, id)
      db.touch('punches')
    },
    /** The batch that made the entry which ended with it. */
    setEnded: (id: number, batch: number | null) => void ended.run(batch, id),
  }
}
