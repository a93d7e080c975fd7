import type { Warning } from '../../contract/attendance.ts'
import type { Span } from '../../contract/time.ts'

/**
 * The German Arbeitszeitgesetz as far as punches show it. It warns and explains: nothing is deducted, because
 * what is paid and how breaks are ordered is for contracts and works councils (docs/attendance.md).
 *
 * Every threshold looks at net time, as § 2 defines working time: beginning to end without breaks.
 */
const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** § 3 sentence 1. */
export const USUAL_MS = 8 * HOUR
/** § 3 sentence 2, where the average stays within eight hours. */
export const LONGEST_MS = 10 * HOUR
/** § 3 counts Werktage, Monday to Saturday, within 24 weeks. */
export const AVERAGE_WEEKS = 24
const WERKTAGE = AVERAGE_WEEKS * 6
/** § 4: so much break from more than so much work on, the larger first. */
const DUTIES = [
  { moreThanMs: 9 * HOUR, breakMs: 45 * MINUTE },
  { moreThanMs: 6 * HOUR, breakMs: 30 * MINUTE },
]
/** § 4 sentence 2: shorter pauses are no break, though no work either. */
export const SHORTEST_BREAK_MS = 15 * MINUTE
/** § 4 sentence 3. */
export const LONGEST_WITHOUT_BREAK_MS = 6 * HOUR
/** § 5 (1). */
export const REST_MS = 11 * HOUR

export type ClosedStretch = Span & { kind: 'work' | 'break' }

export type Around = {
  /** Time since the day of attendance before it ended; null where nobody knows. */
  restMs: number | null
  /** Net time of the 24 weeks that end with this day. */
  last24WeeksMs: number
}

/** What of a day is not as the law wants it. */
export function warningsOf(stretches: readonly ClosedStretch[], around: Around): Warning[] {
  return [
    ...lengthWarnings(totalMs(stretches, 'work'), around.last24WeeksMs),
    ...breakWarnings(stretches),
    ...restWarnings(around.restMs),
  ]
}

export function totalMs(stretches: readonly ClosedStretch[], kind: ClosedStretch['kind']): number {
  return stretches.reduce((sum, one) => sum + (one.kind === kind ? one.end - one.start : 0), 0)
}

/** § 3. Longer than eight hours is allowed for a while, so the average is looked at on such days only. */
function lengthWarnings(workedMs: number, last24WeeksMs: number): Warning[] {
  if (workedMs <= USUAL_MS) return []
  const law = '§ 3 ArbZG'
  const averageMs = Math.round(last24WeeksMs / WERKTAGE)
  return [
    workedMs > LONGEST_MS
      ? { code: 'over_10h', law, isMs: workedMs, limitMs: LONGEST_MS }
      : { code: 'over_8h', law, isMs: workedMs, limitMs: USUAL_MS },
    ...(last24WeeksMs > WERKTAGE * USUAL_MS
      ? [{ code: 'average_over_8h' as const, law, isMs: averageMs, limitMs: USUAL_MS }]
      : []),
  ]
}

/** § 4. */
function breakWarnings(stretches: readonly ClosedStretch[]): Warning[] {
  const law = '§ 4 ArbZG'
  const { breakMs, longestMs, workedMs } = breaksOf(stretches)
  const duty = DUTIES.find(({ moreThanMs }) => workedMs > moreThanMs)
  const warnings: Warning[] = []
  if (duty && breakMs < duty.breakMs)
    warnings.push({ code: 'break_too_short', law, isMs: breakMs, limitMs: duty.breakMs })
  if (longestMs > LONGEST_WITHOUT_BREAK_MS)
    warnings.push({
      code: 'six_hours_without_break',
      law,
      isMs: longestMs,
      limitMs: LONGEST_WITHOUT_BREAK_MS,
    })
  return warnings
}

/** Breaks interrupt work: one before the first or after the last of it is none. */
function breaksOf(stretches: readonly ClosedStretch[]) {
  let [workedMs, breakMs, sinceBreakMs, longestMs, pauseMs] = [0, 0, 0, 0, 0]
  for (const { kind, start, end } of stretches) {
    if (kind === 'break') {
      if (workedMs > 0) pauseMs += end - start
      continue
    }
    if (pauseMs >= SHORTEST_BREAK_MS) {
      breakMs += pauseMs
      sinceBreakMs = 0
    }
    pauseMs = 0
    workedMs += end - start
    sinceBreakMs += end - start
    longestMs = Math.max(longestMs, sinceBreakMs)
  }
  return { workedMs, breakMs, longestMs }
}

/** § 5. */
function restWarnings(isMs: number | null): Warning[] {
  if (isMs === null || isMs >= REST_MS) return []
  return [{ code: 'rest_too_short', law: '§ 5 ArbZG', isMs, limitMs: REST_MS }]
}
