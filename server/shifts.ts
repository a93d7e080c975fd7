import type { Presence, PunchKind } from '../contract/attendance.ts'
import { addDays, dayOf, type Day, type Instant } from '../contract/time.ts'
import type { Calendar } from './threads/define.ts'

/** A punch that counts: not undone, not replaced by a correction. */
export type CountedPunch = { id: number; kind: PunchKind; at: Instant }

/** Time at work or on a break; `end` null while it lasts, or for ever where nobody said when it ended. */
export type Stretch = { start: Instant; end: Instant | null; kind: 'work' | 'break' }

/** What began on a day: all its shifts, and the pauses between them as breaks. */
export type ShiftDay<P extends CountedPunch = CountedPunch> = { day: Day; stretches: Stretch[]; punches: P[] }

/** Where each kind leaves a person. */
export const LEAVES: Record<PunchKind, Presence> = {
  in: 'in',
  break_start: 'break',
  break_end: 'in',
  out: 'out',
}

/** What may come next; from a break one may go home. */
export const NEXT: Record<Presence, readonly PunchKind[]> = {
  out: ['in'],
  in: ['break_start', 'out'],
  break: ['break_end', 'out'],
}

/** Who clocks in again this soon after midnight has had a break in a night's work, and begins no new day. */
const SAME_NIGHT_MS = 2 * 3_600_000

export const inOrder = (a: CountedPunch, b: CountedPunch) => a.at - b.at || a.id - b.id

/**
 * Punches as days of attendance, in order. A shift belongs to the day it began, however far it reaches over
 * midnight; times are instants, so that a night in which clocks change is as long as it really was. What does
 * not follow from the one before says nothing.
 */
export function shiftDays<P extends CountedPunch>(
  punches: readonly P[],
  { zone, dayStartMinutes }: Pick<Calendar, 'zone' | 'dayStartMinutes'>,
): ShiftDay<P>[] {
  const days: ShiftDay<P>[] = []
  let state: Presence = 'out'
  for (const punch of punches.toSorted(inOrder)) {
    const last = days.at(-1)
    const day = dayOf(punch.at, zone, dayStartMinutes)
    // Who comes in anew went home without saying so: nobody knows when, and that shift stays without an end.
    const isAbandoned =
      punch.kind === 'in' && state !== 'out' && last !== undefined && isForgottenAt(last, day, punch.at)
    if (isAbandoned) state = 'out'
    if (!NEXT[state].includes(punch.kind)) continue
    if (state === 'out') {
      if (last && !isAbandoned && goesOn(last, day, punch.at)) begin(last, leftAt(last) ?? punch.at, 'break')
      else days.push({ day, stretches: [], punches: [] })
    }
    const today = days.at(-1)
    if (!today) continue
    today.punches.push(punch)
    endLast(today, punch.at)
    state = LEAVES[punch.kind]
    if (state !== 'out') begin(today, punch.at, state === 'in' ? 'work' : 'break')
  }
  return days
}

export const leftAt = ({ stretches }: Pick<ShiftDay, 'stretches'>): Instant | null =>
  stretches.at(-1)?.end ?? null

/** So long works nobody who has not been asked to say so: ten hours, their breaks, and some. */
const LONGEST_SHIFT_MS = 16 * 3_600_000
/** § 5 ArbZG: who said nothing for so long has been at home. */
export const REST_MS = 11 * 3_600_000

/**
 * Whether by then somebody went home without saying so: the shift began on an earlier day, and since it began or since
 * the last that was heard too long a time has passed. Nobody knows then when it ended, and the hub invents nothing.
 */
export function isForgottenAt(shift: ShiftDay, day: Day, at: Instant): boolean {
  const came = shift.punches.findLast(({ kind }) => kind === 'in')
  const heard = shift.punches.at(-1)
  if (!came || !heard || !isOpen(shift) || shift.day >= day) return false
  return at - came.at > LONGEST_SHIFT_MS || at - heard.at > REST_MS
}

/** Clocked in, or on a break, and not out. */
export const isOpen = ({ punches }: Pick<ShiftDay, 'punches'>): boolean =>
  punches.length > 0 && punches.at(-1)?.kind !== 'out'

function goesOn(last: ShiftDay, day: Day, at: Instant): boolean {
  return last.day === day || (addDays(last.day, 1) === day && at - (leftAt(last) ?? at) <= SAME_NIGHT_MS)
}

function begin({ stretches }: ShiftDay, start: Instant, kind: Stretch['kind']): void {
  stretches.push({ start, end: null, kind })
}

/** A stretch of no length is none: two punches in one millisecond. */
function endLast({ stretches }: ShiftDay, end: Instant): void {
  const last = stretches.at(-1)
  if (!last || last.end !== null) return
  if (last.start === end) stretches.pop()
  else last.end = end
}
