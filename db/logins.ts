import type { Role } from '../contract/access.ts'
import type { Instant } from '../contract/time.ts'
import type { Sqlite, WriteDb } from './open.ts'

export type LoginVia = 'setup' | 'password' | 'qr' | 'pin' | 'badge'

export type LoginRow = {
  id: number
  user_id: number
  via: LoginVia
  device_id: number | null
  agent: string | null
  address: string | null
  created_at: Instant
  expires_at: Instant
  last_seen: Instant | null
}

/** A log-in that opens something; `token` is the SHA-256 of what its owner holds. */
export type OpenLogin = {
  id: number
  token: Buffer
  user_id: number
  handle: string
  role: Role
  via: LoginVia
  device_id: number | null
  expires_at: Instant
}

export type NewLogin = Omit<LoginRow, 'id' | 'last_seen'> & { token: Buffer; ticket: Buffer | null }

/** A ticket outlives its log-in, so that a punch can be delivered that waited for the hub. */
const TICKET_MS = 7 * 86_400_000

export function loginReads(sql: Sqlite) {
  const open = sql.prepare<[Instant], OpenLogin>(
    `SELECT l.id, l.token, l.user_id, u.handle, u.role, l.via, l.device_id, l.expires_at
     FROM logins l INDEXED BY logins_expires JOIN users u ON u.id = l.user_id
     WHERE l.expires_at > ? AND l.ended_at IS NULL AND u.active = 1`,
  )
  const ofUser = sql.prepare<[number, Instant], LoginRow>(
    `SELECT l.id, l.user_id, l.via, l.device_id, l.agent, coalesce(s.address, l.address) AS address, l.created_at, l.expires_at,
       s.at AS last_seen
     FROM logins l LEFT JOIN sightings s ON s.kind = 'login' AND s.id = l.id
     WHERE l.user_id = ? AND l.expires_at > ? AND l.ended_at IS NULL ORDER BY l.id DESC`,
  )
  const ofTicket = sql.prepare<[Buffer, Instant], { user_id: number; device_id: number | null }>(
    `SELECT l.user_id, l.device_id FROM logins l JOIN users u ON u.id = l.user_id
     WHERE l.ticket = ? AND l.created_at > ? AND u.active = 1`,
  )
  return {
    /** Every log-in that opens something now. */
    open: (now: Instant) => open.all(now),
    ofUser: (user: number, now: Instant) => ofUser.all(user, now),
    /** Whose punches this ticket delivers. */
    ofTicket: (ticket: Buffer, now: Instant) => ofTicket.get(ticket, now - TICKET_MS),
  }
}

export function loginWrites(db: WriteDb) {
  const insert = db.sql
    .prepare<NewLogin, number>(
      `INSERT INTO logins (token, ticket, user_id, via, device_id, agent, address, created_at, expires_at)
       VALUES (@token, @ticket, @user_id, @via, @device_id, @agent, @address, @created_at, @expires_at) RETURNING id`,
    )
    .pluck()
  const end = db.sql.prepare<[Instant, number, number]>(
    'UPDATE logins SET ended_at = ? WHERE id = ? AND user_id = ? AND ended_at IS NULL',
  )
  const endAll = db.sql.prepare<{ at: Instant; user: number; via: string | null; but: number | null }>(
    `UPDATE logins SET ended_at = @at, ticket = NULL WHERE user_id = @user AND ended_at IS NULL AND id IS NOT @but
       AND (@via IS NULL OR (@via = 'kiosk') = (via IN ('pin', 'badge')))`,
  )
  const endOfDevice = db.sql.prepare<[Instant, number]>(
    'UPDATE logins SET ended_at = ?, ticket = NULL WHERE device_id = ? AND ended_at IS NULL',
  )
  const drop = db.sql.prepare<[Instant]>('DELETE FROM logins WHERE expires_at < ?')
  return {
    /** Opens one; those that ended long ago are forgotten on the way. */
    open(row: NewLogin): number {
      drop.run(row.created_at - 2 * TICKET_MS)
      const id = insert.get(row)
      if (id === undefined) throw new Error('INSERT … RETURNING returned no row')
      db.touch('logins')
      return id
    },
    /** Whether it was this person's and open. */
    end(id: number, user: number, at: Instant): boolean {
      db.touch('logins')
      return end.run(at, id, user).changes > 0
    },
    /** Ends a person's log-ins: all, or those of kiosks or browsers; `but` stays. */
    endAll(of: { user: number; at: Instant; via?: 'kiosk' | 'browser'; but?: number | undefined }): void {
      endAll.run({ via: null, ...of, but: of.but ?? null })
      db.touch('logins')
    },
    endOfDevice(device: number, at: Instant): void {
      endOfDevice.run(at, device)
      db.touch('logins')
    },
  }
}
