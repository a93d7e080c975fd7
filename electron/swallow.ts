/** What a gesture consists of. The page's own listeners must not see any of it. */
const GESTURE = [
  'pointerdown',
  'pointerup',
  'pointercancel',
  'mousedown',
  'mouseup',
  'click',
  'auxclick',
  'dblclick',
  'contextmenu',
] as const
/** Listened to without the right to prevent, or the page could not scroll before we have looked. */
const PASSIVE = ['touchstart', 'touchend', 'touchcancel'] as const
const STARTS: readonly string[] = ['pointerdown', 'touchstart', 'mousedown']
const ENDS: readonly string[] = ['pointerup', 'pointercancel', 'touchend', 'touchcancel', 'mouseup', 'click']

/** After a finger has left, the browser still makes a click of it. */
const AFTERMATH_MS = 400

export type Swallow = {
  /** Puts the click-catcher up, or takes it down once a gesture that has begun is over. */
  setDark: (dark: boolean) => void
}

/**
 * The black cover of a dark screen. The first touch lights the screen and does nothing else, from the finger
 * coming down to the click that the browser makes of it. A key or a badge also lights it, but counts: who holds
 * a badge to the reader means it, and a number without its first digits would be another one.
 */
export function swallowWhenDark(
  page: Window,
  onTouched: (woke: boolean) => void,
  clock: () => number,
): Swallow {
  let dark = false
  /** Until when a gesture that began in the dark is swallowed; null: none has. */
  let until: number | null = null
  let cover: HTMLElement | undefined

  function swallow(event: Event): void {
    event.stopImmediatePropagation()
    if (event.cancelable) event.preventDefault()
  }

  function isLeftOver(): boolean {
    if (until === null) return false
    if (clock() <= until) return true
    until = null
    return false
  }

  function see(event: Event): void {
    const isStart = STARTS.includes(event.type)
    if (!dark && !isLeftOver()) {
      if (isStart) onTouched(false)
      return
    }
    swallow(event)
    if (isStart && dark) {
      until = Infinity
      onTouched(true)
    }
    if (ENDS.includes(event.type) && until !== null) {
      until = clock() + AFTERMATH_MS
      page.setTimeout(lift, AFTERMATH_MS + 1)
    }
  }

  function lift(): void {
    if (dark || isLeftOver()) return
    cover?.remove()
    cover = undefined
  }

  for (const type of GESTURE) page.addEventListener(type, see, { capture: true, passive: false })
  for (const type of PASSIVE) page.addEventListener(type, see, { capture: true, passive: true })
  page.addEventListener('keydown', () => onTouched(dark), { capture: true })

  return {
    setDark(next) {
      if (next === dark) return
      dark = next
      if (dark) {
        until = null
        cover ??= makeCover(page.document)
        cover.style.opacity = '1'
        return
      }
      // Seen through at once, there until the gesture is over.
      if (cover) cover.style.opacity = '0'
      lift()
    },
  }
}

function makeCover(document: Document): HTMLElement {
  const cover = document.createElement('div')
  // By property: the page's CSP forbids style attributes.
  Object.assign(cover.style, {
    position: 'fixed',
    inset: '0',
    zIndex: '2147483647',
    background: '#000',
    touchAction: 'none',
    cursor: 'none',
  })
  document.documentElement.append(cover)
  return cover
}
