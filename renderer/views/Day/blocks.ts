import type { Event } from '../../../contract/events.ts'
import { parseInstant, zone } from '../../../contract/time.ts'
import { pickKey } from '../../picker/picks.ts'
import { type Stretch, lengthOf, union } from './intervals.ts'
import { appName, headlineOf, sameWork } from './titles.ts'

/** What is to be said about a stretch of time. */
export type Kind = 'open' | 'explained' | 'private' | 'ignored'

export type Timed = Stretch & { event: Event; kind: Kind }

/** Events of one program and title with the same fate, as a person remembers them: as one thing. */
export type Block = Stretch & {
  id: string
  kind: Kind
  /** null when nothing says what it was, or many titles do */
  headline: string | null
  /** how many different things a block of short ones holds, 1 for all others */
  things: number
  app: string | null
  source: Event['source']
  direction: Event['direction']
  /** wall times of the hub, for display */
  from: string
  to: string
  /** its own time, counted once */
  ms: number
  /** where that time lies */
  spans: Stretch[]
  pauses: number
  events: Event[]
  assignment: Event['assignment']
}

/** A gap up to this continues a block, as it will continue a session. */
export const CONTINUES = 5 * 60_000
/** A longer gap inside a block is a pause. */
const PAUSE = 60_000

const UTC = zone('UTC')

export function kindOf(event: Event): Kind {
  if (event.ignored) return 'ignored'
  if (event.assignment !== null) return 'explained'
  return event.private ? 'private' : 'open'
}

/** Events with their instants, in order; deleted ones and absence from the keyboard are nobody's work. */
export function timed(events: readonly Event[]): Timed[] {
  return events
    .filter((event) => !event.deleted && event.source !== 'afk')
    .flatMap((event) => {
      const start = parseInstant(event.start, UTC)
      const end = parseInstant(event.end, UTC)
      return start === null || end === null ? [] : [{ event, kind: kindOf(event), start, end }]
    })
    .sort((a, b) => a.start - b.start || a.end - b.end)
}

function keyOf({ event, kind }: Timed, headline: string | null): string {
  const target = event.assignment
  const fate = target && kind === 'explained' ? `${pickKey(target)} ${target.comment ?? ''}` : ''
  return [kind, fate, event.source, (event.app ?? '').toLowerCase(), sameWork(headline ?? '')].join('\n')
}

/** Folds events into blocks: the same thing again within five minutes is still the same thing. */
export function foldBlocks(all: readonly Timed[]): Block[] {
  const latest = new Map<string, { block: Block; parts: Timed[] }>()
  const folded: { block: Block; parts: Timed[] }[] = []
  for (const one of all) {
    const headline = headlineOf(one.event)
    const key = keyOf(one, headline)
    const open = latest.get(key)
    if (open && one.start - open.block.end <= CONTINUES) {
      open.parts.push(one)
      if (one.end > open.block.end) {
        open.block.end = one.end
        open.block.to = one.event.end
      }
      continue
    }
    const made = { block: beginBlock(one, headline), parts: [one] }
    latest.set(key, made)
    folded.push(made)
  }
  return folded.map(({ block, parts }) => finishBlock(block, parts))
}

function beginBlock({ event, kind, start, end }: Timed, headline: string | null): Block {
  return {
    id: `b${event.id}`,
    kind,
    headline,
    things: 1,
    app: appName(event.app),
    source: event.source,
    direction: event.direction,
    start,
    end,
    from: event.start,
    to: event.end,
    ms: 0,
    spans: [],
    pauses: 0,
    events: [],
    assignment: event.assignment,
  }
}

function finishBlock(block: Block, parts: readonly Timed[]): Block {
  const spans = union(parts)
  return {
    ...block,
    spans,
    ms: lengthOf(spans),
    pauses: Math.max(0, union(spans, PAUSE).length - 1),
    events: parts.map(({ event }) => event),
  }
}

/** Blocks under this are small change. */
export const SMALL = 120_000

/**
 * Joins what is too short to be decided on alone but goes on and on in one program, such as an hour
 * of changing web pages: to whoever was there it was one thing.
 */
export function joinShort(blocks: readonly Block[]): Block[] {
  const latest = new Map<string, { group: Block[]; end: number }>()
  const groups: Block[][] = []
  for (const block of blocks) {
    const key = `${block.source}\n${block.app ?? ''}`
    const open = block.ms < SMALL ? latest.get(key) : undefined
    if (open && block.start - open.end <= CONTINUES) {
      open.group.push(block)
      open.end = Math.max(open.end, block.end)
    } else {
      const group = [block]
      groups.push(group)
      if (block.ms < SMALL) latest.set(key, { group, end: block.end })
    }
  }
  return groups.map(joined)
}

function joined(group: Block[]): Block {
  const [first, ...others] = group as [Block, ...Block[]]
  if (others.length === 0) return first
  const last = group.reduce((latest, block) => (block.end > latest.end ? block : latest))
  const spans = union(group.flatMap((block) => block.spans))
  const things = new Set(group.map((block) => block.headline)).size
  return {
    ...first,
    headline: things === 1 ? first.headline : null,
    things,
    end: last.end,
    to: last.to,
    spans,
    ms: lengthOf(spans),
    pauses: Math.max(0, union(spans, PAUSE).length - 1),
    events: group.flatMap((block) => block.events),
  }
}

/** Whether `part` went into `whole` when blocks were joined. */
export function holds(whole: Block, part: Block | null): boolean {
  const [event] = part?.events ?? []
  return event !== undefined && whole.events.includes(event)
}

/** Whether every word occurs in what the block and its events say. */
export function matches(block: Block, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const said = block.events
    .flatMap((event) => [event.title, event.app, event.contact, event.phoneNumber, event.url])
    .join('\n')
    .toLowerCase()
  return words.every((word) => said.includes(word))
}
