import type { Event } from '../../../contract/events.ts'
import { type Stretch, lengthOf, without } from './intervals.ts'

/** When nobody sat at a machine, null: at none of them. */
export type Absence = Stretch & { machine: string | null }

/** Nothing of these happened while nobody was there. A call or a meeting did. */
const AT_A_MACHINE = ['window', 'browser', 'editor']

type Recorded = Pick<Event, 'source' | 'machine' | 'awayMs'>

/**
 * Where the time of an event lies that counts. How much that is, only the hub knows for sure: an absence that
 * began on another day is not among today's, and then what counts is the end of the event.
 */
export function presentParts(event: Recorded, whole: Stretch, absences: readonly Absence[]): Stretch[] {
  const { start, end } = whole
  if (event.awayMs === 0 || end <= start) return [whole]
  const away = AT_A_MACHINE.includes(event.source)
    ? absences
        .filter((one) => one.machine === null || event.machine === null || one.machine === event.machine)
        .filter((one) => one.start < end && one.end > start)
        .sort((a, b) => a.start - b.start)
    : []
  const parts = away.reduce((left, one) => without(left, [one]), [{ start, end }])
  if (lengthOf(parts) === end - start - event.awayMs) return parts
  return event.awayMs < end - start ? [{ start: start + event.awayMs, end }] : []
}
