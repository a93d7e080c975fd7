import { type Ref, onBeforeUnmount, ref, watch } from 'vue'

const DIM_AFTER = 5 * 60_000
const MINUTE = 60_000
/** Pixels; small enough that nobody sees it move, large enough that no pixel is always the brightest. */
const SHIFTS = [0, 2, 4, 6, 4, 2, 0, -2, -4, -6, -4, -2] as const

/**
 * Darkens the idle screen when nobody has touched it for some minutes, and moves its picture a little every minute, so
 * that nothing burns in. Where the shell switches the screen off, this is what is seen before.
 */
export function useDim(isIdle: Readonly<Ref<boolean>>) {
  const isDim = ref(false)
  const shift = ref(0)
  const isStill = matchMedia('(prefers-reduced-motion: reduce)')
  let dimming: ReturnType<typeof setTimeout> | undefined
  let place = 0

  const shifting = setInterval(() => {
    if (!isDim.value || isStill.matches) return
    shift.value = SHIFTS[++place % SHIFTS.length] ?? 0
  }, MINUTE)

  /** Somebody is there. */
  function wake() {
    isDim.value = false
    clearTimeout(dimming)
    dimming = isIdle.value ? setTimeout(() => (isDim.value = true), DIM_AFTER) : undefined
  }

  watch(isIdle, wake, { immediate: true })
  onBeforeUnmount(() => {
    clearTimeout(dimming)
    clearInterval(shifting)
  })

  return { isDim, shift, wake }
}
