import { computed, nextTick, ref, shallowRef } from 'vue'
import { duration } from '../../i18n/format.ts'
import { t } from '../../i18n/index.ts'
import type { Option } from '../../picker/options.ts'
import { pickKey } from '../../picker/picks.ts'
import { useHistory } from '../../stores/history.ts'
import { usePicks } from '../../stores/picks.ts'
import type { BlockChoice } from './block-menu.ts'
import { type Block, holds } from './blocks.ts'
import { lengthOf, union } from './intervals.ts'
import { type Suggestion, suggestions } from './suggest.ts'
import type { OpenBlock } from './totals.ts'
import { type Remarks, useDayActions } from './use-day-actions.ts'
import { useDayKeys } from './use-day-keys.ts'
import type { useDayPage } from './use-day-page.ts'
import { useSelection } from './use-selection.ts'

const NOTHING: Remarks = { activity: null, comment: null }

/** The person at work on a day: which block is current or chosen, the open picker and menu, the keys. */
export function useDayDesk(page: ReturnType<typeof useDayPage>, search: () => void) {
  const picks = usePicks()
  const history = useHistory()
  const actions = useDayActions()

  const order = ref<'size' | 'time'>('size')
  const open = computed(() =>
    order.value === 'size'
      ? page.listed.value.open
      : page.listed.value.open.toSorted((a, b) => a.start - b.start),
  )
  const byId = computed(() => new Map(open.value.map((block) => [block.id, block])))
  const selection = useSelection(() => open.value.map((block) => block.id))
  const chosen = computed(() => selection.selected.value.flatMap((id) => byId.value.get(id) ?? []))
  const chosenMs = computed(() => lengthOf(union(chosen.value.flatMap((block) => block.spans))))

  const picking = shallowRef<Block[] | null>(null)
  const menu = shallowRef<{ blocks: Block[]; anchor: HTMLElement } | null>(null)
  const marked = shallowRef<Block | null>(null)
  const isHelping = ref(false)

  const explained = computed(() => page.totals.value.totals.flatMap((total) => total.blocks))
  // Once for all cards: a card whose offers stay the same is not drawn again when the current one moves.
  const offers = computed(
    () =>
      new Map<string, Suggestion[]>(
        open.value.map((block) => [
          block.id,
          suggestions(block, page.index.value, explained.value, picks.quick),
        ]),
      ),
  )

  /** What keys and buttons act on: the chosen blocks, or else the current one. */
  function inHand(): OpenBlock[] {
    if (chosen.value.length > 0) return chosen.value
    const current = selection.current.value === null ? undefined : byId.value.get(selection.current.value)
    return current ? [current] : []
  }

  const numbers = computed<Option[]>(() => {
    const [first] = inHand()
    return first ? (offers.value.get(first.id) ?? []).map(({ option }) => option) : []
  })

  async function reveal(id: string | null) {
    await nextTick()
    if (id !== null) document.getElementById(id)?.scrollIntoView({ block: 'nearest' })
  }

  async function take(blocks: readonly Block[], option: Option, remarks: Remarks = NOTHING) {
    picking.value = null
    selection.clear()
    const onlyOpen = blocks.every((block) => block.kind !== 'explained')
    await actions.assign(blocks, option, remarks, onlyOpen)
  }

  async function flag(blocks: readonly Block[], set: Parameters<typeof actions.flag>[1]) {
    if (blocks.length === 0) return
    selection.clear()
    await actions.flag(blocks, set)
  }

  function focus(block: Block, event: MouseEvent) {
    if (event.shiftKey) selection.extend(block.id)
    else if (event.ctrlKey || event.metaKey) selection.toggle(block.id)
    else selection.current.value = block.id
  }

  function choose(choice: BlockChoice, blocks: Block[]) {
    const [first] = blocks
    const does: Record<BlockChoice, () => unknown> = {
      assign: () => (picking.value = blocks),
      change: () => (picking.value = blocks),
      unassign: () => actions.unassign(blocks),
      select: () => first && selection.toggle(first.id),
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
    const listed = open.value.find((one) => holds(one, block))
    if (listed) {
      selection.current.value = listed.id
      void reveal(listed.id)
    } else if (block.kind === 'explained') marked.value = block
  }

  const pickerTitle = computed(() =>
    picking.value === null
      ? ''
      : t('picker.title', { time: duration(lengthOf(union(picking.value.flatMap((one) => one.spans)))) }),
  )
  const picked = computed(() => {
    const [first] = picking.value ?? []
    const target = first?.kind === 'explained' ? first.assignment : null
    return target === null || target === undefined
      ? { key: null, remarks: NOTHING }
      : { key: pickKey(target), remarks: { activity: target.activity, comment: target.comment } }
  })

  useDayKeys({
    move: (by) => {
      selection.move(by)
      void reveal(selection.current.value)
    },
    pick: (number) => {
      const option = numbers.value[number - 1]
      if (option) void take(inHand(), option)
    },
    assign: () => {
      const blocks = inHand()
      if (blocks.length > 0) picking.value = blocks
    },
    select: () => selection.current.value !== null && selection.toggle(selection.current.value),
    selectAll: selection.all,
    clear: selection.clear,
    ignore: () => void flag(inHand(), { ignored: true }),
    makePrivate: () => void flag(inHand(), { private: true }),
    remove: () => void flag(inHand(), { deleted: true }),
    undo: () => void actions.undo(),
    search,
    help: () => (isHelping.value = true),
    day: page.step,
  })

  return {
    order,
    open,
    selection,
    chosen,
    chosenMs,
    picking,
    pickerTitle,
    picked,
    menu,
    marked,
    isHelping,
    numbers,
    offers,
    canUndo: computed(() => history.latest !== null),
    take,
    flag,
    focus,
    choose,
    show,
    undo: () => actions.undo(),
    nameOf: actions.nameOf,
  }
}
