import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useDay } from '../../stores/day.ts'
import { arrange } from './arrange.ts'
import { type Meanwhile, foreignChanges, heirsOf, whatHappened } from './meanwhile.ts'
import { type SmallHour, smallHours } from './small.ts'
import type { OpenBlock } from './totals.ts'
import type { useDayPage } from './use-day-page.ts'
import { useSelection } from './use-selection.ts'

export type Order = 'size' | 'time'
/** A block in the list; `isGone` when it is only there to say what happened to it elsewhere. */
export type Card = { id: string; block: OpenBlock; meanwhile: Meanwhile | null; isGone: boolean }

/** Id of the row of all small change. */
export const SMALL = 'small'

const COMPARE: Record<Order, (a: OpenBlock, b: OpenBlock) => number> = {
  size: (a, b) => b.openMs - a.openMs || a.start - b.start,
  time: (a, b) => a.start - b.start || b.openMs - a.openMs,
}

/** The rows of what waits for an explanation, in an order that stands still, and what is chosen of them. */
export function useRows(page: ReturnType<typeof useDayPage>) {
  const store = useDay()
  const order = ref<Order>('size')
  const isSmallOpen = ref(false)
  const openHours = shallowRef<ReadonlySet<string>>(new Set())
  /** what happened elsewhere to blocks that somebody has in hand here */
  const noted = shallowRef<ReadonlyMap<string, { block: OpenBlock; meanwhile: Meanwhile }>>(new Map())

  let places: readonly string[] = []
  const seen = new Map<string, OpenBlock>()

  function sortAnew() {
    places = []
    noted.value = new Map(noted.value)
  }

  watch([page.day, page.user], () => {
    places = []
    seen.clear()
    noted.value = new Map()
    isSmallOpen.value = false
    openHours.value = new Set()
  })
  watch([order, page.filter], sortAnew, { flush: 'sync' })
  // Whoever comes back to the page has no finger on it yet.
  const comeBack = () => document.visibilityState === 'visible' && sortAnew()
  document.addEventListener('visibilitychange', comeBack)
  onScopeDispose(() => document.removeEventListener('visibilitychange', comeBack))

  const cards = computed<Card[]>(() => {
    const open = page.listed.value.open
    for (const block of open) seen.set(block.id, block)
    const { notes, gone } = placeNotes(open, noted.value)
    const arranged = arrange(places, [...open, ...gone], COMPARE[order.value])
    places = arranged.map(({ id }) => id)
    const isGone = new Set(gone)
    return arranged.map((block) => ({
      id: block.id,
      block,
      meanwhile: notes.get(block.id) ?? null,
      isGone: isGone.has(block),
    }))
  })
  const byId = computed(() => new Map(cards.value.map((card) => [card.id, card])))
  const small = computed(() => page.listed.value.small)
  const hours = computed<SmallHour[]>(() => smallHours(small.value))
  const ids = computed(() => [
    ...cards.value.map(({ id }) => id),
    ...(small.value.length > 0 ? [SMALL] : []),
    ...(isSmallOpen.value ? hours.value.map(({ id }) => id) : []),
  ])

  const selection = useSelection(
    () => ids.value,
    (id) => byId.value.get(id)?.isGone === false,
    (id) => {
      const block = seen.get(id)
      return block ? heirsOf(block, page.listed.value.open).map((heir) => heir.id) : []
    },
  )
  const chosen = computed(() => selection.selected.value.flatMap((id) => byId.value.get(id)?.block ?? []))

  onScopeDispose(
    store.whenOvertaken((shown, answered) => {
      const foreign = foreignChanges(shown, answered)
      if (foreign.size === 0) return
      const next = new Map(noted.value)
      for (const id of new Set([selection.current.value, ...selection.selected.value])) {
        const block = id === null ? undefined : byId.value.get(id)?.block
        const meanwhile = block ? whatHappened(block, foreign) : null
        if (block && meanwhile) next.set(block.id, { block, meanwhile })
      }
      noted.value = next
    }),
  )

  /** What was said about blocks was read. */
  function dismiss(id: string | null): void {
    if (id === null || noted.value.size === 0) return
    const block = byId.value.get(id)?.block
    noted.value = new Map(
      [...noted.value].filter(
        ([key, { block: was }]) => key !== id && !(block && heirsOf(was, [block]).length),
      ),
    )
  }
  // Who moves on has read it; a row that was replaced by another is no moving on.
  watch(
    selection.current,
    (_, before) => {
      if (before !== null && byId.value.has(before)) dismiss(before)
    },
    { flush: 'post' },
  )

  /** The blocks of a row. */
  function blocksOfRow(id: string | null): OpenBlock[] {
    if (id === null) return []
    if (id === SMALL) return small.value
    const card = byId.value.get(id)
    if (card) return card.isGone ? [] : [card.block]
    return hours.value.find((hour) => hour.id === id)?.blocks ?? []
  }

  /** The cards of the hour that a card is in. */
  function hourOf(id: string | null): string[] {
    const hour = id === null ? undefined : byId.value.get(id)?.block.from.slice(0, 13)
    return cards.value.filter(({ block }) => block.from.slice(0, 13) === hour).map((card) => card.id)
  }

  function turn(): void {
    order.value = order.value === 'size' ? 'time' : 'size'
  }

  function toggleHour(id: string): void {
    const next = new Set(openHours.value)
    if (!next.delete(id)) next.add(id)
    openHours.value = next
  }

  return {
    order,
    cards,
    small,
    hours,
    isSmallOpen,
    openHours,
    toggleHour,
    selection,
    chosen,
    blocksOfRow,
    hourOf,
    turn,
    dismiss,
  }
}

type Noted = ReadonlyMap<string, { block: OpenBlock; meanwhile: Meanwhile }>

/** Notes go to the block they are about, or to the first one that it went into; else the block stays to say it. */
function placeNotes(open: readonly OpenBlock[], noted: Noted) {
  const here = new Set(open.map(({ id }) => id))
  const notes = new Map<string, Meanwhile>()
  const gone: OpenBlock[] = []
  for (const { block, meanwhile } of noted.values()) {
    const heir = here.has(block.id) ? block : heirsOf(block, open)[0]
    notes.set((heir ?? block).id, meanwhile)
    if (!heir) gone.push(block)
  }
  return { notes, gone }
}
