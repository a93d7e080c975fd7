import { type Day, daysBetween, formatDuration } from '../../contract/time.ts'
import { shownLocale } from './index.ts'
import { dayWords, numberWords } from './plain.ts'

const LANGUAGE = { de: 'de-DE', en: 'en-GB' } as const
const DAY_MS = 86_400_000

const dates = new Map<string, Intl.DateTimeFormat>()

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = shownLocale() + JSON.stringify(options)
  const known = dates.get(key)
  if (known) return known
  // Days are counted from 1970 and printed as UTC, so that no zone can move them.
  const made = new Intl.DateTimeFormat(LANGUAGE[shownLocale()], { ...options, timeZone: 'UTC' })
  dates.set(key, made)
  return made
}

const noon = (day: Day) => daysBetween('1970-01-01', day) * DAY_MS + DAY_MS / 2

const isOtherYear = (day: Day, today: Day) => day.slice(0, 4) !== today.slice(0, 4)

/** `Dienstag, 24. November`, with the year when it is not the one of `today`. */
export const longDay = (day: Day, today: Day): string =>
  dayWords(shownLocale(), day, false, isOtherYear(day, today))

/** `Di, 24. Nov.` */
export const shortDay = (day: Day, today: Day): string =>
  dayWords(shownLocale(), day, true, isOtherYear(day, today))

/** `Di 24.`, for the head of a column */
export function headDay(day: Day): string {
  return dateFormat({ weekday: 'short', day: 'numeric' })
    .format(noon(day))
    .replace(/[.,]+(?= )/, '')
}

/** `23.–29. November`, with the year when it is not the one of `today`. */
export function longRange(from: Day, to: Day, today: Day): string {
  const year = to.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' as const }
  return dateFormat({ day: 'numeric', month: 'long', ...year }).formatRange(noon(from), noon(to))
}

/** `November` */
export const monthName = (day: Day): string => dateFormat({ month: 'long' }).format(noon(day))

/** `November 2026` */
export const monthYear = (day: Day): string =>
  dateFormat({ month: 'long', year: 'numeric' }).format(noon(day))

/** `24.11.2026` */
export function plainDay(day: Day): string {
  return dateFormat({ day: '2-digit', month: '2-digit', year: 'numeric' }).format(noon(day))
}

/** `5:10`; what is shorter than half a minute is not nothing. */
export const duration = (ms: number): string => (ms > 0 && ms < 30_000 ? '< 0:01' : formatDuration(ms))

/** `+0:25`, `−1:10`, `0:00` */
export const signed = (ms: number): string =>
  Math.round(ms / 60_000) === 0 ? '0:00' : `${ms < 0 ? '−' : '+'}${formatDuration(Math.abs(ms))}`

/** The wall time of the hub in an ISO time, `14:10`. */
export const clock = (iso: string): string => iso.slice(11, 16)

/** `14:10 – 15:12`, one time when both read the same. */
export function clockRange(start: string, end: string): string {
  return clock(start) === clock(end) ? clock(start) : `${clock(start)} – ${clock(end)}`
}

export const number = (value: number, digits = 1): string => numberWords(shownLocale(), value, digits)

/** Milliseconds as decimal hours for budgets, `31,5`. */
export const hours = (ms: number): string => number(ms / 3_600_000)
