import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import type { Answer } from '../../../contract/calls.ts'
import { formatInstant, zone } from '../../../contract/time.ts'
import { ask } from '../../api.ts'
import { useHub } from '../../stores/hub.ts'
import { usePeople } from '../../stores/people.ts'
import { callNames } from './names.ts'

const TICK = 1_000
const HEALTH = 20_000
const SUMMARY = 60_000

/**
 * The idle screen's clock and figures. The clock goes on when the hub does not answer.
 * @param onLeft everybody has left: the screen went dark, and whoever comes next begins at the beginning
 */
export function useIdle(onLeft: () => void) {
  const hub = useHub()
  const people = usePeople()
  const summary = shallowRef<Answer<'days.summary'> | null>(null)
  const health = shallowRef<Answer<'hub.health'> | null>(null)
  /** wall time since which the hub is silent */
  const silentSince = ref<string | null>(null)
  const wall = ref('')
  const timers: ReturnType<typeof setInterval>[] = []
  /** nobody sees anything */
  let isDark = false

  const time = computed(() => wall.value.slice(11, 16))
  const day = computed(() => (wall.value === '' ? null : (hub.today ?? wall.value.slice(0, 10))))

  function tick() {
    if (hub.hub !== null) wall.value = formatInstant(hub.now(), zone(hub.hub.zone))
  }

  async function checkHealth() {
    try {
      health.value = await ask('hub.health')
      const wasSilent = silentSince.value !== null
      silentSince.value = null
      if (hub.hub === null || hub.currentDay() !== hub.today || wasSilent) await refresh()
    } catch {
      silentSince.value ??= time.value
    }
  }

  async function refresh() {
    await hub.load()
    tick()
    await loadSummary()
  }

  async function loadSummary() {
    if (hub.today === null) return
    // Silence is the health check's to tell.
    const [answer] = await Promise.all([
      ask('days.summary', { day: hub.today }).catch(() => null),
      people.load(),
    ])
    if (answer !== null) summary.value = answer
  }

  async function lookAgain() {
    tick()
    await checkHealth()
    if (silentSince.value === null) await loadSummary()
  }

  // In the shell's window only: a browser's screen is not ours to darken.
  const stopListening = window.timetrack?.onDark((dark) => {
    isDark = dark
    if (dark) onLeft()
    else void lookAgain()
  })

  void checkHealth()
  timers.push(
    setInterval(() => isDark || tick(), TICK),
    setInterval(() => void (isDark || checkHealth()), HEALTH),
    setInterval(() => void (isDark || (silentSince.value === null && loadSummary())), SUMMARY),
  )
  onBeforeUnmount(() => {
    timers.forEach(clearInterval)
    stopListening?.()
  })

  const cards = computed(() => {
    const names = callNames(people.people.map(({ name }) => name))
    return people.people.map((person, at) => ({
      ...person,
      callName: names[at] ?? person.name,
      hours: summary.value?.people.find(({ user }) => user === person.handle) ?? null,
    }))
  })

  return { time, day, cards, health, silentSince, summary }
}
