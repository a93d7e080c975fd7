import type { Answer } from '../../../contract/calls.ts'
import type { Day } from '../../../contract/time.ts'
import { wallMinutes } from '../Day/wall.ts'

export type Previewed = Answer<'sessions.preview'>['sessions'][number]

/** A session on the small axis; overlapping ones lie in lanes below each other. */
export type Bar = { left: number; width: number; lane: number; isSmall: boolean }
export type Hours = { from: number; to: number }

/** So much captured time makes a day that shows what the settings do. */
const BUSY = 4 * 3_600_000
const LANES = 3

/** The latest day with a good part of a working day in it, else the fullest one. */
export function busyDay(days: readonly { day: Day; capturedMs: number }[]): Day | null {
  const worked = days.filter(({ capturedMs }) => capturedMs > 0)
  const latest = worked.findLast(({ capturedMs }) => capturedMs >= BUSY)
  const fullest = worked.toSorted((a, b) => b.capturedMs - a.capturedMs)[0]
  return (latest ?? fullest)?.day ?? null
}

export function countOf(sessions: readonly Previewed[]): { blocks: number; small: number } {
  const small = sessions.filter((session) => session.small).length
  return { blocks: sessions.length - small, small }
}

/** Whole hours that hold all of the sessions. */
export function hoursOf(sessions: readonly Previewed[], day: Day): Hours {
  const starts = sessions.map(({ start }) => wallMinutes(start, day))
  const ends = sessions.map(({ end }) => wallMinutes(end, day))
  if (starts.length === 0) return { from: 8, to: 17 }
  return { from: Math.floor(Math.min(...starts) / 60), to: Math.ceil(Math.max(...ends) / 60) }
}

export function barsOf(sessions: readonly Previewed[], day: Day, { from, to }: Hours): Bar[] {
  const whole = Math.max(1, to - from) * 60
  const ends: number[] = Array<number>(LANES).fill(-Infinity)
  return sessions
    .map((session) => ({
      start: wallMinutes(session.start, day) - from * 60,
      end: wallMinutes(session.end, day) - from * 60,
      isSmall: session.small,
    }))
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, isSmall }) => {
      const free = ends.findIndex((last) => last <= start)
      // More at once than there are lanes share the one that is free first.
      const lane = free >= 0 ? free : ends.indexOf(Math.min(...ends))
      ends[lane] = Math.max(ends[lane] ?? end, end)
      return { left: (start / whole) * 100, width: ((end - start) / whole) * 100, lane, isSmall }
    })
}
