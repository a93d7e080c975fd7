import { computed, shallowRef, watch } from 'vue'
import { KEYS, pickKey } from '../../picker/picks.ts'
import { usePicks } from '../../stores/picks.ts'
import { useSuggestions } from '../../stores/suggestions.ts'
import type { Block } from './blocks.ts'
import { type Suggestion, alikeBlocks, likeliest, offersFor, sameOffers, sharedOffers } from './offers.ts'
import type { OpenBlock } from './totals.ts'
import type { useDayPage } from './use-day-page.ts'
import { SMALL, type useRows } from './use-rows.ts'

/** What a row, or the chosen blocks, may belong to, on the number keys. */
export type Hand = { id: string; blocks: OpenBlock[]; offers: Suggestion[] }

/** Offers that come in later than this may not change under the finger any more. */
const SETTLES = 400

const NONE: Suggestion[] = []

/** What is offered for each row. That of the row in hand stands still until the person moves on. */
export function useOffers(page: ReturnType<typeof useDayPage>, rows: ReturnType<typeof useRows>) {
  const picks = usePicks()
  const suggestions = useSuggestions()
  let kept = new Map<string, Suggestion[]>()

  const fresh = computed(() => {
    const next = new Map<string, Suggestion[]>()
    const put = (id: string, offers: Suggestion[]) => {
      // A card whose offers stay the same is not drawn again.
      const before = kept.get(id)
      next.set(id, before && sameOffers(before, offers) ? before : offers)
    }
    for (const { id, block, isGone } of rows.cards.value)
      if (!isGone) put(id, offersFor(block, suggestions.offers, page.byKey.value, picks.quick))
    if (rows.small.value.length > 0) put(SMALL, shared(rows.small.value))
    if (rows.isSmallOpen.value) for (const { id, blocks } of rows.hours.value) put(id, shared(blocks))
    kept = next
    return next
  })

  /** Small change is offered by where it probably belongs: each target takes its own. */
  const shared = (blocks: readonly OpenBlock[]): Suggestion[] =>
    sharedOffers(blocks, suggestions.offers, page.byKey.value)
      .map((one): Suggestion => ({ option: one.option, because: [], blocks: one.blocks }))
      .slice(0, KEYS)

  /** Chosen blocks go to one place together: where most of them probably belong, or a recent one. */
  function together(blocks: readonly OpenBlock[]): Suggestion[] {
    const found = new Map<string, Suggestion>()
    for (const { option } of sharedOffers(blocks, suggestions.offers, page.byKey.value))
      found.set(option.key, { option, because: [] })
    for (const pick of picks.quick) {
      const option = page.byKey.value.get(pickKey(pick))
      if (option && !found.has(option.key)) found.set(option.key, { option, because: [] })
    }
    return [...found.values()].slice(0, KEYS)
  }

  /** Chosen blocks, or else the current row. */
  const inHand = computed<Pick<Hand, 'id' | 'blocks'> | null>(() => {
    const chosen = rows.chosen.value
    if (chosen.length > 0) return { id: `chosen ${chosen.map(({ id }) => id).join(' ')}`, blocks: chosen }
    const id = rows.selection.current.value
    return id === null ? null : { id, blocks: rows.blocksOfRow(id) }
  })

  const frozen = shallowRef<{ id: string; offers: Suggestion[] } | null>(null)
  const offersInHand = (): Suggestion[] => {
    const now = inHand.value
    if (now === null) return NONE
    return rows.chosen.value.length > 0 ? together(now.blocks) : (fresh.value.get(now.id) ?? NONE)
  }
  let turn = 0
  watch(
    () => inHand.value?.id ?? null,
    async (id) => {
      const mine = ++turn
      frozen.value = null
      if (id === null) return
      const late = new Promise((resolve) => setTimeout(resolve, SETTLES))
      await (suggestions.isKnown() ? Promise.race([late, suggestions.settled()]) : suggestions.settled())
      if (mine === turn) frozen.value = { id, offers: offersInHand() }
    },
    { immediate: true },
  )

  const offers = computed(() => {
    const still = frozen.value
    if (still === null || !fresh.value.has(still.id)) return fresh.value
    return new Map(fresh.value).set(still.id, still.offers)
  })
  const hand = computed<Hand | null>(() => {
    const now = inHand.value
    if (now === null) return null
    return { ...now, offers: frozen.value?.id === now.id ? frozen.value.offers : offersInHand() }
  })

  /** Blocks of the day, small ones too, that probably belong where an offer says, for the same reason. */
  function alikeTo(offer: Suggestion, own: readonly Block[]): OpenBlock[] {
    const ids = new Set(own.map(({ id }) => id))
    const { open, small } = page.listed.value
    return alikeBlocks(
      offer,
      [...open, ...small].filter(({ id }) => !ids.has(id)),
      suggestions.offers,
    )
  }

  /** Of the offers in hand, by the keys of their targets. */
  const alike = computed(() => {
    const now = hand.value
    return new Map(now?.offers.map((offer) => [offer.option.key, alikeTo(offer, now.blocks)]))
  })

  const likely = (block: OpenBlock) => likeliest(block, suggestions.offers, page.byKey.value)

  return { offers, hand, alike, alikeTo, likely }
}
