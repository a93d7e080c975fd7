import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import type { Answer } from '../../../contract/calls.ts'
import { formatInstant, zone } from '../../../contract/time.ts'
import { asApiError, ask } from '../../api.ts'
import { useHub } from '../../stores/hub.ts'

const TICK = 1_000
const LOOK = 20_000

/**
 * The idle screen's clock and who is in. The clock goes on when the hub does not answer.
 * @param onLeft everybody has left: the screen went dark, and whoever comes next begins at the beginning
 * @param onBack the hub answers again
 */
export function useIdle(onLeft: () => void, onBack: () => void) {
  const hub = useHub()
  const idle = shallowRef<Answer<'kiosk.idle'> | null>(null)
  /** The hub does not take this browser for a kiosk. */
  const isStranger = ref(false)
  const health = shallowRef<Answer<'hub.health'> | null>(null)
  /** wall time since which the hub is silent */
  const silentSince = ref<string | null>(null)
  const wall = ref('')
  const timers: ReturnType<typeof setInterval>[] = []
  /** nobody sees anything */
  let isDark = false
  let asked = 0

  const time = computed(() => wall.value.slice(11, 16))
  const day = computed(() => (wall.value === '' ? null : (hub.today ?? wall.value.slice(0, 10))))
  /** now, as the hub's clock shows it; null before it said what time it is */
  const stamp = () => (hub.hub === null ? null : formatInstant(hub.now(), zone(hub.hub.zone)))

  function tick() {
    wall.value = stamp() ?? ''
  }

  async function look() {
    try {
      health.value = await ask('hub.health')
      const wasSilent = silentSince.value !== null
      silentSince.value = null
      if (hub.hub === null || hub.currentDay() !== hub.today || wasSilent) await hub.load()
      tick()
      if (wasSilent) onBack()
    } catch {
      silentSince.value ??= time.value
      return
    }
    await lookWho()
  }

  async function lookWho() {
    const mine = ++asked
    try {
      const answer = await ask('kiosk.idle')
      if (mine !== asked) return
      idle.value = answer
      isStranger.value = false
    } catch (error) {
      const { status } = asApiError(error)
      if (mine === asked && (status === 401 || status === 403)) isStranger.value = true
      // Silence is the health check's to tell.
    }
  }

  // In the shell's window only: a browser's screen is not ours to darken.
  const stopListening = window.timetrack?.onDark((dark) => {
    isDark = dark
    if (dark) return onLeft()
    tick()
    void look()
  })

  void look()
  timers.push(
    setInterval(() => isDark || tick(), TICK),
    setInterval(() => void (isDark || look()), LOOK),
  )
  onBeforeUnmount(() => {
    timers.forEach(clearInterval)
    stopListening?.()
  })

  return { time, day, stamp, idle, isStranger, health, silentSince, look, lookWho }
}
