import type { Evidence, SessionSuggestions } from '../../../contract/suggestions.ts'
import type { Option } from '../../picker/options.ts'
import { type Pick, KEYS, pickKey } from '../../picker/picks.ts'
import type { OpenBlock } from './totals.ts'

/**
 * A target that is offered; without reasons it is one of the recent ones. `blocks`: those of several that it is
 * offered for, where it is not for all of them.
 */
export type Suggestion = { option: Option; because: readonly Evidence[]; blocks?: OpenBlock[] }

export type Offers = ReadonlyMap<number, SessionSuggestions['offers']>
export type Options = ReadonlyMap<string, Option>

/** What speaks for a target of several blocks: how many of them have it first. */
export type Shared = { option: Option; blocks: OpenBlock[] }

/** What the hub offers for a block, its recent targets after it, one for each number key. */
export function offersFor(
  block: OpenBlock,
  offers: Offers,
  options: Options,
  quick: readonly Pick[],
): Suggestion[] {
  const found = new Map<string, Suggestion>()
  const add = (pick: Pick, because: readonly Evidence[]) => {
    const option = options.get(pickKey(pick))
    if (option && !found.has(option.key)) found.set(option.key, { option, because })
  }
  for (const offer of (block.sessionId !== null && offers.get(block.sessionId)) || [])
    add(offer, offer.because)
  for (const pick of quick) add(pick, [])
  return [...found.values()].slice(0, KEYS)
}

/** The likeliest target of a block, null when nothing speaks for any. */
export function likeliest(block: OpenBlock, offers: Offers, options: Options): Option | null {
  const [first] = (block.sessionId !== null && offers.get(block.sessionId)) || []
  return (first && options.get(pickKey(first))) ?? null
}

/** A reason that two blocks can share; that both are in one program is none. */
const shares = (a: Evidence, b: Evidence): boolean =>
  a.kind === b.kind && a.text === b.text && (a.text !== null ? a.kind !== 'app' : a.kind === 'title')

/** Blocks that probably belong where an offer says, and for one of its reasons. */
export function alikeBlocks(offer: Suggestion, blocks: readonly OpenBlock[], offers: Offers): OpenBlock[] {
  return blocks.filter(({ sessionId }) => {
    const [first] = (sessionId !== null && offers.get(sessionId)) || []
    return (
      first !== undefined &&
      pickKey(first) === offer.option.key &&
      first.because.some((one) => offer.because.some((other) => shares(one, other)))
    )
  })
}

/** Blocks by their likeliest target, that of most time first; those without one are left out. */
export function sharedOffers(blocks: readonly OpenBlock[], offers: Offers, options: Options): Shared[] {
  const shared = new Map<string, Shared>()
  for (const block of blocks) {
    const option = likeliest(block, offers, options)
    if (option === null) continue
    const known = shared.get(option.key)
    if (known) known.blocks.push(block)
    else shared.set(option.key, { option, blocks: [block] })
  }
  const time = (one: Shared) => one.blocks.reduce((sum, { openMs }) => sum + openMs, 0)
  return [...shared.values()].sort((a, b) => time(b) - time(a))
}

export const sameOffers = (a: readonly Suggestion[], b: readonly Suggestion[]): boolean =>
  a.length === b.length &&
  a.every(({ option, because, blocks }, at) => {
    const other = b[at]
    return (
      other?.option === option &&
      JSON.stringify(other.because) === JSON.stringify(because) &&
      String(idsIn(other)) === String(idsIn({ blocks }))
    )
  })

const idsIn = ({ blocks }: { blocks?: readonly OpenBlock[] | undefined }) =>
  blocks?.map(({ id, openMs }) => `${id} ${openMs}`)
