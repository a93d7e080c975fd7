import type { SessionSettings } from '../../contract/settings.ts'
import type { Instant, Span } from '../../contract/time.ts'
import { present, type Away } from '../presence.ts'
import { areSimilar, headlineOf, sameWork, type Named } from '../titles.ts'

/** An event as aggregation sees it. */
export type Captured = Named & {
  id: number
  start: Instant
  end: Instant
  machine: string | null
  /** A person split or merged: events of one piece are one session, whatever they say. */
  piece: number | null
}

/** A session while it grows. `end` is the latest end of its events so far. */
export type Growing = {
  /** Null until it is stored. */
  id: number | null
  stream: string
  title: string | null
  piece: number | null
  start: Instant
  end: Instant
  activeMs: number
  events: number
  breaks: number
}

/**
 * Sessions of one program that an event is compared with, latest first. People have a handful open; the limit is
 * for who sends a new title a second. As ends only grow, a session that fell out never comes back, so
 * folding at once and going on later see the same ones.
 */
const COMPARED_SESSIONS = 20

/** Where an event went; null when nobody was there at any moment of it. */
export type Placed = { event: number; session: Growing | null; awayMs: number }

/**
 * Folds the events of one person and day, by start, into sessions (DESIGN section 6): an event continues the
 * latest session of its program that ended no longer than the gap ago and whose title is alike. Pure but
 * for the sessions in `open`, which grow; so a day may be folded at once, or go on where it stopped.
 */
export function foldSessions(
  events: Iterable<Captured>,
  away: readonly Away[],
  settings: SessionSettings,
  open: readonly Growing[] = [],
): Placed[] {
  const pieces = new Map<number, Growing>()
  const streams = new Map<string, Growing[]>()
  const works = new Map<Growing, string | null>()
  const gapMs = settings.gapSeconds * 1000
  for (const session of open) remember(session)

  function remember(session: Growing): void {
    if (session.piece !== null) pieces.set(session.piece, session)
    else {
      const going = streams.get(session.stream) ?? []
      streams.set(session.stream, going)
      going.push(session)
      going.sort(latestFirst)
      going.splice(COMPARED_SESSIONS)
    }
  }

  /** The session's title as it is compared; read once, for it is compared again and again. */
  function workOf(session: Growing): string | null {
    let work = works.get(session)
    if (work === undefined) works.set(session, (work = workIn(session.title)))
    return work
  }

  /** The latest session of the stream that ended no longer than the gap ago and is about the same. */
  function continued(stream: string, title: string | null, start: Instant): Growing | undefined {
    const work = workIn(title)
    return streams
      .get(stream)
      ?.sort(latestFirst)
      .find((session) => {
        if (session.end < start - gapMs) return false
        const other = workOf(session)
        if (work === null || other === null) return work === other
        return areSimilar(work, other, settings.similarity)
      })
  }

  function sessionFor(event: Captured, stream: string, start: Instant): Growing {
    const title = headlineOf(event)
    const known = event.piece === null ? continued(stream, title, start) : pieces.get(event.piece)
    if (known) return known
    const made: Growing = {
      id: null,
      stream,
      title,
      piece: event.piece,
      start,
      end: start,
      activeMs: 0,
      events: 0,
      breaks: 0,
    }
    remember(made)
    return made
  }

  return Array.from(events, (event) => {
    const spans = present(event, away)
    const [first] = spans
    if (!first) return { event: event.id, session: null, awayMs: event.end - event.start }
    const session = sessionFor(event, streamOf(event), first.start)
    const presentMs = spans.reduce((sum, { start, end }) => sum + end - start, 0)
    for (const span of spans) grow(session, span, settings.breakSeconds * 1000)
    session.events++
    return { event: event.id, session, awayMs: event.end - event.start - presentMs }
  })
}

/** What runs side by side is told apart by source and program; each entry of a person stands for itself. */
function streamOf(event: Captured): string {
  if (event.source === 'phone') return `phone:${event.phone_number || event.contact || ''}`
  if (event.source === 'manual' || event.source === 'calendar') return `${event.source}:${event.id}`
  return `${event.source}:${(event.app ?? '').toLowerCase()}`
}

const workIn = (title: string | null) => (title === null ? null : sameWork(title))

/** A total order, so that folding at once and going on later choose alike. */
function latestFirst(a: Growing, b: Growing): number {
  return b.end - a.end || b.start - a.start || ((a.title ?? '') < (b.title ?? '') ? -1 : 1)
}

function grow(session: Growing, { start, end }: Span, breakMs: number): void {
  if (start - session.end > breakMs) session.breaks++
  session.activeMs += Math.max(0, end - Math.max(start, session.end))
  session.end = Math.max(session.end, end)
}
