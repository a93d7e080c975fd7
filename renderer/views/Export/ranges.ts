import { type Day, addDays, weekOf } from '../../../contract/time.ts'

export const RANGES = ['week', 'lastWeek', 'month', 'lastMonth', 'custom'] as const
export type RangeName = (typeof RANGES)[number]
export type Range = { from: Day; to: Day }

const firstOfMonth = (day: Day): Day => `${day.slice(0, 7)}-01`

/** The days of a named range, both ends included; weeks begin on Monday. */
export function rangeOf(name: Exclude<RangeName, 'custom'>, today: Day): Range {
  const monday = weekOf(today)
  const first = firstOfMonth(today)
  switch (name) {
    case 'week':
      return { from: monday, to: addDays(monday, 6) }
    case 'lastWeek':
      return { from: addDays(monday, -7), to: addDays(monday, -1) }
    case 'month':
      return { from: first, to: addDays(firstOfMonth(addDays(first, 31)), -1) }
    case 'lastMonth':
      return { from: firstOfMonth(addDays(first, -1)), to: addDays(first, -1) }
  }
}
