import { formatUtc, isDay, systemClock } from '../../../contract/time.ts'
import { askAhead } from '../../api.ts'
import { startLive } from '../../live.ts'
import { recall } from '../../storage.ts'

/** What day it probably is at the hub: no answer has said so yet, and asking Intl takes longer than an answer. */
function likelyToday(): string | undefined {
  const shift = recall('dayShift')
  return typeof shift === 'number' ? formatUtc(systemClock() + shift).slice(0, 10) : undefined
}

/**
 * Asks for what the Day page asks for first, while its code is still on the way: so a full day is drawn once, and not
 * its skeleton before it.
 */
export function askForDay({ pathname, search }: Pick<Location, 'pathname' | 'search'>): void {
  const [, named] = /^\/app\/day(?:\/([^/]*))?\/?$/.exec(pathname) ?? [null, null]
  if (named === null) return
  const day = isDay(named ?? '') ? named : likelyToday()
  const user = new URLSearchParams(search).get('user') ?? recall('user')
  // Before the rest: no change may come between an answer and the line that would tell of it.
  startLive()
  askAhead('hub.get')
  askAhead('users.list')
  askAhead('projects.list', { archived: 'true' })
  if (day === undefined || typeof user !== 'string') return
  askAhead('days.get', { day, user })
  askAhead('suggestions.ofDay', { day, user })
}
