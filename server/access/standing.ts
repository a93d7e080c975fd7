import type { DeviceKind, Role } from '../../contract/access.ts'
import type { AccessSettings } from '../../contract/settings.ts'
import type { Instant } from '../../contract/time.ts'
import { deviceReads } from '../../db/devices.ts'
import { loginReads, type LoginVia } from '../../db/logins.ts'
import { peopleReads } from '../../db/people.ts'
import { settingReads } from '../../db/settings.ts'
import { currentSettings } from '../settings.ts'
import { query } from '../threads/define.ts'

/** Everything by which the HTTP thread knows who asks; tokens as hexadecimal SHA-256. */
export type AccessList = {
  admins: number
  badgeSalt: string
  settings: AccessSettings
  devices: { id: number; kind: DeviceKind; owner: string | null; token: string }[]
  logins: {
    id: number
    token: string
    user: number
    handle: string
    role: Role
    via: LoginVia
    device: number | null
    expires: Instant
  }[]
}

export const standingQueries = {
  'access.list': query<object, AccessList>(['users', 'devices', 'logins', 'settings'], ({ sql, clock }) => {
    const devices = deviceReads(sql)
    const logins = loginReads(sql)
    const people = peopleReads(sql)
    const stored = settingReads(sql)
    const settings = currentSettings(sql)
    return () => ({
      admins: people.admins(),
      badgeSalt: String(stored.get('badgeSalt')),
      settings: settings().access,
      devices: devices
        .open()
        .map(({ id, kind, owner, token }) => ({ id, kind, owner, token: token.toString('hex') })),
      logins: logins.open(clock()).map((row) => ({
        id: row.id,
        token: row.token.toString('hex'),
        user: row.user_id,
        handle: row.handle,
        role: row.role,
        via: row.via,
        device: row.device_id,
        expires: row.expires_at,
      })),
    })
  }),
}
