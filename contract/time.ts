import { civilText, daysFromCivil, two } from './time-calendar.ts'
import { zoneOffsets } from './time-offsets.ts'

/**
 * The one door to time. Everything that parses, prints or counts days goes through here, in every
 * process, the browser included: so no dependency, no Node, no DOM, only `Intl` for the zone rules.
 *
 * An `Instant` is integer milliseconds since 1970 UTC. A *wall* time is what a clock on the wall
 * shows, kept the same way (as if it were UTC): wall = instant + zone.offsetAt(instant).
 */
export type Instant = number
/** A calendar date, `YYYY-MM-DD`. */
export type Day = string
/** A time zone: its IANA name, and the milliseconds to add to UTC to get its wall time. */
export type Zone = { readonly name: string; offsetAt(at: Instant): number }
export type Clock = () => Instant
export type Span = { start: Instant; end: Instant }

const MINUTE = 60_000
const DAY = 86_400_000
/** Instants before this, or at LATEST and after, are refused as mistakes: 2000-01-01 UTC. */
export const EARLIEST: Instant = 946_684_800_000
/** 2100-01-01 UTC, the first instant that is refused. */
export const LATEST: Instant = 4_102_444_800_000

export const systemClock: Clock = () => Date.now()

// ---- Zones --------------------------------------------------------------------------------------

const zones = new Map<string, Zone>()
const MOST_ZONES = 50

/** The zone of that IANA name, the same object each time. @throws RangeError for an unknown name */
export function zone(name: string): Zone {
  const known = zones.get(name)
  if (known !== undefined) return known
  if (!/^[a-z]/i.test(name)) throw new RangeError(`Unknown time zone: ${name}`) // Intl takes '+01:00' too
  const made: Zone = { name, offsetAt: zoneOffsets(name) }
  // A hub has one zone; the cap is for names that come with requests.
  if (zones.size >= MOST_ZONES) zones.clear()
  zones.set(name, made)
  return made
}

/** Whether `zone(name)` would accept the name. */
export function isZone(name: string): boolean {
  try {
    return zone(name).name === name
  } catch {
    return false
  }
}

/** The name of the machine's zone, `UTC` where it has none that Intl knows. */
export function systemZone(): string {
  const name = new Intl.DateTimeFormat().resolvedOptions().timeZone
  return isZone(name) ? name : 'UTC'
}

/**
 * The instants at which the zone's clocks show `wall`, the preferred one first: one as a rule; two,
 * earlier first, when clocks are put back. A time that clocks skip has two readings as well: ahead
 * by the gap (RFC 5545, and "compatible" in Temporal), then back by it (a clock not yet put ahead).
 */
function readings(wall: number, zone: Zone): Instant[] {
  // No offset exceeds a day, so these two are the ones before and after any change near `wall`.
  const before = wall - zone.offsetAt(wall - DAY)
  const after = wall - zone.offsetAt(wall + DAY)
  if (before === after) return [before]
  const real = [before, after].filter((at) => at + zone.offsetAt(at) === wall)
  return real.length === 0 ? [before, after] : real
}

// ---- Reading ------------------------------------------------------------------------------------

const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|z|[+-]\d\d(?::?\d\d)?)?$/

function parse(text: string, zone: Zone): Instant[] {
  const found = DATE_TIME.exec(text)
  if (found === null) return []
  const [, year, month, day, hour, minute, second = 0, fraction = '', offset] = found
  const days = daysFromCivil(Number(year), Number(month), Number(day))
  if (days === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return []
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second)
  const wall = days * DAY + seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'))
  const ahead = offset === undefined ? null : parseOffset(offset)
  const all = ahead === null ? readings(wall, zone) : [wall - ahead]
  return all.filter((at) => at >= EARLIEST && at < LATEST) // NaN, a bad offset, falls out here too
}

