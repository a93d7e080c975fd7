import type { Answer } from '../../contract/calls.ts'
import { formatInstant } from '../../contract/time.ts'
import { deviceReads } from '../../db/devices.ts'
import { peopleReads } from '../../db/people.ts'
import { punchReads } from '../../db/punches.ts'
import { currentSettings } from '../settings.ts'
import { LEAVES } from '../shifts.ts'
import { query } from '../threads/define.ts'

const DAY_MS = 86_400_000

type Idle = Omit<Answer<'kiosk.idle'>, 'setupCode' | 'address'>

export const kioskQueries = {
  /** What everybody may see who walks past: names, and who is in where that is wanted. */
  'kiosk.idle': query<object, Idle>(
    ['users', 'devices', 'sightings', 'settings', 'attempts', 'punches'],
    ({ sql, clock, zone }) => {
      const people = peopleReads(sql)
      const devices = deviceReads(sql)
      const settings = currentSettings(sql)
      const punches = punchReads(sql)
      return () => {
        const since = clock() - DAY_MS
        const { showsPresence } = settings().kiosk
        const last = new Map(punches.who().map((row) => [row.handle, row]))
        const presenceOf = (handle: string): Pick<Idle['people'][number], 'presence' | 'since'> => {
          if (!showsPresence) return { presence: null, since: null }
          const { kind = null, at = null } = last.get(handle) ?? {}
          return {
            presence: kind === null ? 'out' : LEAVES[kind],
            since: at === null ? null : formatInstant(at, zone),
          }
        }
        return {
          people: people
            .all()
            .filter(({ active }) => active === 1)
            .map(({ handle, name, colour, has_pin }) => ({
              handle,
              name,
              colour,
              hasPin: has_pin === 1,
              ...presenceOf(handle),
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
