import { type Day, type Instant, daysBetween, formatUtc, parseInstant, zone } from '../../../contract/time.ts'

/*
 * Wall times of the hub from what its answers say. Asking the browser for the hub's zone instead takes longer than
 * everything else that has to happen before the day can be seen.
 */

const MINUTE = 60_000

const UTC = zone('UTC')

/** The day and offset of the time read last, `2026-11-24T` and `+01:00`: those of the next one as a rule. */
let lastDay = ''
let lastOffset = ''
let lastMidnight: Instant | null = null

const COLON = 58
const two = (text: string, at: number) => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528

/** A time of the hub's answers. Thousands are read before a day can be seen, so what they share is read once. */
export function instantOf(iso: string): Instant | null {
  const { length } = iso
  const isUsual =
    (length === 25 || length === 29) && iso.charCodeAt(13) === COLON && iso.charCodeAt(16) === COLON
  if (!isUsual) return parseInstant(iso, UTC)
  if (!iso.startsWith(lastDay) || !iso.endsWith(lastOffset) || lastDay === '') {
    lastDay = iso.slice(0, 11)
    lastOffset = iso.slice(-6)
    lastMidnight = parseInstant(`${lastDay}00:00:00${lastOffset}`, UTC)
  }
  const [hours, minutes, seconds] = [two(iso, 11), two(iso, 14), two(iso, 17)]
  const millis = length === 29 ? Number(iso.slice(20, 23)) : 0
  const isRead = hours < 24 && minutes < 60 && seconds < 60 && millis >= 0 && lastMidnight !== null
  if (!isRead) return parseInstant(iso, UTC)
  return (lastMidnight ?? 0) + ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis
}

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
