import { onBeforeUnmount, onMounted } from 'vue'

/** The keys of the day, each with what it does; numbers are handed on as 1 to 9. */
export type DayKeys = {
  move: (by: number) => void
  pick: (number: number) => void
  assign: () => void
  select: () => void
  selectAll: () => void
  clear: () => void
  ignore: () => void
  makePrivate: () => void
  remove: () => void
  undo: () => void
  search: () => void
  help: () => void
  day: (by: number) => void
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Enter and space on a button or link are its own. */
const isPressing = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('button, a, summary') !== null

export function useDayKeys(keys: DayKeys): void {
  const actions: Record<string, () => void> = {
    j: () => keys.move(1),
    k: () => keys.move(-1),
    Enter: keys.assign,
    x: keys.select,
    a: keys.selectAll,
    Escape: keys.clear,
    i: keys.ignore,
    p: keys.makePrivate,
    Delete: keys.remove,
    u: keys.undo,
    '/': keys.search,
    '?': keys.help,
    ArrowLeft: () => keys.day(-1),
    ArrowRight: () => keys.day(1),
  }

  function press(event: KeyboardEvent) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (isTyping(event.target) || document.querySelector('dialog[open]')) return
    if (event.key === 'Enter' && isPressing(event.target)) return
    const action = /^[1-9]$/.test(event.key)
      ? () => keys.pick(Number(event.key))
      : actions[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!action) return
    event.preventDefault()
    action()
  }

  onMounted(() => window.addEventListener('keydown', press))
  onBeforeUnmount(() => window.removeEventListener('keydown', press))
}
