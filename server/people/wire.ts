import type { Person } from '../../contract/people.ts'
import { formatInstant, type Instant, type Zone } from '../../contract/time.ts'
import type { PersonRow } from '../../db/people.ts'

/** A person as admins see one: of secrets, only whether there are any. */
export function personToWire(row: PersonRow, zone: Zone, now: Instant): Person {
  const { id, handle, name, role, locale, colour } = row
  const lock = row.pin_locked_until
  return {
    id,
    handle,
    name,
    role,
    locale,
    colour,
    active: row.active === 1,
    hasPassword: row.has_password === 1,
    hasPin: row.has_pin === 1,
    hasBadge: row.has_badge === 1,
    pinLockedUntil: lock !== null && lock > now ? formatInstant(lock, zone) : null,
    targetMinutes: row.target_minutes === null ? null : (JSON.parse(row.target_minutes) as number[]),
    balanceFrom: row.balance_from,
    carriedMinutes: row.carried_minutes,
  }
}
