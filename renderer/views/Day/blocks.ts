import type { Event, Session } from '../../../contract/events.ts'
import { pickKey } from '../../picker/picks.ts'
import { type Stretch, lengthOf, union } from './intervals.ts'
import { type Absence, presentParts } from './presence.ts'
import { instantOf, wallTime } from './wall.ts'

/** What is to be said about a stretch of time. */
export type Kind = 'open' | 'explained' | 'private' | 'ignored'

export type Timed = Stretch & { event: Event; kind: Kind; parts: Stretch[] }

/** The events of one session with the same fate, as a person remembers them: as one thing. */
export type Block = Stretch & {
  id: string
  /** null for events that the hub has not yet made sessions of */
  sessionId: number | null
  kind: Kind
  /** null when nothing says what it was */
  headline: string | null
  app: string | null
  source: Event['source']
  direction: Event['direction']
  /** wall times of the hub, for display */
  from: string
  to: string
  /** its own time, counted once, without absence */
  ms: number
  /** the time of its events one by one, as it is booked */
  bookedMs: number
  /** where that time lies */
  spans: Stretch[]
  breaks: number
  /** of a session too short to be decided on alone */
  isSmall: boolean
  events: Event[]
  assignment: Event['assignment']
  /** whether rules assigned all of it */
  isByRule: boolean
}

/** A longer gap is a break where the hub does not say: in what is only a part of a session. */
const BREAK = 60_000

export function kindOf(event: Event): Kind {
  if (event.ignored) return 'ignored'
  if (event.assignment !== null) return 'explained'
  return event.private ? 'private' : 'open'
}

function spanOf(event: Event): Stretch | null {
  const start = instantOf(event.start)
  const end = instantOf(event.end)
  return start === null || end === null ? null : { start, end }
}

function absencesOf(events: readonly Event[]): Absence[] {
  return events
    .filter(({ source, deleted, ignored }) => source === 'afk' && !deleted && !ignored)
    .flatMap((event) => {
      const span = spanOf(event)
      return span && span.end > span.start ? [{ ...span, machine: event.machine }] : []
    })
}

/** Events that count, in order, with the time that counts of each; deleted ones and absence are nobody's work. */
export function timed(events: readonly Event[]): Timed[] {
  const absences = absencesOf(events)
  const all: Timed[] = []
  for (const event of events) {
    if (event.deleted || event.source === 'afk') continue
    const span = spanOf(event)
    if (span === null) continue
    const parts = event.awayMs === 0 ? [span] : presentParts(event, span, absences)
    if (parts.length > 0) all.push({ event, kind: kindOf(event), parts, start: span.start, end: span.end })
  }
  return all.sort((a, b) => a.start - b.start || a.end - b.end)
}

/** What became of an event, so that all of a block share it. */
function fateOf({ event, kind }: Timed): string {
  const { assignment } = event
  if (kind === 'open') return ''
  if (kind !== 'explained' || assignment === null) return `-${kind}`
  return `-${pickKey(assignment)}-${assignment.comment ?? ''}`
}

/** Events that are in no session yet keep together by program, until the hub has made sessions of them. */
const sessionKey = ({ event }: Timed) =>
  event.sessionId === null ? `${event.source}:${event.app ?? ''}` : `s${event.sessionId}`

/** One block for each session and fate. */
export function blocksOf(all: readonly Timed[], sessions: readonly Session[]): Block[] {
  const bySession = new Map(sessions.map((session) => [session.id, session]))
  const groups = Map.groupBy(all, (one) => sessionKey(one) + fateOf(one))
  return [...groups].map(([id, parts]) => blockOf(id, parts as [Timed, ...Timed[]], bySession))
}

function blockOf(id: string, parts: [Timed, ...Timed[]], sessions: ReadonlyMap<number, Session>): Block {
  const [{ event: first, kind, start: begun }] = parts
  const last = parts.reduce((latest, one) => (one.end > latest.end ? one : latest))
  const session = first.sessionId === null ? undefined : sessions.get(first.sessionId)
  const isWhole = session?.events === parts.length
  const spans = union(parts.flatMap((one) => one.parts))
  const start = spans[0]?.start ?? begun
  const end = spans.at(-1)?.end ?? last.end
  return {
    id,
    sessionId: first.sessionId,
    kind,
    headline: session ? session.title : first.title || first.contact,
    app: session ? session.app : first.app,
    source: first.source,
    direction: first.direction,
    start,
    end,
    from: start === begun ? first.start : wallTime(start, first.start),
    to: end === last.end ? last.event.end : wallTime(end, last.event.end),
    ms: lengthOf(spans),
    bookedMs: parts.reduce((sum, one) => sum + lengthOf(one.parts), 0),
    spans,
    breaks: isWhole ? session.breaks : Math.max(0, union(spans, BREAK).length - 1),
    isSmall: session?.small ?? false,
    events: parts.map(({ event }) => event),
    assignment: first.assignment,
    isByRule: parts.every(({ event }) => event.assignment?.by === 'rule'),
  }
}

/** Whether a block holds the first event of another one, as it was before something changed. */
export function holds(whole: Block, part: Block | null): boolean {
  const [event] = part?.events ?? []
  return event !== undefined && whole.events.some(({ id }) => id === event.id)
}

/** Whether every word occurs in what the block and its events say. */
export function matches(block: Block, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const said = block.events
    .flatMap((event) => [event.title, event.app, event.contact, event.phoneNumber, event.url])
    .concat(block.headline)
    .join('\n')
    .toLowerCase()
  return words.every((word) => said.includes(word))
}

export const idsOf = (blocks: readonly Block[]): number[] =>
  blocks.flatMap((block) => block.events.map(({ id }) => id))

/** Time of several blocks together, counted once. */
export const timeOf = (blocks: readonly Block[]): number =>
  lengthOf(union(blocks.flatMap(({ spans }) => spans)))
