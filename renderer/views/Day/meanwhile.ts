import type { Event } from '../../../contract/events.ts'
import { type Pick, pickKey } from '../../picker/picks.ts'
import { type Block, kindOf } from './blocks.ts'

/** An event that was changed, and not from here. `after` is null when it is gone, `isCut` when it went into parts. */
export type Foreign = { before: Event; after: Event | null; isCut: boolean }

/** What happened elsewhere to a block that somebody has in hand here. */
export type Meanwhile = {
  what: 'explained' | 'unexplained' | 'private' | 'ignored' | 'deleted' | 'regrouped'
  /** where its time went, if it was explained */
  target: Pick | null
  /** whether some of the block is still as it was */
  isPart: boolean
}

const said = (one: NonNullable<Event['assignment']>) =>
  `${pickKey(one)} ${one.activity ?? ''} ${one.comment ?? ''}`

const state = (event: Event): string =>
  [kindOf(event), event.deleted, event.assignment && said(event.assignment), event.sessionId].join('\n')

const origin = ({ start, title, app }: Event) => `${start} ${title ?? ''} ${app ?? ''}`

/** What differs between what was shown and what the hub answers, of events that were there before. */
export function foreignChanges(shown: readonly Event[], answered: readonly Event[]): Map<number, Foreign> {
  const now = new Map(answered.map((event) => [event.id, event]))
  const known = new Set(shown.map(({ id }) => id))
  const fresh = new Set(answered.filter(({ id }) => !known.has(id)).map(origin))
  const changes = new Map<number, Foreign>()
  for (const before of shown) {
    const after = now.get(before.id) ?? null
    if (before.deleted && (after === null || after.deleted)) continue
    if (after !== null && state(before) === state(after)) continue
    changes.set(before.id, { before, after, isCut: after === null && fresh.has(origin(before)) })
  }
  return changes
}

/** What to tell whoever has the block in hand; null when it is as it was, or only grew. */
export function whatHappened(block: Block, foreign: ReadonlyMap<number, Foreign>): Meanwhile | null {
  const changes = block.events.flatMap(({ id }) => foreign.get(id) ?? [])
  if (changes.length === 0) return null
  const isPart = changes.length < block.events.length
  const explained = changes.find(({ after }) => after && kindOf(after) === 'explained')
  if (explained?.after) return { what: 'explained', target: explained.after.assignment, isPart }
  const what = nameOf(changes, isPart)
  return what && { what, target: null, isPart }
}

function nameOf(changes: readonly Foreign[], isPart: boolean): Meanwhile['what'] | null {
  const became = (kind: ReturnType<typeof kindOf>) =>
    changes.some(({ before, after }) => after && kindOf(after) === kind && kindOf(before) !== kind)
  if (became('ignored')) return 'ignored'
  if (became('private')) return 'private'
  if (changes.some(({ before, after }) => after && kindOf(before) === 'explained')) return 'unexplained'
  if (!isPart && changes.every(({ after, isCut }) => after === null && !isCut)) return 'deleted'
  return regrouped(changes, isPart)
}

/** All events of a block may move to another session together: then nothing happened that matters. */
function regrouped(changes: readonly Foreign[], isPart: boolean): 'regrouped' | null {
  const sessions = new Set(changes.map(({ after }) => after?.sessionId ?? null))
  return isPart || sessions.size > 1 || changes.some(({ isCut }) => isCut) ? 'regrouped' : null
}

/** The blocks that what was `gone` went into. */
export function heirsOf<B extends Block>(gone: Block, blocks: readonly B[]): B[] {
  const ids = new Set(gone.events.map(({ id }) => id))
  const latest = Math.max(...ids)
  return blocks.filter(
    (block) =>
      block.events.some(({ id }) => ids.has(id)) ||
      // An event that was cut left its parts behind, which have newer ids.
      (block.events.every(({ id }) => id > latest) &&
        block.source === gone.source &&
        block.app === gone.app &&
        block.headline === gone.headline &&
        block.start >= gone.start &&
        block.end <= gone.end),
  )
}
