import { type Day, daysBetween, formatUtc } from '../../../contract/time.ts'

/*
 * Wall times of the hub from what its answers say. Asking the browser for the hub's zone instead takes longer than
 * everything else that has to happen before the day can be seen.
 */

const MINUTE = 60_000

/** An instant as the hub's clocks show it, by the offset of a time near it: `2026-11-24T09:30:00+01:00`. */
export function wallTime(at: number, near: string): string {
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)$/.exec(near) ?? []
  const offset = (Number(hours) * 60 + Number(minutes)) * MINUTE * (sign === '-' ? -1 : 1)
  return formatUtc(at + offset).replace('Z', `${sign}${hours}:${minutes}`)
}

/** What the clock shows in an answer as minutes from the day's midnight. */
export function wallMinutes(iso: string, day: Day): number {
  const days = daysBetween(day, iso.slice(0, 10))
  const seconds = Number(iso.slice(17, 19)) || 0
  return days * 1440 + Number(iso.slice(11, 13)) * 60 + Number(iso.slice(14, 16)) + seconds / 60
}

/** Minutes of a day of an instant, by the last of these times that is not after it. */
export function minutesNear(at: number, known: readonly { start: number; from: string }[], day: Day): number {
  const near = known.reduce((best, one) => (one.start <= at && one.start > best.start ? one : best))
  return wallMinutes(near.from, day) + (at - near.start) / MINUTE
}
