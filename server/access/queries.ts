import type { Answer } from '../../contract/calls.ts'
import { formatInstant } from '../../contract/time.ts'
import { loginReads } from '../../db/logins.ts'
import { peopleReads, type SecretsRow } from '../../db/people.ts'
import { query } from '../threads/define.ts'
import { standingQueries } from './standing.ts'

export const accessQueries = {
  ...standingQueries,

  /** What is checked of who wants in; null where there is nobody. */
  'access.secretsOf': query<{ handle: string } | { id: number } | { badge: Uint8Array }, SecretsRow | null>(
    ['users'],
    ({ sql }) => {
      const people = peopleReads(sql)
      return (by) => {
        if ('handle' in by) return people.secretsOf(by.handle) ?? null
        if ('id' in by) return people.secretsById(by.id) ?? null
        return people.ofBadge(Buffer.from(by.badge)) ?? null
      }
    },
  ),

  /** Whose punches a ticket delivers; null when it is worth nothing. */
  'access.ofTicket': query<{ ticket: Uint8Array }, { user_id: number; device_id: number | null } | null>(
    ['users', 'logins'],
    ({ sql, clock }) => {
      const logins = loginReads(sql)
      return ({ ticket }) => logins.ofTicket(Buffer.from(ticket), clock()) ?? null
    },
  ),

  /** Who the viewer is, for the page. */
  'me.get': query<object, Answer<'me.get'>['user']>(['users', 'attempts'], ({ sql }) => {
    const people = peopleReads(sql)
    return (_input, viewer) => {
      const row = viewer.kind === 'user' ? people.byId(viewer.id) : undefined
      if (!row) return null
      const { id, handle, name, role, locale, colour, has_pin } = row
      return { id, handle, name, role, locale, colour, hasPin: has_pin === 1 }
    }
  }),

  'logins.list': query<object, Answer<'logins.list'>>(['logins', 'sightings'], ({ sql, zone, clock }) => {
    const logins = loginReads(sql)
    return (_input, viewer) => ({
      items:
        viewer.kind !== 'user'
          ? []
          : logins.ofUser(viewer.id, clock()).map((row) => ({
              id: row.id,
              at: row.via === 'pin' || row.via === 'badge' ? ('kiosk' as const) : ('browser' as const),
              via: row.via,
              since: formatInstant(row.created_at, zone),
              lastSeen: row.last_seen === null ? null : formatInstant(row.last_seen, zone),
              expires: formatInstant(row.expires_at, zone),
              agent: row.agent,
              address: row.address,
              isThis: row.id === viewer.login,
            })),
    })
  }),
}
