import type { Stretch as Clocked } from '../../../contract/events.ts'
import { parseInstant, zone } from '../../../contract/time.ts'
import type { Stretch } from './intervals.ts'

/** Times of answers carry their offset. */
const UTC = zone('UTC')

/**
 * Time at work as it was clocked; what has no end yet is until now. Without a `now`, on another day, nobody knows
 * when it ended, and nothing is made up.
 */
export function clockedWork(presence: readonly Clocked[], now: number | null): Stretch[] {
  return presence.flatMap(({ kind, start, end }) => {
    const from = parseInstant(start, UTC)
    const to = end === null ? now : parseInstant(end, UTC)
    return kind === 'work' && from !== null && to !== null ? [{ start: from, end: to }] : []
  })
}
