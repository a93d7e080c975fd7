import type { HeapLimit } from '../../contract/host.ts'

/** What a V8 heap is asked to stay within, MB. */
export type HeapRequest = { heapMb: number; semiSpaceMb: number }

/**
 * The spelling for V8. Both are needed: without a small young generation V8 adds a large one on top
 * (128 MB asked for were 320; with a semi-space of 4 they were 140).
 */
export function heapFlags({ heapMb, semiSpaceMb }: HeapRequest): string[] {
  return [`--max-old-space-size=${heapMb}`, `--max-semi-space-size=${semiSpaceMb}`]
}

/** V8 counts the young generation as three semi-spaces: 128 + 3 × 4 = 140 MB, 256 + 3 × 8 = 280 MB. */
export function expectedLimitMb({ heapMb, semiSpaceMb }: HeapRequest): number {
  return heapMb + 3 * semiSpaceMb
}

/** Whether a limit that a process reports is the one it was asked for; a flag that is misspelt or not handed on is ignored without a word. */
export function isInForce(request: HeapRequest, reportedMb: number): boolean {
  const expected = expectedLimitMb(request)
  return Math.abs(reportedMb - expected) <= expected * 0.1
}

/** The two side by side; what nobody reports is neither in force nor out of it. */
export function compareHeap(request: HeapRequest, reportedMb: number | null): HeapLimit {
  return {
    askedMb: expectedLimitMb(request),
    reportedMb: reportedMb === null ? null : Math.round(reportedMb),
    isInForce: reportedMb === null ? null : isInForce(request, reportedMb),
  }
}
