import type { DeviceKind } from '../contract/access.ts'
import type { Instant } from '../contract/time.ts'
import type { WriteDb } from './open.ts'

/** A code that was shown to somebody, by its SHA-256: for one device, or for one log-in of a person. */
export type OfferRow = {
  code: Buffer
  kind: DeviceKind | 'login'
  name: string
  user_id: number | null
  expires_at: Instant
}

export function offerWrites(db: WriteDb) {
  const insert = db.sql.prepare<OfferRow>(
    'INSERT INTO offers (code, kind, name, user_id, expires_at) VALUES (@code, @kind, @name, @user_id, @expires_at)',
  )
  const take = db.sql.prepare<[Buffer], OfferRow>('DELETE FROM offers WHERE code = ? RETURNING *')
  const drop = db.sql.prepare<[Instant]>('DELETE FROM offers WHERE expires_at < ?')
  return {
    put(row: OfferRow, now: Instant): void {
      drop.run(now)
      insert.run(row)
    },
    /** What the code is for, which is worth nothing from now on; undefined when it never was or is late. */
    take(code: Buffer, now: Instant): OfferRow | undefined {
      const found = take.get(code)
      return found && found.expires_at >= now ? found : undefined
    },
  }
}