function parseOffset(text: string): number {
  if (text === 'Z' || text === 'z') return 0
  const hours = Number(text.slice(1, 3))
  const minutes = Number(text.slice(3).replace(':', ''))
  if (hours > 23 || minutes > 59) return NaN
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * MINUTE
}

/**
 * Reads an ISO 8601 date-time: `T` or a space, seconds optional, a fraction of up to 9 digits (cut
 * to ms), an offset (`Z`, `+01:00`, `+0100`, `+01`) or none, which means wall time in `zone`.
 * `pick` decides for the hour that clocks show twice; a time they skip moves ahead by the gap.
 * Null for anything else, impossible dates, and instants outside [EARLIEST, LATEST).
 */
export function parseInstant(
  text: string,
  zone: Zone,
  pick: 'earlier' | 'later' = 'earlier',
): Instant | null {
  const all = parse(text, zone)
  if (all.length === 0) return null
  return pick === 'later' ? Math.max(...all) : (all[0] ?? null)
}

/** Whether the text is shaped like a date-time without an offset, so means wall time. */
export function isNaive(text: string): boolean {
  const found = DATE_TIME.exec(text)
  return found !== null && found[8] === undefined
}

/**
 * Reads the two ends of an event together. On the night clocks are put back, naive 02:50 to 02:10 is
 * a real event of 20 minutes: of the readings with end >= start this takes the one whose length is
 * nearest to `durationSeconds`, or the shortest if none is given, the earlier of equals.
 * Without `end` it is start + duration (default 0).
 * @returns the span, or which part is wrong; `order` when no reading has end >= start
 */
export function readSpan(
  text: { start: string; end?: string | null | undefined; durationSeconds?: number | null | undefined },
  zone: Zone,
): Span | { error: 'start' | 'end' | 'order' | 'duration' } {
  const starts = parse(text.start, zone)
  const [start] = starts
  if (start === undefined) return { error: 'start' }
  const length = Math.round((text.durationSeconds ?? 0) * 1000)
  if (!(length >= 0 && start + length < LATEST)) return { error: 'duration' }
  if (text.end === null || text.end === undefined) return { start, end: start + length }
  const ends = parse(text.end, zone)
  if (ends.length === 0) return { error: 'end' }
  let best: Span | null = null
  for (const start of starts)
    for (const end of ends) {
      const off = Math.abs(end - start - length)
      if (end >= start && (best === null || off < Math.abs(best.end - best.start - length)))
        best = { start, end }
    }
  return best ?? { error: 'order' }
}

// ---- Writing ------------------------------------------------------------------------------------

// Called for every row of lists and exports: integer arithmetic and ready-made pieces, no Date, no Intl.
const MINUTES = Array.from({ length: 1440 }, (_, n) => `T${two(Math.floor(n / 60))}:${two(n % 60)}:`)

function stamp(wall: number, ending: string, zeros: string): string {
  const seconds = Math.floor(wall / 1000)
  const millis = wall - seconds * 1000
  const days = Math.floor(seconds / 86_400)
  const rest = seconds - days * 86_400
  const minutes = Math.floor(rest / 60)
  const text = dayText(days) + (MINUTES[minutes] ?? '') + two(rest - minutes * 60)
  return millis === 0 ? text + ending : `${text}.${String(millis).padStart(3, '0')}${zeros}${ending}`
}

let lastOffset = 0
let lastOffsetText = '+00:00'

function offsetText(offset: number): string {
  if (offset !== lastOffset) {
    const minutes = Math.abs(offset) / MINUTE
    const hours = Math.floor(minutes / 60)
    lastOffsetText = `${offset < 0 ? '-' : '+'}${two(hours)}:${two(minutes - hours * 60)}`
    lastOffset = offset
  }
  return lastOffsetText
}

/** `2025-11-15T10:00:00+01:00`, with `.123` only when there are milliseconds. */
export function formatInstant(at: Instant, zone: Zone): string {
  const offset = zone.offsetAt(at)
  return stamp(at + offset, offsetText(offset), '')
}

