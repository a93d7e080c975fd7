import { type Ref, computed, nextTick, onScopeDispose, shallowRef } from 'vue'

/** Where the pointer may be near an edge of the screen before the page follows it. */
const EDGE = 56
const STEP = 12

type Drag = {
  id: number
  from: number
  to: number
  dy: number
  height: number
  tops: number[]
  start: number
}

/**
 * Drags a row of a list to another place. Rows stay where they are in the page until it is let go; meanwhile
 * they are only moved to be seen.
 */
export function useSorting(list: Ref<HTMLElement | null>, drop: (id: number, to: number) => void) {
  const drag = shallowRef<Drag | null>(null)
  let pointer = 0
  let isScrolling = 0
  let y = 0

  const inPage = (clientY: number) => clientY + window.scrollY

  function grab(event: PointerEvent, id: number, at: number) {
    const element = list.value
    if (element === null || event.button !== 0) return
    event.preventDefault()
    const rects = Array.from(element.children, (child) => child.getBoundingClientRect())
    const own = rects[at]
    if (!own) return
    pointer = event.pointerId
    y = event.clientY
    drag.value = {
      id,
      from: at,
      to: at,
      dy: 0,
      height: own.height,
      tops: rects.map((rect) => inPage(rect.top + rect.height / 2)),
      start: inPage(event.clientY),
    }
    element.setPointerCapture(pointer)
    window.addEventListener('keydown', press, true)
    isScrolling = requestAnimationFrame(follow)
  }

  function move(event: PointerEvent) {
    if (event.pointerId !== pointer) return
    y = event.clientY
    place()
  }

  function place() {
    const now = drag.value
    if (now === null) return
    const dy = inPage(y) - now.start
    const middle = (now.tops[now.from] ?? 0) + dy
    const others = now.tops.filter((_, at) => at !== now.from)
    drag.value = { ...now, dy, to: others.filter((top) => top < middle).length }
  }

  /** At the edges of the screen the page goes along. */
  function follow() {
    if (drag.value === null) return
    if (y < EDGE) window.scrollBy(0, -STEP)
    else if (y > window.innerHeight - EDGE) window.scrollBy(0, STEP)
    place()
    isScrolling = requestAnimationFrame(follow)
  }

  function end(event: PointerEvent) {
    if (event.pointerId !== pointer) return
    const now = drag.value
    cancel()
    if (now && now.to !== now.from) drop(now.id, now.to)
  }

  function press(event: KeyboardEvent) {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    cancel()
  }

  function cancel() {
    cancelAnimationFrame(isScrolling)
    window.removeEventListener('keydown', press, true)
    drag.value = null
  }

  /** How a row is shown while one is dragged. */
  function styleOf(at: number): Record<string, string> {
    const now = drag.value
    if (now === null) return {}
    if (at === now.from) return { transform: `translateY(${now.dy}px)`, zIndex: '2' }
    if (now.to > now.from && at > now.from && at <= now.to)
      return { transform: `translateY(${-now.height}px)` }
    if (now.to < now.from && at < now.from && at >= now.to)
      return { transform: `translateY(${now.height}px)` }
    return {}
  }

  /** The focus goes along with a row that moves in the page. */
  async function keepFocus(): Promise<void> {
    const focused = document.activeElement
    await nextTick()
    if (focused instanceof HTMLElement && list.value?.contains(focused)) focused.focus()
  }

  onScopeDispose(cancel)

  return { grab, move, end, cancel, styleOf, keepFocus, dragged: computed(() => drag.value?.id ?? null) }
}
