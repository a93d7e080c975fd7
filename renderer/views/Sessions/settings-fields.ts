import type { SessionSettings } from '../../../contract/settings.ts'
import { number } from '../../i18n/format.ts'

/** As the hub comes with them; the form puts them in, and saving makes them the hub's. */
export const USUAL: SessionSettings = {
  gapSeconds: 300,
  breakSeconds: 60,
  smallSeconds: 120,
  similarity: 0.65,
}

/** What each length may be, in seconds. */
export const LIMITS = {
  gapSeconds: { least: 30, most: 3600 },
  breakSeconds: { least: 0, most: 3600 },
  smallSeconds: { least: 0, most: 3600 },
} as const
export type Length = keyof typeof LIMITS
export const LENGTHS: Length[] = ['gapSeconds', 'breakSeconds', 'smallSeconds']

/** What the form holds: minutes and percent, as text. */
export type Fields = Record<keyof SessionSettings, string>

/** Seconds as minutes, `0,5`. */
export const minutesText = (seconds: number): string => number(seconds / 60, 2)

/** Minutes as people write them, `5`, `0,5`, `1:30`, in whole seconds; null for what is no time of that length. */
export function readMinutes(text: string, { least, most }: { least: number; most: number }): number | null {
  const typed = text.replace(/\s/g, '').replace(/min(?:uten?|utes?)?$/i, '')
  const clock = /^(\d+):([0-5]\d)$/.exec(typed)
  const seconds = clock
    ? Number(clock[1]) * 60 + Number(clock[2])
    : /^\d+(?:[.,]\d+)?$/.test(typed)
      ? Math.round(Number(typed.replace(',', '.')) * 60)
      : NaN
  return seconds >= least && seconds <= most ? seconds : null
}

export const fieldsOf = (settings: SessionSettings): Fields => ({
  gapSeconds: minutesText(settings.gapSeconds),
  breakSeconds: minutesText(settings.breakSeconds),
  smallSeconds: minutesText(settings.smallSeconds),
  similarity: String(Math.round(settings.similarity * 100)),
})

/** The settings that the form holds; null while a field holds none. */
export function settingsOf(fields: Fields): SessionSettings | null {
  const gapSeconds = readMinutes(fields.gapSeconds, LIMITS.gapSeconds)
  const breakSeconds = readMinutes(fields.breakSeconds, LIMITS.breakSeconds)
  const smallSeconds = readMinutes(fields.smallSeconds, LIMITS.smallSeconds)
  const similarity = Number(fields.similarity) / 100
  if (gapSeconds === null || breakSeconds === null || smallSeconds === null) return null
  return { gapSeconds, breakSeconds, smallSeconds, similarity }
}
