import type { Instant } from '../contract/time.ts'
import type { Sqlite, WriteDb } from './open.ts'

export type UserRow = { id: number; handle: string; name: string; colour: number }

/** A person as attendance knows them: hours agreed, as JSON from Monday on, and since when they are balanced. */
export type EmployeeRow = {
  id: number
  handle: string
  name: string
  active: 0 | 1
  target_minutes: string | null
  balance_from: string | null
  carried_minutes: number
}

export function userReads(sql: Sqlite) {
  const idOf = sql.prepare<[string], { id: number }>('SELECT id FROM users WHERE handle = ?')
  const handleOf = sql.prepare<[number], string>('SELECT handle FROM users WHERE id = ?').pluck()
  const employee = sql.prepare<[number], EmployeeRow>(
    'SELECT id, handle, name, active, target_minutes, balance_from, carried_minutes FROM users WHERE id = ?',
  )
  const otherAdmins = sql
    .prepare<[number], number>(
      `SELECT count(*) FROM users WHERE role = 'admin' AND active = 1 AND password IS NOT NULL AND id <> ?`,
    )
    .pluck()
  const all = sql.prepare<[], UserRow & { last_event: Instant | null }>(
    `SELECT id, handle, name, colour,
       (SELECT max(start) FROM events e WHERE e.user_id = users.id AND e.deleted_at IS NULL) AS last_event
     FROM users WHERE active = 1 ORDER BY name, id`,
  )
  const ofNobody = sql
    .prepare<[], Instant | null>('SELECT max(start) FROM events WHERE user_id IS NULL AND deleted_at IS NULL')
    .pluck()
  return {
    idOf: (handle: string) => idOf.get(handle)?.id,
    handleOf: (id: number) => handleOf.get(id) ?? null,
    employee: (id: number) => employee.get(id),
    /** How many besides this one could decide: admins that can log in. */
    otherAdmins: (id: number) => otherAdmins.get(id) ?? 0,
    all: () => all.all(),
    /** Start of the newest event that names no person; null when there is none. */
    lastEventOfNobody: () => ofNobody.get() ?? null,
  }
}

export function userWrites(db: WriteDb) {
  const idOf = db.sql.prepare<[string], { id: number }>('SELECT id FROM users WHERE handle = ?')
  const insert = db.sql.prepare<[string, string], { id: number }>(
    `INSERT INTO users (handle, name, colour) VALUES (?, ?, (SELECT count(*) FROM users) % 12) RETURNING id`,
  )
  return {
    /** Id of the person with this handle; clients name people before anybody has entered them. */
    ensure(handle: string, name = handle): number {
      const known = idOf.get(handle)?.id
      if (known !== undefined) return known
      db.touch('users')
      const created = insert.get(handle, name)
      if (!created) throw new Error('INSERT … RETURNING returned no row')
      return created.id
    },
  }
}
