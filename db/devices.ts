import type { DeviceKind } from '../contract/access.ts'
import type { Instant } from '../contract/time.ts'
import type { Sqlite, WriteDb } from './open.ts'

export type DeviceRow = {
  id: number
  kind: DeviceKind
  name: string
  user_id: number | null
  owner: string | null
  created_at: Instant
  last_seen: Instant | null
  address: string | null
  clock_offset_ms: number | null
}

/** `token`: SHA-256 of what the device holds. */
export type OpenDevice = Pick<DeviceRow, 'id' | 'kind' | 'user_id' | 'owner'> & { token: Buffer }

const COLUMNS = `d.id, d.kind, d.name, d.user_id, u.handle AS owner, d.created_at, s.at AS last_seen, s.address, s.clock_offset_ms
  FROM devices d LEFT JOIN users u ON u.id = d.user_id LEFT JOIN sightings s ON s.kind = 'device' AND s.id = d.id`

export function deviceReads(sql: Sqlite) {
  const all = sql.prepare<[], DeviceRow>(`SELECT ${COLUMNS} WHERE d.ended_at IS NULL ORDER BY d.name, d.id`)
  const byId = sql.prepare<[number], DeviceRow>(`SELECT ${COLUMNS} WHERE d.id = ? AND d.ended_at IS NULL`)
  const open = sql.prepare<[], OpenDevice>(
    `SELECT d.id, d.kind, d.user_id, u.handle AS owner, d.token FROM devices d LEFT JOIN users u ON u.id = d.user_id
     WHERE d.ended_at IS NULL`,
  )
  return { all: () => all.all(), byId: (id: number) => byId.get(id), open: () => open.all() }
}

export function deviceWrites(db: WriteDb) {
  const insert = db.sql
    .prepare<Pick<DeviceRow, 'kind' | 'name' | 'user_id' | 'created_at'> & { token: Buffer }, number>(
      `INSERT INTO devices (kind, name, user_id, token, created_at) VALUES (@kind, @name, @user_id, @token, @created_at) RETURNING id`,
    )
    .pluck()
  const change = db.sql.prepare<Pick<DeviceRow, 'id' | 'name' | 'user_id'>>(
    'UPDATE devices SET name = @name, user_id = @user_id WHERE id = @id',
  )
  const end = db.sql.prepare<[Instant, number]>(
    'UPDATE devices SET ended_at = ? WHERE id = ? AND ended_at IS NULL',
  )
  return {
    insert(row: Parameters<typeof insert.get>[0]): number {
      const id = insert.get(row)
      if (id === undefined) throw new Error('INSERT … RETURNING returned no row')
      db.touch('devices')
      return id
    },
    change(row: Pick<DeviceRow, 'id' | 'name' | 'user_id'>): void {
      change.run(row)
      db.touch('devices')
    },
    /** Whether it was paired. */
    end(id: number, at: Instant): boolean {
      db.touch('devices')
      return end.run(at, id).changes > 0
    },
  }
}
