import { dayRange, type Instant } from '../../contract/time.ts'
import type { Calendar } from '../threads/define.ts'

/** Days of the hub's calendar, both included, as instants; `to` is exclusive then. */
export function rangeOf(
  { zone, dayStartMinutes }: Calendar,
  days: { from?: string | undefined; to?: string | undefined },
): { from: Instant | undefined; to: Instant | undefined } {
  return {
    from: days.from === undefined ? undefined : dayRange(days.from, zone, dayStartMinutes).start,
    to: days.to === undefined ? undefined : dayRange(days.to, zone, dayStartMinutes).end,
  }
}
