import type { Span } from '../../../contract/time.ts'
import { union, without } from '../Day/intervals.ts'

const QUARTER = 900_000

const nextQuarter = (at: number) => Math.ceil(at / QUARTER) * QUARTER
const lastQuarter = (at: number) => Math.floor(at / QUARTER) * QUARTER

/**
 * Where something of that length goes on a day: after the last thing of it, on a quarter hour; on an empty day at
 * `opening`. When the day is over by then, it goes before what it does not fit after. Null: no gap is that long.
 */
export function placeEntry(ms: number, taken: readonly Span[], day: Span, opening: number): Span | null {
  const things = within(taken, day)
  const last = things.at(-1)
  const after = last === undefined ? Math.max(opening, day.start) : nextQuarter(last.end)
  if (after + ms <= day.end) return { start: after, end: after + ms }
  const gap = without([day], things).findLast(({ start, end }) => end - start >= ms)
  if (!gap) return null
  const latest = lastQuarter(gap.end - ms)
  const start = latest >= gap.start ? latest : gap.end - ms
  return { start, end: start + ms }
}

/** Where a copy goes: at the same time of the day when that is free, else where a new entry would go. */
export function placeCopy(wanted: Span, taken: readonly Span[], day: Span, opening: number): Span | null {
  const isFree = !taken.some(({ start, end }) => start < wanted.end && end > wanted.start)
  const isOfDay = wanted.start >= day.start && wanted.start < day.end
  return isFree && isOfDay ? wanted : placeEntry(wanted.end - wanted.start, taken, day, opening)
}

function within(taken: readonly Span[], day: Span): Span[] {
  return union(
    taken.map(({ start, end }) => ({ start: Math.max(start, day.start), end: Math.min(end, day.end) })),
  )
}
