import type { Instant, Span } from '../contract/time.ts'

/** Somebody was away from a machine, or from all of them. */
export type Away = Span & { machine: string | null }

/** An absence reaches at most this far: who is away longer is on holiday, not away from the machine. */
export const LONGEST_AWAY_MS = 7 * 86_400_000

/** Activity at a machine: nothing of it happened while its person was away. A call or a meeting did. */
const AT_A_MACHINE = ['window', 'browser', 'editor']

type Recorded = Span & { source: string; machine: string | null }

/** The parts of an event in which its person was there, in order. */
export function present({ source, machine, start, end }: Recorded, away: readonly Away[]): Span[] {
  let parts: Span[] = [{ start, end }]
  if (!AT_A_MACHINE.includes(source)) return parts
  for (const absence of away) {
    if (absence.end <= start || absence.start >= end) continue
    if (absence.machine !== null && machine !== null && absence.machine !== machine) continue
    parts = parts.flatMap((part) => without(part, absence))
  }
  return parts
}

function without({ start, end }: Span, absence: Span): Span[] {
  return [
    { start, end: Math.min(end, absence.start) },
    { start: Math.max(start, absence.end), end },
  ].filter((part) => part.end > part.start)
}

/** First instant of absences that may reach into something that begins at `from`. */
export function awaySince(from: Instant): Instant {
  return from - LONGEST_AWAY_MS
}
