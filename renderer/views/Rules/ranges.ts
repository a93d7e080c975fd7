import { type Day, addDays } from '../../../contract/time.ts'

/** How far into the past a rule is tried and applied. */
export const RANGES = ['month', 'days', 'all'] as const
export type RangeName = (typeof RANGES)[number]
export type Range = { from: Day; to: Day }

export const DAYS = 30
/** Nothing that is known began earlier. */
const FIRST = '2000-01-01'

export function rangeOf(name: RangeName, today: Day): Range {
  const from = { month: `${today.slice(0, 7)}-01`, days: addDays(today, 1 - DAYS), all: FIRST }
  return { from: from[name], to: today }
}
