import type { Answer } from '../../contract/calls.ts'
import { deviceReads } from '../../db/devices.ts'
import { peopleReads } from '../../db/people.ts'
import { currentSettings } from '../settings.ts'
import { query } from '../threads/define.ts'

const DAY_MS = 86_400_000

type Idle = Omit<Answer<'kiosk.idle'>, 'setupCode' | 'address'>

export const kioskQueries = {
  /** What everybody may see who walks past: names, and who is in where that is wanted. */
  'kiosk.idle': query<object, Idle>(
    ['users', 'devices', 'sightings', 'settings', 'attempts'],
    ({ sql, clock }) => {
      const people = peopleReads(sql)
      const devices = deviceReads(sql)
      const settings = currentSettings(sql)
      return () => {
        const since = clock() - DAY_MS
        const { showsPresence } = settings().kiosk
        return {
          people: people
            .all()
            .filter(({ active }) => active === 1)
            .map(({ handle, name, colour, has_pin }) => ({
              handle,
              name,
              colour,
              hasPin: has_pin === 1,
              presence: showsPresence ? ('out' as const) : null,
              since: null,
            })),
          devices: devices
            .all()
            .filter(({ kind, last_seen }) => kind === 'agent' && last_seen !== null && last_seen > since)
            .length,
        }
      }
    },
  ),
}
