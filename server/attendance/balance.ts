import { addDays, weekdayOf, type Day } from '../../contract/time.ts'

const MINUTE = 60_000

/** What a person is to work: minutes from Monday to Sunday, and since when the balance counts. */
export type Target = { minutes: readonly number[] | null; from: Day | null; carriedMinutes: number }

/** What is to be worked on that day; null where nothing was agreed. The hub knows no holidays. */
export function targetMs({ minutes }: Target, day: Day): number | null {
  return minutes === null ? null : (minutes[weekdayOf(day) - 1] ?? 0) * MINUTE
}

/** The same over days, both ends inclusive. */
export function targetOfRange(target: Target, from: Day, to: Day): number | null {
  if (target.minutes === null) return null
  let sum = 0
  for (let day = from; day <= to; day = addDays(day, 1)) sum += targetMs(target, day) ?? 0
  return sum
}

/**
 * Worked less what was to be worked, from the agreed day to `to`, both inclusive, on top of what was carried
 * over; null where no hours or no beginning were agreed, and for times before it.
 */
export function balanceMs(target: Target, to: Day, workedOn: ReadonlyMap<Day, number>): number | null {
  const { from, carriedMinutes } = target
  if (from === null || to < addDays(from, -1)) return null
  const due = targetOfRange(target, from, to)
  if (due === null) return null
  let worked = 0
  for (const [day, ms] of workedOn) if (day >= from && day <= to) worked += ms
  return carriedMinutes * MINUTE + worked - due
}
