import { computed, onScopeDispose, ref, watch } from 'vue'

/** What fits on a screen, at once; then so many at a time as a slow Pi draws within a frame or two. */
const FIRST = 6
const STEP = 3
/** Where the browser cannot say that it has nothing else to do. */
const PAUSE = 30

const hasIdle = 'requestIdleCallback' in globalThis
const later = (work: () => void): number =>
  hasIdle ? requestIdleCallback(work, { timeout: 500 }) : Number(setTimeout(work, PAUSE))
const forget = (id: number): void => (hasIdle ? cancelIdleCallback(id) : clearTimeout(id))

/**
 * How much of a long list is there already: it grows while nothing else is to do, so that the first rows are there at
 * once and scrolling never waits for the rest.
 */
export function useGradual(length: () => number, needed: () => number) {
  const grown = ref(FIRST)
  let waiting: number | null = null

  function grow() {
    waiting = null
    grown.value += STEP
    wait()
  }

  function wait() {
    if (waiting === null && grown.value < length()) waiting = later(grow)
  }

  watch(length, wait, { immediate: true })
  onScopeDispose(() => {
    if (waiting !== null) forget(waiting)
  })

  return computed(() => Math.min(length(), Math.max(grown.value, needed())))
}
