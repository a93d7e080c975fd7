import { type Stretch, without } from './intervals.ts'

const MINUTE = 60_000
const QUARTER = 15 * MINUTE
/** A shorter gap is a breath and no meeting. */
const LEAST = 10 * MINUTE

/** Gaps between what was captured that are long enough to have been something. */
export function gapsIn(captured: readonly Stretch[]): Stretch[] {
  const [first] = captured
  const last = captured.at(-1)
  if (!first || !last) return []
  return without([{ start: first.start, end: last.end }], captured).filter(
    ({ start, end }) => end - start >= LEAST,
  )
}

/** The free time around an instant; before the first and after the last captured time it is an hour at most. */
export function gapAt(captured: readonly Stretch[], at: number): Stretch | null {
  if (captured.some(({ start, end }) => at >= start && at < end)) return null
  const before = captured.filter(({ end }) => end <= at).at(-1)
  const after = captured.find(({ start }) => start > at)
  const quarter = Math.floor(at / QUARTER) * QUARTER
  return {
    start: before && (after || at - before.end < 4 * QUARTER) ? before.end : quarter,
    end: after && (before || after.start - at < 4 * QUARTER) ? after.start : quarter + 4 * QUARTER,
  }
}

/**
 * The times to propose for a gap: on the quarter hours inside it, when that leaves most of it; meetings begin
 * on the hour. A short gap is proposed to the minute.
 */
export function proposal({ start, end }: Stretch): Stretch {
  const from = Math.ceil(start / QUARTER) * QUARTER
  const to = Math.floor(end / QUARTER) * QUARTER
  if (to - from >= (end - start) / 2) return { start: from, end: to }
  return { start: Math.ceil(start / MINUTE) * MINUTE, end: Math.floor(end / MINUTE) * MINUTE }
}

/** What to propose when nobody pointed at a gap: the longest one, or the hour after the last captured time. */
export function likelyGap(captured: readonly Stretch[], now: number): Stretch {
  const [longest] = gapsIn(captured).sort((a, b) => b.end - b.start - (a.end - a.start))
  if (longest) return proposal(longest)
  const last = captured.at(-1)?.end ?? now - 4 * QUARTER
  const from = Math.ceil(last / QUARTER) * QUARTER
  return { start: from, end: from + 4 * QUARTER }
}

/** The next quarter hour up or down. */
export function stepQuarter(at: number, by: 1 | -1): number {
  return by > 0 ? Math.floor(at / QUARTER + 1) * QUARTER : Math.ceil(at / QUARTER - 1) * QUARTER
}
