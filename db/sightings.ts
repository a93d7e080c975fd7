import type { Instant } from '../contract/time.ts'
import type { WriteDb } from './open.ts'

export type Sighting = {
  kind: 'device' | 'login'
  id: number
  at: Instant
  address: string | null
  clock_offset_ms: number | null
}

export function sightingWrites(db: WriteDb) {
  const put = db.sql.prepare<Sighting>(
    `INSERT INTO sightings (kind, id, at, address, clock_offset_ms) VALUES (@kind, @id, @at, @address, @clock_offset_ms)
     ON CONFLICT DO UPDATE SET at = excluded.at, address = excluded.address,
       clock_offset_ms = coalesce(excluded.clock_offset_ms, clock_offset_ms)`,
  )
  return {
    put(row: Sighting): void {
      put.run(row)
      db.touch('sightings')
    },
  }
}
