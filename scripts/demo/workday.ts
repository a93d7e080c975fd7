import {
  type Day,
  dayRange,
  daysBetween,
  weekOf,
  weekdayOf,
  parseInstant,
  type Instant,
  type Zone,
} from '../../contract/time.ts'
import type { DemoPerson } from './people.ts'
import { random, type Random } from './random.ts'

/** A stretch at the PC, in minutes after midnight. */
export type Stretch = { from: number; to: number; what: 'work' | 'meeting' }

const MONDAY = '2024-01-01'
const HOLIDAYS = new Set(['01-01', '05-01', '10-03', '12-24', '12-25', '12-26', '12-31'])

/**
 * Stretches at the PC on a day, none for a day off. `isLast`: on the world's last day the first two
 * people look in even when it is a weekend, so that a demo always has a today to show.
 */
export function workday(person: DemoPerson, day: Day, seed: number, isLast: boolean): Stretch[] {
  const r = random(`${seed}/day/${person.handle}/${day}`)
  const isOff = weekdayOf(day) > 5 || HOLIDAYS.has(day.slice(5))
  if (isOff) return isLast && person.index < 2 ? overtimeAtWeekend(r) : []
  if (isAway(person, day, seed)) return []
  return ordinaryDay(person, weekdayOf(day), r)
}

/** Sick for a day every six weeks or so, on holiday for a week now and then; Anna is always there. */
function isAway(person: DemoPerson, day: Day, seed: number): boolean {
  if (person.index === 0) return false
  const week = daysBetween(MONDAY, weekOf(day)) / 7
  const r = random(`${seed}/week/${person.handle}/${week}`)
  const sickOn = r.int(1, 5)
  if ((((week + person.index) % 6) + 6) % 6 === 0 && weekdayOf(day) === sickOn) return true
  return person.index > 3 && r.chance(0.06)
}

function overtimeAtWeekend(r: Random): Stretch[] {
  const from = 9 * 60 + r.int(0, 40)
  return [{ from, to: from + r.int(60, 150), what: 'work' }]
}

function ordinaryDay(person: DemoPerson, weekday: number, r: Random): Stretch[] {
  const isLate = r.chance(0.08)
  const from = person.startMinutes + r.int(-12, 18) + r.next() + (isLate ? r.int(60, 150) : 0)
  const extra = r.chance(0.12) ? r.int(45, 170) : r.int(-25, 30)
  const shorter = weekday === 5 ? r.int(0, 75) : 0
  const lunch = Math.max(from + 120, 12 * 60 + r.int(-15, 40))
  const lunchLength = r.int(28, 55) + r.next()
  const to = Math.max(lunch + lunchLength + 60, from + person.workMinutes + lunchLength + extra - shorter)
  const halves = [
    { from, to: lunch },
    { from: lunch + lunchLength, to },
  ]
  // Part-timers who are done before lunch just go.
  const present = from + person.workMinutes <= lunch ? [{ from, to: from + person.workMinutes }] : halves
  return present.flatMap((half) => stretchesOf(half, r))
}

/** Work in pieces of half an hour to two hours, with a coffee, a walk or a meeting between some. */
function stretchesOf(half: { from: number; to: number }, r: Random): Stretch[] {
  const stretches: Stretch[] = []
  for (let at = half.from; at < half.to - 5;) {
    const isMeeting = r.chance(0.14)
    const to = Math.min(half.to, at + (isMeeting ? r.pick([30, 45, 60]) : r.skewed(55, 0.5)))
    stretches.push({ from: at, to, what: isMeeting ? 'meeting' : 'work' })
    at = to + (r.chance(0.35) ? r.int(6, 18) : r.next() * 3)
  }
  return stretches
}

/**
 * The zone's clock on a day as a function from minutes after midnight to instants. It counts from
 * noon, because clocks that change do so at night.
 */
export function clockOf(day: Day, zone: Zone): (minutes: number) => Instant {
  const noon = parseInstant(`${day}T12:00`, zone) ?? dayRange(day, zone).start
  return (minutes) => noon + Math.round((minutes - 12 * 60) * 60_000)
}
