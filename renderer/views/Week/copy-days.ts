import { type Day, addDays, weekdayOf } from '../../../contract/time.ts'

const isWorkday = (day: Day) => weekdayOf(day) <= 5

/** Days to copy to: the next weekday first, which may be of the next week, then the others of this one. */
export function copyDays(from: Day, week: readonly Day[]): Day[] {
  let next = addDays(from, 1)
  while (!isWorkday(next)) next = addDays(next, 1)
  return [next, ...week.filter((day) => day !== from && day !== next && isWorkday(day))]
}
