import { computed, nextTick, ref, shallowRef, watch } from 'vue'
import type { Day } from '../../../contract/time.ts'
import { t } from '../../i18n/index.ts'
import { readDuration } from '../../i18n/read-duration.ts'
import { complain } from '../../notice.ts'
import { type Pick, pickKey } from '../../picker/picks.ts'
import { type CellChoice, cellMenu, copyDayOf } from './cell-menu.ts'
import { copyDays } from './copy-days.ts'
import { moved } from './move.ts'
import type { Cell, WeekRow } from './rows.ts'
import { type Refused, useWeekActions } from './use-week-actions.ts'
import type { useWeekPage } from './use-week-page.ts'

/** Lines of the grid that are no target: the heads of the days, and what nobody explained. */
export const HEAD = 'head'
export const OPEN = 'open'

export type At = { row: string; col: number }
/** What is being typed into a cell. */
export type Draft = At & { text: string; error: string | null; request: Refused['request'] }
type Found = { row: WeekRow; cell: Cell; day: Day }

export const cellId = ({ row, col }: At): string => `week-${row}-${col}`

/** The person at work on a week: which cell is current, what is typed into it, the open menu and picker. */
export function useWeekDesk(page: ReturnType<typeof useWeekPage>) {
  const actions = useWeekActions(page)
  const lines = computed(() => [HEAD, ...page.rows.value.map(({ key }) => key), OPEN])
  const current = ref<At>({ row: HEAD, col: 0 })
  const draft = ref<Draft | null>(null)
  const menu = shallowRef<{ at: At; anchor: HTMLElement } | null>(null)
  /** The picker is open, for a row that takes time on the day, or on the day of the current cell. */
  const adding = shallowRef<{ day: Day | null } | null>(null)

  const columnOf = (day: Day | null) => page.days.value.findIndex((one) => one.day === day)
  const isDraftAt = ({ row, col }: At) => draft.value?.row === row && draft.value.col === col

  watch(page.monday, () => {
    draft.value = null
    menu.value = null
  })
  watch(
    () => page.days.value.length,
    (length) => {
      if (length > 0) current.value = { row: HEAD, col: Math.max(0, columnOf(page.today.value)) }
    },
    { immediate: true },
  )

  function find({ row, col }: At): Found | null {
    const found = page.rows.value.find(({ key }) => key === row)
    const cell = found?.cells[col]
    const day = page.days.value[col]?.day
    return found && cell && day !== undefined ? { row: found, cell, day } : null
  }

  const mayEnter = ({ isClosed }: WeekRow) => !isClosed && Boolean(page.user.value)

  async function focus(at: At): Promise<void> {
    current.value = at
    await nextTick()
    // What is being typed keeps the focus.
    if (draft.value === null) document.getElementById(cellId(at))?.focus()
  }

  function begin(at: At, text = ''): void {
    const found = find(at)
    if (found === null || !mayEnter(found.row) || isDraftAt(at)) return
    current.value = at
    draft.value = { ...at, text, error: null, request: null }
  }

  /** A cell was pressed: it takes time, or leads to the day where what it holds comes from. */
  function pressCell(at: At): void {
    const found = find(at)
    if (found && !mayEnter(found.row) && found.cell.ms > 0) open(at)
    else begin(at)
  }

  function type(text: string): void {
    if (draft.value !== null && draft.value.text !== text)
      draft.value = { ...draft.value, text, error: null, request: null }
  }

  function cancel(): void {
    const at = draft.value
    draft.value = null
    if (at !== null) void focus({ row: at.row, col: at.col })
  }

  /** Enters what was typed; `isLeaving`: the focus is elsewhere by now and stays there. */
  async function submit(isLeaving = false): Promise<void> {
    const typed = draft.value
    const found = typed && find(typed)
    if (!typed || !found) return
    const ms = readDuration(typed.text)
    if (ms === null && typed.text.trim() !== '') {
      draft.value = { ...typed, error: t('week.enter.invalid') }
      return
    }
    draft.value = null
    if (!isLeaving) void focus({ row: typed.row, col: typed.col })
    if (ms === null) return
    const refused = await actions.enter(found.row, found.day, ms, typed.request)
    if (refused === null) return
    // What was typed comes back with the reason beside it, unless something else is typed already.
    if (draft.value === null && find(typed) !== null)
      draft.value = { ...typed, error: refused.reason, request: refused.request }
    else complain(t('day.failed', { reason: refused.reason }))
  }

  function remove(at: At): void {
    const found = find(at)
    if (found && found.cell.enteredMs > 0) void actions.remove(found.row, found.day, found.cell.enteredMs)
  }

  function copy(at: At, to?: Day): void {
    const found = find(at)
    if (!found || found.cell.enteredMs === 0 || !mayEnter(found.row)) return
    const [next] = copyDays(
      found.day,
      page.days.value.map(({ day }) => day),
    )
    const target = to ?? next
    if (target !== undefined) void actions.copy(found.row, found.day, target, found.cell.enteredMs)
  }

  function open(at: At): void {
    const day = page.days.value[at.col]?.day
    if (day !== undefined) page.openDay(day, find(at)?.row.key)
  }

  const isCommand = (event: KeyboardEvent) => event.ctrlKey || event.metaKey || event.altKey

  function press(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement) return
    const at = current.value
    const size = { rows: lines.value.length, cols: page.days.value.length }
    const place = { row: lines.value.indexOf(at.row), col: at.col }
    const next = moved(place, event.key, event.ctrlKey || event.metaKey, size)
    if (next !== null) void focus({ row: lines.value[next.row] ?? HEAD, col: next.col })
    else if (isCommand(event)) return
    else if (event.key === 'Enter') open(at)
    else if (event.key === 'Delete' || event.key === 'Backspace') remove(at)
    else if (event.key === 'F2' || event.key === '+') begin(at)
    else if (/^[\d,.:]$/.test(event.key)) begin(at, event.key)
    else if (event.key.toLowerCase() === 'c') copy(at)
    else return
    event.preventDefault()
  }

  const menuAt = shallowRef<At>({ row: HEAD, col: 0 })

  /** At the cell, or at the button that was pressed. */
  function openMenu(at: At, anchor = document.getElementById(cellId(at))): void {
    if (find(at) === null || anchor === null) return
    draft.value = null
    menuAt.value = current.value = at
    menu.value = { at, anchor }
  }

  function closeMenu(): void {
    menu.value = null
    void focus(menuAt.value)
  }

  const items = computed(() => {
    const found = find(menuAt.value)
    if (found === null || page.today.value === null) return []
    const week = page.days.value.map(({ day }) => day)
    return cellMenu(found.row, found.cell, { day: found.day, week, today: page.today.value })
  })

  function choose(choice: CellChoice): void {
    const at = menuAt.value
    const to = copyDayOf(choice)
    if (to !== null) copy(at, to)
    else if (choice === 'remove') remove(at)
    else if (choice === 'open') open(at)
    else begin(at)
  }

  function add(day: Day | null = null): void {
    adding.value = { day }
  }

  /** A row for the target, if there is none yet, ready to be typed into. */
  async function addRow(pick: Pick): Promise<void> {
    const day = adding.value?.day ?? null
    adding.value = null
    page.keep(pick)
    await nextTick()
    begin({ row: pickKey(pick), col: day === null ? current.value.col : Math.max(0, columnOf(day)) })
  }

  return {
    current,
    draft,
    menu,
    items,
    adding,
    actions,
    find,
    mayEnter,
    focus,
    begin,
    pressCell,
    type,
    cancel,
    submit,
    open,
    press,
    openMenu,
    closeMenu,
    choose,
    add,
    addRow,
  }
}
