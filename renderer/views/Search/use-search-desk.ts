import { computed, nextTick, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import { dayOf, parseInstant, zone } from '../../../contract/time.ts'
import { t } from '../../i18n/index.ts'
import { useKeys } from '../../keys.ts'
import type { Option } from '../../picker/options.ts'
import { pickKey } from '../../picker/picks.ts'
import { useHub } from '../../stores/hub.ts'
import { useSelection } from '../Day/use-selection.ts'
import { type LineChoice, lineMenu } from './line-menu.ts'
import type { Line } from './lines.ts'
import { useSearchActions } from './use-search-actions.ts'
import type { useSearch } from './use-search.ts'

type Remarks = { activity: string | null; comment: string | null }
const NOTHING: Remarks = { activity: null, comment: null }

/** The person at work on what was found: which line is current or chosen, the open picker and menu, the keys. */
export function useSearchDesk(search: ReturnType<typeof useSearch>, focusField: () => void) {
  const router = useRouter()
  const hub = useHub()
  const actions = useSearchActions(search)

  const lines = computed(() => search.groups.value.flatMap((group) => group.lines))
  const byId = computed(() => new Map(lines.value.map((line) => [line.id, line])))
  const selection = useSelection(() => lines.value.map(({ id }) => id))
  const chosen = computed(() => selection.selected.value.flatMap((id) => byId.value.get(id) ?? []))
  const picking = shallowRef<Line[] | null>(null)
  const menu = shallowRef<{ line: Line; anchor: HTMLElement } | null>(null)
  /** The menu's line, also while it closes and what was chosen is done. */
  const menuLine = shallowRef<Line | null>(null)

  /** What keys act on: the chosen lines, or else the current one. */
  function inHand(): Line[] {
    if (chosen.value.length > 0) return chosen.value
    const line = selection.current.value === null ? undefined : byId.value.get(selection.current.value)
    return line ? [line] : []
  }

  async function move(by: number): Promise<void> {
    selection.move(by)
    await nextTick()
    const id = selection.current.value
    if (id !== null) document.getElementById(id)?.scrollIntoView({ block: 'nearest' })
  }

  function focus(line: Line, event: MouseEvent): void {
    if (event.shiftKey) selection.extend(line.id)
    else if (event.ctrlKey || event.metaKey) selection.toggle(line.id)
    else selection.current.value = line.id
  }

  async function take(option: Option, remarks: Remarks): Promise<void> {
    const taken = picking.value ?? []
    picking.value = null
    selection.clear()
    await actions.assign(taken, option, remarks)
  }

  async function flag(some: readonly Line[], set: Parameters<typeof actions.flag>[1]): Promise<void> {
    selection.clear()
    await actions.flag(some, set)
  }

  function openDay({ main }: Line): void {
    const at = parseInstant(main.start, zone('UTC'))
    if (at === null || hub.hub === null) return
    const day = dayOf(at, zone(hub.hub.zone), hub.hub.dayStartMinutes)
    void router.push({ name: 'day', params: { day }, query: main.user === null ? {} : { user: main.user } })
  }

  function openMenu(line: Line, anchor: HTMLElement): void {
    menuLine.value = line
    menu.value = { line, anchor }
  }

  const items = computed(() => (menuLine.value === null ? [] : lineMenu(menuLine.value)))

  function choose(choice: LineChoice): void {
    const line = menuLine.value
    if (line === null) return
    const does: Record<LineChoice, () => unknown> = {
      assign: () => (picking.value = [line]),
      select: () => selection.toggle(line.id),
      private: () => flag([line], { private: true }),
      public: () => flag([line], { private: false }),
      ignore: () => flag([line], { ignored: true }),
      count: () => flag([line], { ignored: false }),
      open: () => openDay(line),
    }
    void does[choice]()
  }

  const pickerTitle = computed(() =>
    picking.value === null ? '' : t('picker.title', { time: actions.timeOf(picking.value) }),
  )
  const picked = computed(() => {
    const target = picking.value?.[0]?.main.assignment ?? null
    return target === null
      ? { key: null, remarks: NOTHING }
      : { key: pickKey(target), remarks: { activity: target.activity, comment: target.comment } }
  })

  function assign(): void {
    const some = inHand()
    if (some.length > 0) picking.value = some
  }

  useKeys({
    j: () => void move(1),
    k: () => void move(-1),
    x: () => selection.current.value !== null && selection.toggle(selection.current.value),
    a: selection.all,
    Escape: selection.clear,
    Enter: assign,
    i: () => void flag(inHand(), { ignored: true }),
    p: () => void flag(inHand(), { private: true }),
    u: () => void actions.undo(),
    '/': focusField,
  })

  return {
    lines,
    selection,
    chosen,
    picking,
    pickerTitle,
    picked,
    menu,
    items,
    actions,
    focus,
    take,
    flag,
    openMenu,
    choose,
  }
}