/** As Python's `isoformat()` writes a naive time: `2025-11-15T10:00:00` or `…T10:00:00.123000`. */
export function formatWall(at: Instant, zone: Zone): string {
  return stamp(at + zone.offsetAt(at), '', '000')
}

/** `2025-11-15T09:00:00Z`, with `.123` only when there are milliseconds. */
export function formatUtc(at: Instant): string {
  return stamp(at, 'Z', '')
}

/** Milliseconds as hours:minutes, `5:10`, `-0:05`, to the nearest minute. */
export function formatDuration(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / MINUTE)
  return `${ms < 0 && minutes > 0 ? '-' : ''}${Math.floor(minutes / 60)}:${two(minutes % 60)}`
}

// ---- Days ---------------------------------------------------------------------------------------

/** Whether the text is a real date written `YYYY-MM-DD`. */
export function isDay(text: string): text is Day {
  return dayNumber(text) !== null
}

/**
 * The day an instant belongs to. Days begin at 00:00 + `dayStartMinutes` on the wall clock, so that a
 * night shift counts for the day it began. Agrees with `dayRange` at every instant.
 */
export function dayOf(at: Instant, zone: Zone, dayStartMinutes = 0): Day {
  const offset = zone.offsetAt(at)
  let day = Math.floor((at + offset - dayStartMinutes * MINUTE) / DAY)
  if (zone.offsetAt(at - DAY) !== offset || zone.offsetAt(at + DAY) !== offset) {
    // Near a change of clocks the wall clock may run into a day, back out of it, and in again.
    while (startOf(day, zone, dayStartMinutes) > at) day--
    while (startOf(day + 1, zone, dayStartMinutes) <= at) day++
  }
  return dayText(day)
}

/**
 * The instants of a day, end exclusive: 23 or 25 hours when clocks change, none for a day that the
 * zone skipped. Every instant is in exactly one day. @throws RangeError if `day` is not one
 */
export function dayRange(day: Day, zone: Zone, dayStartMinutes = 0): Span {
  const days = needDay(day)
  return { start: startOf(days, zone, dayStartMinutes), end: startOf(days + 1, zone, dayStartMinutes) }
}

/** The day `count` days later, or earlier if negative. @throws RangeError if `day` is not one */
export function addDays(day: Day, count: number): Day {
  return dayText(needDay(day) + count)
}

/** Days from `a` to `b`, negative if `b` is the earlier. @throws RangeError if either is not a day */
export function daysBetween(a: Day, b: Day): number {
  return needDay(b) - needDay(a)
}

/** 1 for Monday to 7 for Sunday (ISO 8601). @throws RangeError if `day` is not one */
export function weekdayOf(day: Day): number {
  return ((((needDay(day) + 3) % 7) + 7) % 7) + 1 // day 0 was a Thursday
}

/** The Monday of the week that holds the day. @throws RangeError if `day` is not one */
export function weekOf(day: Day): Day {
  return addDays(day, 1 - weekdayOf(day))
}

/** Week of the year, 1 to 53 (ISO 8601): the first holds the year's first Thursday. @throws RangeError if `day` is not one */
export function weekNumber(day: Day): number {
  const thursday = addDays(weekOf(day), 3)
  return Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1
}

function startOf(days: number, zone: Zone, dayStartMinutes: number): Instant {
  const wall = days * DAY + dayStartMinutes * MINUTE
  return readings(wall, zone)[0] ?? wall
}

function needDay(day: Day): number {
  const days = dayNumber(day)
  if (days === null) throw new RangeError(`Not a day: ${day}`)
  return days
}

function dayNumber(text: string): number | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  return found === null ? null : daysFromCivil(Number(found[1]), Number(found[2]), Number(found[3]))
}

let lastDays = NaN
let lastText = ''

function dayText(days: number): Day {
  // Neighbouring rows share their day, so the last answer is the likely one.
  if (days !== lastDays) {
    lastText = civilText(days)
    lastDays = days
  }
  return lastText
}
