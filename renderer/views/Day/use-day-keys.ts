import { onBeforeUnmount, onMounted } from 'vue'

/** The keys of the day, each with what it does; numbers are handed on as 1 to 9. */
export type DayKeys = {
  move: (by: number) => void
  pick: (number: number, withAlike: boolean) => void
  suggested: () => void
  alike: () => void
  assign: () => void
  select: () => void
  selectAll: () => void
  selectHour: () => void
  clear: () => void
  ignore: () => void
  makePrivate: () => void
  remove: () => void
  split: () => void
  merge: () => void
  comment: () => void
  enter: () => void
  history: () => void
  undo: () => void
  order: () => void
  search: () => void
  help: () => void
  day: (by: number) => void
  /** what is meant for something that is about to open */
  early: (key: string) => void
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Enter and space on a button or link are its own. */
const isPressing = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('button, a, summary') !== null

/** The digit of a key, also where shift makes another sign of it. */
const digitOf = ({ key, code, shiftKey }: KeyboardEvent): number | null => {
  const digit = shiftKey ? /^Digit([1-9])$/.exec(code)?.[1] : /^[1-9]$/.exec(key)?.[0]
  return digit === undefined ? null : Number(digit)
}

/** `isBusy`: something is about to open. */
export function useDayKeys(keys: DayKeys, isBusy: () => boolean): void {
  const actions: Record<string, () => void> = {
    j: () => keys.move(1),
    k: () => keys.move(-1),
    Enter: keys.assign,
    x: keys.select,
    a: keys.selectAll,
    A: keys.selectHour,
    Escape: keys.clear,
    0: keys.suggested,
    g: keys.alike,
    i: keys.ignore,
    p: keys.makePrivate,
    Delete: keys.remove,
    s: keys.split,
    m: keys.merge,
    c: keys.comment,
    n: keys.enter,
    h: keys.history,
    u: keys.undo,
    o: keys.order,
    '/': keys.search,
    '?': keys.help,
    ArrowLeft: () => keys.day(-1),
    ArrowRight: () => keys.day(1),
  }

  /** Capital letters do what small ones do, unless they have a meaning of their own. */
  const actionOf = (key: string) =>
    actions[key] ?? (key.length === 1 ? actions[key.toLowerCase()] : undefined)

  function press(event: KeyboardEvent) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (isTyping(event.target) || document.querySelector('dialog[open]')) return
    if (isBusy()) {
      event.preventDefault()
      keys.early(event.key)
      return
    }
    if (event.key === 'Enter' && isPressing(event.target)) return
    const digit = digitOf(event)
    const action = digit === null ? actionOf(event.key) : () => keys.pick(digit, event.shiftKey)
    if (!action) return
    event.preventDefault()
    action()
  }

  onMounted(() => window.addEventListener('keydown', press))
  onBeforeUnmount(() => window.removeEventListener('keydown', press))
}
