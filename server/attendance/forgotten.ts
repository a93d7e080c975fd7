import { dayOf, type Instant } from '../../contract/time.ts'
import { isOpen, type ShiftDay } from '../shifts.ts'
import type { Calendar } from '../threads/define.ts'

/** So long works nobody who has not been asked to say so: ten hours, their breaks, and some. */
const LONGEST_SHIFT_MS = 16 * 3_600_000
/** § 5 ArbZG: who said nothing for so long has been at home. */
const REST_MS = 11 * 3_600_000

/**
 * Whether somebody went home without saying so: the shift began on an earlier day, and since it began or since
 * the last that was heard too long a time has passed. Nobody knows then when it ended, and the hub invents nothing.
 */
export function isForgotten(
  shift: ShiftDay,
  now: Instant,
  { zone, dayStartMinutes }: Pick<Calendar, 'zone' | 'dayStartMinutes'>,
): boolean {
  const came = shift.punches.findLast(({ kind }) => kind === 'in')
  const last = shift.punches.at(-1)
  if (!came || !last || !isOpen(shift) || shift.day >= dayOf(now, zone, dayStartMinutes)) return false
  return now - came.at > LONGEST_SHIFT_MS || now - last.at > REST_MS
}
