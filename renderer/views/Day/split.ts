import type { Block } from './blocks.ts'
import { type Stretch, lengthOf } from './intervals.ts'

const MINUTE = 60_000

/** Where a block can be cut: at whole minutes that leave something on both sides. */
export function splitRange({ start, end }: Stretch): Stretch | null {
  const first = Math.floor(start / MINUTE + 1) * MINUTE
  const last = Math.ceil(end / MINUTE - 1) * MINUTE
  return first <= last ? { start: first, end: last } : null
}

/** The time before and after a cut. */
export function splitTimes(spans: readonly Stretch[], at: number): [before: number, after: number] {
  const before = lengthOf(spans.map(({ start, end }) => ({ start, end: Math.min(end, at) })))
  return [before, lengthOf(spans) - before]
}

/** The cut to begin with: after a break that is long and leaves much on both sides, else in the middle of the time. */
export function likelySplit({ spans }: Pick<Block, 'spans'>, range: Stretch): number {
  const breaks = spans.slice(1).flatMap((span, at) => {
    const ms = span.start - (spans[at]?.end ?? 0)
    return ms >= MINUTE ? [{ end: span.start, weight: ms * Math.min(...splitTimes(spans, span.start)) }] : []
  })
  const [best] = breaks.sort((a, b) => b.weight - a.weight)
  return clampSplit(best ? best.end : middleOf(spans), range)
}

function middleOf(spans: readonly Stretch[]): number {
  let left = lengthOf(spans) / 2
  for (const { start, end } of spans) {
    if (left <= end - start) return start + left
    left -= end - start
  }
  return spans.at(-1)?.end ?? 0
}

/** The nearest minute where a cut is possible. */
export function clampSplit(at: number, { start, end }: Stretch): number {
  return Math.min(end, Math.max(start, Math.round(at / MINUTE) * MINUTE))
}
