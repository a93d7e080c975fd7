import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { addDays, isDay, zone } from '../../../contract/time.ts'
import { onLiveChange } from '../../live.ts'
import { optionsOf } from '../../picker/options.ts'
import { useChosenUser } from '../../stores/chosen-user.ts'
import { useDay } from '../../stores/day.ts'
import { useHub } from '../../stores/hub.ts'
import { usePeople } from '../../stores/people.ts'
import { usePicks } from '../../stores/picks.ts'
import { useProjects } from '../../stores/projects.ts'
import { useSuggestions } from '../../stores/suggestions.ts'
import { blocksOf, matches, timed } from './blocks.ts'
import { clockedWork } from './clocked.ts'
import { union } from './intervals.ts'
import { dayTotals } from './totals.ts'

/** The day that the address names, of the person it names, and what follows from its events. */
export function useDayPage() {
  const route = useRoute()
  const router = useRouter()
  const hub = useHub()
  const people = usePeople()
  const projects = useProjects()
  const picks = usePicks()
  const store = useDay()
  const suggestions = useSuggestions()

  const { user, likely, choose: chooseUser } = useChosenUser()
  const today = computed(() => hub.today)
  const day = computed(() => {
    const named = route.params['day']
    return typeof named === 'string' && isDay(named) ? named : today.value
  })
  void projects.load()
  void picks.seed()
  void people.load()
  if (hub.hub === null) void hub.load()

  let asked = ''
  watch(
    [day, likely, () => people.state],
    () => {
      if (day.value === null || (likely.value === null && people.state !== 'ready')) return
      const key = `${day.value} ${likely.value ?? ''}`
      if (key === asked) return
      asked = key
      void store.load(day.value, likely.value)
      void suggest()
    },
    { immediate: true },
  )
  watch(
    [() => people.state, user],
    () => {
      if (people.state === 'ready' && user.value !== null && route.query['user'] !== user.value)
        void router.replace({ query: { ...route.query, user: user.value } })
    },
    { immediate: true },
  )

  async function suggest(): Promise<void> {
    if (store.day !== null) await suggestions.load(store.day, store.user)
  }

  onLiveChange(['events', 'sessions', 'assignments', 'settings', 'punches'], () => void store.refresh())
  onLiveChange(['events', 'sessions', 'assignments', 'projects', 'milestones'], () => void suggest(), 600)
  onLiveChange(['projects', 'milestones', 'assignments'], () => void projects.load(), 600)
  onLiveChange(['users'], () => void people.load())

  const filter = ref('')
  watch([day, user], () => (filter.value = ''))
  const words = computed(() => filter.value.toLowerCase().split(/\s+/).filter(Boolean))

  /** asked for when somebody enters or splits something: it takes the browser a while to answer */
  const hubZone = computed(() => zone(hub.hub?.zone ?? 'UTC'))
  const parts = computed(() => timed(store.events))
  const blocks = computed(() => blocksOf(parts.value, store.sessions))
  const totals = computed(() =>
    dayTotals(blocks.value, clockedWork(store.presence, day.value === today.value ? hub.now() : null)),
  )
  /** where any time was captured, private and ignored one too: nothing is missing there */
  const captured = computed(() => union(blocks.value.flatMap(({ spans }) => spans)))
  /** the hub is still making sessions of what it holds */
  const isMaking = computed(() => blocks.value.some(({ sessionId }) => sessionId === null))
  /** what the lists show: the figures above them stay those of the whole day */
  const listed = computed(() =>
    words.value.length === 0
      ? totals.value
      : dayTotals(blocks.value.filter((block) => matches(block, words.value))),
  )
  const options = computed(() => optionsOf(projects.projects))
  const byKey = computed(() => new Map(options.value.map((option) => [option.key, option])))

  /** the key of a target that somebody came for, from the week */
  const wanted = computed(() => (typeof route.query['of'] === 'string' ? route.query['of'] : null))

  const failure = computed(() => hub.failure ?? people.failure ?? store.failure)
  const state = computed(() => {
    if (hub.failure !== null && hub.hub === null) return 'failed'
    if (people.state === 'failed') return 'failed'
    const isKnownHere = hub.hub !== null && people.state === 'ready' && store.day === day.value
    return isKnownHere ? store.state : 'loading'
  })

  function go(to: string | null): void {
    const { of: _, ...query } = route.query
    void router.push({ name: 'day', params: to === null ? {} : { day: to }, query })
  }

  function step(by: number): void {
    if (day.value === null) return
    const next = addDays(day.value, by)
    go(next === today.value ? null : next)
  }

  function retry(): void {
    void hub.load()
    void people.load()
    void projects.load()
    void store.refresh()
  }

  return {
    day,
    today,
    user,
    filter,
    blocks,
    totals,
    captured,
    isMaking,
    listed,
    options,
    byKey,
    hubZone,
    wanted,
    state,
    failure,
    go,
    step,
    chooseUser,
    retry,
    suggest,
  }
}
