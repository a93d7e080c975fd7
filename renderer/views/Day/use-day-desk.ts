import { computed, nextTick, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import { duration } from '../../i18n/format.ts'
import { t } from '../../i18n/index.ts'
import { type More, complain, notice } from '../../notice.ts'
import type { Option } from '../../picker/options.ts'
import { type Pick, pickKey } from '../../picker/picks.ts'
import { useHistory } from '../../stores/history.ts'
import { usePicks } from '../../stores/picks.ts'
import type { BlockChoice } from './block-menu.ts'
import { type Block, holds, timeOf } from './blocks.ts'
import type { Stretch } from './intervals.ts'
import { meanwhileText } from './meanwhile-text.ts'
import type { Suggestion } from './offers.ts'
import type { OpenBlock } from './totals.ts'
import { type Remarks, useDayActions } from './use-day-actions.ts'
import { useDayKeys } from './use-day-keys.ts'
import type { useDayPage } from './use-day-page.ts'
import { useOffers } from './use-offers.ts'
import { SMALL, useRows } from './use-rows.ts'
import { useTypeAhead } from './use-type-ahead.ts'

/** What is open above the page. */
export type Sheet =
  | { name: 'split' | 'why'; block: Block }
  | { name: 'comment'; blocks: Block[] }
  | { name: 'entry'; gap: Stretch | null }
  | { name: 'history' | 'help' }

export type Picking = { blocks: Block[]; hasRemarks: boolean }

/** As many events as the hub takes at once. */
const MOST_FOR_RULE = 1000

const NOTHING: Remarks = { activity: null, comment: null }

/** The person at work on a day: what is in hand, what is open above the page, and what the keys do. */
export function useDayDesk(page: ReturnType<typeof useDayPage>, search: () => void) {
  const router = useRouter()
  const history = useHistory()
  const picks = usePicks()
  const actions = useDayActions(page.suggest)
  const rows = useRows(page)
  const { selection } = rows
  const { offers, hand, alike, alikeTo, likely } = useOffers(page, rows)

  const picking = shallowRef<Picking | null>(null)
  const ahead = useTypeAhead()
  const menu = shallowRef<{ blocks: Block[]; anchor: HTMLElement } | null>(null)
  const sheet = shallowRef<Sheet | null>(null)
  const marked = shallowRef<Block | null>(null)
  const chosenMs = computed(() => timeOf(rows.chosen.value))
  const canEnter = computed(() => page.user.value !== null && page.user.value !== '')

  async function reveal(id: string | null) {
    await nextTick()
    if (id !== null) document.getElementById(id)?.scrollIntoView({ block: 'nearest' })
  }

  async function assign(
    blocks: readonly Block[],
    option: Pick,
    remarks: Remarks = NOTHING,
    more: More | null = null,
  ): Promise<void> {
    picking.value = null
    selection.clear()
    await actions.assign(blocks, option, remarks, more)
  }

  /** Takes an offer; what is alike goes along, or can still be sent after it. */
  async function take(blocks: readonly Block[], offer: Suggestion, withAlike = false): Promise<void> {
    const { option } = offer
    const others = alikeTo(offer, blocks)
    if (withAlike) return assign([...blocks, ...others], option)
    const label = t('day.alike', {}, others.length)
    const more = { label, run: () => void assign(stillOpen(others), option) }
    await assign(blocks, option, NOTHING, others.length > 0 ? more : null)
  }

  function stillOpen(blocks: readonly OpenBlock[]): OpenBlock[] {
    const ids = new Set(blocks.map(({ id }) => id))
    return [...page.totals.value.open, ...page.totals.value.small].filter(({ id }) => ids.has(id))
  }

  /** Each block to where it probably belongs; what nothing speaks for stays open. */
  async function takeSuggested(blocks: readonly OpenBlock[]): Promise<void> {
    const shares = Map.groupBy(blocks, (block) => likely(block)?.key ?? '')
    selection.clear()
    await actions.distribute(
      [...shares.values()].flatMap((some) => {
        const pick = some[0] && likely(some[0])
        return pick ? [{ blocks: some, pick }] : []
      }),
    )
  }

  async function flag(blocks: readonly Block[], set: Parameters<typeof actions.flag>[1]) {
    if (blocks.length === 0) return
    selection.clear()
    await actions.flag(blocks, set)
  }

  async function merge(blocks: readonly Block[]) {
    if (blocks.length < 2) return
    const [first] = blocks
    selection.clear()
    if (first) selection.current.value = first.id
    await actions.merge(blocks)
  }

  function pick(blocks: Block[], hasRemarks = false) {
    ahead.typed.value = ''
    if (blocks.length > 0) picking.value = { blocks, hasRemarks }
  }

  /** The page of the rules proposes one that covers them. */
  function makeRule(blocks: readonly Block[]) {
    const ids = blocks.flatMap(({ events }) => events.map(({ id }) => id)).slice(0, MOST_FOR_RULE)
    void router.push({ name: 'rules', query: { from: ids.join(',') } })
  }

  /** A comment belongs to an assignment: what has none gets both. */
  function comment(blocks: Block[]) {
    if (blocks.every(({ kind }) => kind === 'explained')) open({ name: 'comment', blocks })
    else pick(blocks, true)
  }

  const open = (next: Sheet) => (sheet.value = next)
  const isOpen = computed(() => picking.value !== null || menu.value !== null || sheet.value !== null)

  /** `why`: it could not be shown. */
  function close(why?: string) {
    picking.value = null
    menu.value = null
    sheet.value = null
    if (why !== undefined) complain(why)
  }

  function enter(gap: Stretch | null = null) {
    if (canEnter.value) open({ name: 'entry', gap })
  }

  function split([block, ...others]: readonly Block[]) {
    if (block && others.length === 0) open({ name: 'split', block })
  }

  function focus(block: Block, event: MouseEvent) {
    if (event.shiftKey) selection.extend(block.id)
    else if (event.ctrlKey || event.metaKey) selection.toggle(block.id)
    else selection.current.value = block.id
  }

  function choose(choice: BlockChoice, blocks: Block[]) {
    const [first] = blocks
    if (!first) return
    const does: Record<BlockChoice, () => unknown> = {
      assign: () => pick(blocks),
      change: () => pick(blocks),
      unassign: () => actions.unassign(blocks),
      select: () => selection.toggle(first.id),
      split: () => split(blocks),
      merge: () => merge(blocks),
      comment: () => comment(blocks),
      why: () => open({ name: 'why', block: first }),
      rule: () => makeRule(blocks),
      private: () => flag(blocks, { private: true }),
      public: () => flag(blocks, { private: false }),
      ignore: () => flag(blocks, { ignored: true }),
      count: () => flag(blocks, { ignored: false }),
      delete: () => flag(blocks, { deleted: true }),
    }
    does[choice]()
  }

  /** A bar was clicked: show where it is listed. */
  function show(block: Block) {
    const card = rows.cards.value.find((one) => holds(one.block, block))
    if (card) {
      selection.current.value = card.id
      void reveal(card.id)
    } else if (block.kind === 'explained') marked.value = block
    else if (rows.small.value.some(({ id }) => id === block.id)) {
      selection.current.value = SMALL
      void reveal(SMALL)
    }
  }

  const pickerTitle = computed(() =>
    t('picker.title', { time: duration(timeOf(picking.value?.blocks ?? [])) }),
  )
  /** The picker begins with what is likely. */
  const pickerQuick = computed<Pick[]>(() => {
    const likeliest = (picking.value?.blocks ?? [])
      .slice(0, 1)
      .flatMap(({ id }) => offers.value.get(id) ?? [])
    const all = [
      ...likeliest.filter(({ because }) => because.length > 0).map(({ option }) => option),
      ...picks.quick,
    ]
    return [...new Map(all.map((pick) => [pickKey(pick), pick])).values()]
  })
  const picked = computed(() => {
    const target = picking.value?.blocks[0]?.assignment ?? null
    return target === null
      ? { key: null, remarks: NOTHING }
      : { key: pickKey(target), remarks: { activity: target.activity, comment: target.comment } }
  })

  /** What the keys act on: the line that has the focus, or what is chosen, or the current row. */
  function inHand(): Block[] {
    const line = document.activeElement?.closest<HTMLElement>('[data-block]')?.dataset['block']
    const focused = line === undefined ? undefined : page.blocks.value.find(({ id }) => id === line)
    if (focused) return [focused]
    const blocks = hand.value?.blocks ?? []
    if (blocks.length === 0) sayWhyNothing()
    return blocks
  }

  function sayWhyNothing() {
    const card = rows.cards.value.find(({ id }) => id === selection.current.value)
    if (card?.meanwhile) complain(meanwhileText(card.meanwhile, actions.nameOf))
  }

  function takeNumber(number: number, withAlike: boolean) {
    const offer = hand.value?.offers[number - 1]
    const blocks = inHand()
    if (offer && blocks.length > 0) void take(offer.blocks ?? blocks, offer, withAlike)
  }

  useDayKeys(
    {
      move: (by) => {
        selection.move(by)
        void reveal(selection.current.value)
      },
      pick: takeNumber,
      suggested: () => void takeSuggested(hand.value?.blocks ?? []),
      alike: () => notice.value?.more?.run(),
      assign: () => pick(inHand()),
      select: () => selection.current.value !== null && selection.toggle(selection.current.value),
      selectAll: selection.all,
      selectHour: () => selection.choose(rows.hourOf(selection.current.value)),
      clear: selection.clear,
      ignore: () => void flag(inHand(), { ignored: true }),
      makePrivate: () => void flag(inHand(), { private: true }),
      remove: () => void flag(inHand(), { deleted: true }),
      split: () => split(inHand()),
      merge: () => void merge(rows.chosen.value),
      comment: () => comment(inHand()),
      enter: () => enter(),
      history: () => open({ name: 'history' }),
      undo: () => void actions.undo(),
      order: rows.turn,
      search,
      help: () => open({ name: 'help' }),
      day: page.step,
      early: (key) => (key === 'Escape' ? close() : ahead.type(key)),
    },
    () => isOpen.value,
  )

  return {
    rows,
    selection,
    chosen: rows.chosen,
    chosenMs,
    offers,
    hand,
    alike,
    refused: actions.refused,
    picking,
    pickerTitle,
    pickerQuick,
    picked,
    typed: ahead.typed,
    menu,
    sheet,
    marked,
    canEnter,
    canUndo: computed(() => history.latest !== null),
    numbers: computed<Option[]>(() => (hand.value?.offers ?? []).map(({ option }) => option)),
    assign,
    take,
    takeSuggested,
    flag,
    merge,
    pick,
    open,
    isOpen,
    close,
    enter,
    focus,
    choose,
    show,
    actions,
  }
}

export type DayDesk = ReturnType<typeof useDayDesk>
