import { lengthOf, union } from './intervals.ts'
import type { OpenBlock } from './totals.ts'

/** The small change of one hour of the wall clock. */
export type SmallHour = { id: string; hour: number; blocks: OpenBlock[]; ms: number }

/** Small change by the hour it began in, in order; an hour that clocks show twice is one hour. */
export function smallHours(small: readonly OpenBlock[]): SmallHour[] {
  const hours = Map.groupBy(small, ({ from }) => from.slice(0, 13))
  return [...hours]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, blocks]) => ({
      id: `small-${key}`,
      hour: Number(key.slice(11, 13)),
      blocks,
      ms: lengthOf(union(blocks.flatMap(({ spans }) => spans))),
    }))
}
