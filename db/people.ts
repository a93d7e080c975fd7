import type { Role } from '../contract/access.ts'
import type { Instant } from '../contract/time.ts'
import type { Sqlite, WriteDb } from './open.ts'

export type PersonRow = {
  id: number
  handle: string
  name: string
  role: Role
  locale: 'de' | 'en' | null
  colour: number
  active: 0 | 1
  target_minutes: string | null
  balance_from: string | null
  carried_minutes: number
  has_password: 0 | 1
  has_pin: 0 | 1
  has_badge: 0 | 1
  pin_locked_until: Instant | null
}

/** What is checked of a person who wants in: hashes as server/secrets.ts writes them. */
export type SecretsRow = {
  id: number
  handle: string
  role: Role
  active: 0 | 1
  password: string | null
  pin: string | null
}

/** Under which wrong PINs of a person are counted. */
export const pinSubject = (handle: string): string => `pin ${handle}`

const COLUMNS = `u.id, u.handle, u.name, u.role, u.locale, u.colour, u.active, u.target_minutes, u.balance_from, u.carried_minutes,
  u.password IS NOT NULL AS has_password, u.pin IS NOT NULL AS has_pin, u.badge IS NOT NULL AS has_badge,
  a.locked_until AS pin_locked_until
  FROM users u LEFT JOIN attempts a ON a.subject = 'pin ' || u.handle`

const SECRETS = 'SELECT id, handle, role, active, password, pin FROM users'

export function peopleReads(sql: Sqlite) {
  const all = sql.prepare<[], PersonRow>(`SELECT ${COLUMNS} ORDER BY u.active DESC, u.name, u.id`)
  const byId = sql.prepare<[number], PersonRow>(`SELECT ${COLUMNS} WHERE u.id = ?`)
  const secretsOf = sql.prepare<[string], SecretsRow>(`${SECRETS} WHERE handle = ?`)
  const secretsById = sql.prepare<[number], SecretsRow>(`${SECRETS} WHERE id = ?`)
  const ofBadge = sql.prepare<[Buffer], SecretsRow>(`${SECRETS} WHERE badge = ?`)
  const admins = sql
    .prepare<[], number>(
      `SELECT count(*) FROM users WHERE role = 'admin' AND active = 1 AND password IS NOT NULL`,
    )
    .pluck()
  return {
    all: () => all.all(),
    byId: (id: number) => byId.get(id),
    secretsOf: (handle: string) => secretsOf.get(handle),
    secretsById: (id: number) => secretsById.get(id),
    ofBadge: (badge: Buffer) => ofBadge.get(badge),
    /** Admins that can log in; without one the hub needs to be set up. */
    admins: () => admins.get() ?? 0,
  }
}

type Profile = Pick<
  PersonRow,
  | 'id'
  | 'name'
  | 'role'
  | 'locale'
  | 'colour'
  | 'active'
  | 'target_minutes'
  | 'balance_from'
  | 'carried_minutes'
>

export function peopleWrites(db: WriteDb) {
  const change = db.sql.prepare<Profile>(
    `UPDATE users SET name = @name, role = @role, locale = @locale, colour = @colour, active = @active,
       target_minutes = @target_minutes, balance_from = @balance_from, carried_minutes = @carried_minutes WHERE id = @id`,
  )
  const setters = {
    password: db.sql.prepare<[string | null, number]>('UPDATE users SET password = ? WHERE id = ?'),
    pin: db.sql.prepare<[string | null, number]>('UPDATE users SET pin = ? WHERE id = ?'),
    badge: db.sql.prepare<[Buffer | null, number]>('UPDATE users SET badge = ? WHERE id = ?'),
  }
  return {
    change(row: Profile): void {
      change.run(row)
      db.touch('users')
    },
    setPassword(id: number, hash: string | null): void {
      setters.password.run(hash, id)
      db.touch('users')
    },
    setPin(id: number, hash: string | null): void {
      setters.pin.run(hash, id)
      db.touch('users')
    },
    setBadge(id: number, hash: Buffer | null): void {
      setters.badge.run(hash, id)
      db.touch('users')
    },
  }
}
