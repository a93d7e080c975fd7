import type { Clock, Instant } from '../contract/time.ts'
import type { Touch } from '../contract/bridge.ts'

export type ScreenOptions = {
  /** 0: never. */
  darkAfterMs: number
  clock: Clock
  /** Not while something has to be read, such as a problem. */
  mayDarken: () => boolean
  /** Tells the page to put up its click-catcher, or to take it down. */
  tellPage: (dark: boolean) => void
  power: (on: boolean) => void
}

/** How long the page may take to put up its click-catcher. */
const ARM_MS = 5000

type State = { kind: 'lit' } | { kind: 'arming'; since: Instant } | { kind: 'dark' }

export type Screen = {
  /** A sign of life from the page. */
  touched: (touch: Touch) => void
  /** The page's answer: its click-catcher is up. */
  darkened: (dark: boolean) => void
  /** A new page knows nothing of the dark. */
  pageLoaded: () => void
  tick: () => void
  light: () => void
  quietForMs: () => number
}

/**
 * Darkens an idle kiosk. The first touch on a dark screen reaches the page, and an unintended "out" is a
 * false record: the display only goes off once the page has said that it will swallow that touch.
 */
export function createScreen({ darkAfterMs, clock, mayDarken, tellPage, power }: ScreenOptions): Screen {
  let state: State = { kind: 'lit' }
  let lastTouch = clock()

  function light(): void {
    if (state.kind === 'lit') return
    const wasDark = state.kind === 'dark'
    state = { kind: 'lit' }
    if (wasDark) power(true)
    tellPage(false)
  }

  return {
    light,
    touched() {
      lastTouch = clock()
      light()
    },
    darkened(dark) {
      if (!dark || state.kind !== 'arming') return
      state = { kind: 'dark' }
      power(false)
    },
    pageLoaded: light,
    tick() {
      const now = clock()
      // A page that does not answer could not swallow the touch either: the screen stays on.
      if (state.kind === 'arming' && now - state.since > ARM_MS) light()
      if (state.kind === 'dark' && !mayDarken()) light()
      const isIdle = darkAfterMs > 0 && now - lastTouch >= darkAfterMs
      if (state.kind !== 'lit' || !isIdle || !mayDarken()) return
      state = { kind: 'arming', since: now }
      tellPage(true)
    },
    quietForMs: () => clock() - lastTouch,
  }
}
