import type { Span } from '../contract/time.ts'

/** Milliseconds covered by spans sorted by start; what overlaps (two PCs, a call meanwhile) counts once. */
export function coveredMs(spans: Iterable<Span>): number {
  let covered = 0
  let reached = -Infinity
  for (const { start, end } of spans) {
    if (end <= reached) continue
    covered += end - Math.max(start, reached)
    reached = end
  }
  return covered
}
