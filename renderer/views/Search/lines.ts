import type { Event } from '../../../contract/events.ts'
import { type Day, type Zone, dayOf, parseInstant, zone as zoneOf } from '../../../contract/time.ts'
import { pickKey } from '../../picker/picks.ts'
import { hitsIn } from './highlight.ts'

/** Events of one session that were found and share their fate, as one line. */
export type Line = {
  id: string
  /** the event that says most about what was searched for */
  main: Event
  events: Event[]
  /** wall times of the hub */
  from: string
  to: string
  /** the time of the events one by one, without absence */
  ms: number
}

export type Group = { day: Day; lines: Line[]; ms: number }

const UTC = zoneOf('UTC')

const at = (iso: string) => parseInstant(iso, UTC) ?? 0
const msOf = (event: Event) => Math.max(0, at(event.end) - at(event.start) - event.awayMs)

export const said = (event: Event): string =>
  event.title || event.contact || event.phoneNumber || event.url || event.app || ''

function keyOf(event: Event): string {
  const session = event.sessionId === null ? `${event.source}:${event.app ?? ''}` : `s${event.sessionId}`
  const target =
    event.assignment === null ? '' : `${pickKey(event.assignment)} ${event.assignment.comment ?? ''}`
  return [event.user ?? '', session, target, Number(event.private), Number(event.ignored)].join('|')
}

/** What was found, by day and session, the newest first. */
export function linesOf(
  events: readonly Event[],
  words: readonly string[],
  clock: { zone: Zone; dayStartMinutes: number },
): Group[] {
  const byDay = Map.groupBy(events, (event) => dayOf(at(event.start), clock.zone, clock.dayStartMinutes))
  return [...byDay]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([day, ofDay]) => {
      const lines = [...Map.groupBy(ofDay, keyOf)]
        .map(([key, some]) => lineOf(`${day}|${key}`, some, words))
        .sort((a, b) => at(b.from) - at(a.from))
      return { day, lines, ms: lines.reduce((sum, { ms }) => sum + ms, 0) }
    })
}

function lineOf(id: string, events: Event[], words: readonly string[]): Line {
  const sorted = events.toSorted((a, b) => at(a.start) - at(b.start))
  const [main] = sorted.toSorted(
    (a, b) =>
      hitsIn(`${said(b)} ${b.contact ?? ''}`, words) - hitsIn(`${said(a)} ${a.contact ?? ''}`, words) ||
      msOf(b) - msOf(a),
  )
  const last = sorted.reduce((latest, event) => (at(event.end) > at(latest.end) ? event : latest))
  return {
    id,
    main: main as Event,
    events: sorted,
    from: sorted[0]?.start ?? '',
    to: last.end,
    ms: sorted.reduce((sum, event) => sum + msOf(event), 0),
  }
}

export const idsOf = (lines: readonly Line[]): number[] =>
  lines.flatMap(({ events }) => events.map(({ id }) => id))
