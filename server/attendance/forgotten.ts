import { dayOf, type Instant } from '../../contract/time.ts'
import { isForgottenAt, type ShiftDay } from '../shifts.ts'
import type { Calendar } from '../threads/define.ts'

/** Whether somebody went home from that shift without saying so. */
export function isForgotten(
  shift: ShiftDay,
  now: Instant,
  { zone, dayStartMinutes }: Pick<Calendar, 'zone' | 'dayStartMinutes'>,
): boolean {
  return isForgottenAt(shift, dayOf(now, zone, dayStartMinutes), now)
}
