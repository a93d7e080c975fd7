import { type Day, type Zone, addDays, parseInstant } from '../../../contract/time.ts'
import { type Stretch, lengthOf, union, without } from './intervals.ts'

/** What was typed for an entry, as `09:30`. */
export type Typed = { start: string; end: string }

/** Longer than this over midnight is a slip of the pen and no night shift. */
const LONGEST_NIGHT = 12 * 3_600_000

/**
 * The time that is meant on a day: an end before its start is in the morning after, when that is not too long.
 * Null when it cannot be.
 */
export function entryTimes({ start, end }: Typed, day: Day, zone: Zone): Stretch | null {
  const from = parseInstant(`${day}T${start}`, zone)
  if (from === null) return null
  const to = parseInstant(`${day}T${end}`, zone, 'later')
  if (to !== null && to > from) return { start: from, end: to }
  const next = parseInstant(`${addDays(day, 1)}T${end}`, zone)
  return next !== null && next > from && next - from <= LONGEST_NIGHT ? { start: from, end: next } : null
}

/** How much of an entry was captured already. */
export function overlap(times: Stretch, captured: readonly Stretch[]): number {
  return times.end - times.start - lengthOf(without([times], union(captured)))
}
