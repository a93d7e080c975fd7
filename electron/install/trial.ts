/** One look at a version that was just started. */
export type Look = {
  afterMs: number
  /** The version that answered as healthy; none when nothing did. */
  healthy: string | undefined
  /** As systemd has it: `failed` means that it has given up. */
  unit: string
}

export type Trial = { version: string; limitMs: number; steadyMs: number }
export type Verdict = { end: 'good' } | { end: 'bad'; why: string } | { end: 'wait' }

/** A Pi migrates a million events well within this. */
export const TRIAL = { limitMs: 180_000, steadyMs: 10_000 }

/**
 * Whether a new version has proven itself: healthy without a break for some time. "Started" proves nothing, as
 * a program that crashes over and over starts each time.
 */
export function judge({ version, limitMs, steadyMs }: Trial, looks: readonly Look[]): Verdict {
  const last = looks.at(-1)
  if (!last) return { end: 'wait' }
  if (last.unit === 'failed') return { end: 'bad', why: 'it ended again and again' }
  const lastBad = looks.findLastIndex(({ healthy }) => healthy !== version)
  const firstGood = looks[lastBad + 1]
  if (firstGood && last.afterMs - firstGood.afterMs >= steadyMs) return { end: 'good' }
  if (last.afterMs < limitMs) return { end: 'wait' }
  const why =
    last.healthy === undefined
      ? `it was not healthy after ${limitMs / 1000} s`
      : last.healthy === version
        ? 'it was healthy only now and then'
        : `version ${last.healthy} answers in its place`
  return { end: 'bad', why }
}
