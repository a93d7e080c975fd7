import { type Ref, computed, onBeforeUnmount, ref, watch } from 'vue'
import { type Screen, patience } from './machine.ts'

const TICK = 200

/** Whoever goes away without a word is logged out: a screen stays as long as its patience, from the last touch on. */
export function useCountdown(screen: Readonly<Ref<Screen>>, timeUp: () => void) {
  const now = ref(performance.now())
  const until = ref<number | null>(null)
  let timer: ReturnType<typeof setInterval> | undefined

  const seconds = computed(() =>
    until.value === null ? null : Math.max(0, Math.ceil((until.value - now.value) / 1_000)),
  )

  /** Somebody is there. */
  function extend() {
    const ms = patience(screen.value)
    now.value = performance.now()
    until.value = ms === null ? null : now.value + ms
  }

  function tick() {
    now.value = performance.now()
    if (until.value !== null && now.value >= until.value) timeUp()
  }

  watch(
    screen,
    () => {
      extend()
      clearInterval(timer)
      timer = until.value === null ? undefined : setInterval(tick, TICK)
    },
    { immediate: true },
  )
  onBeforeUnmount(() => clearInterval(timer))

  return { seconds, extend }
}
