import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { addDays, isDay } from '../../../contract/time.ts'
import { onLiveChange } from '../../live.ts'
import { optionsOf } from '../../picker/options.ts'
import { recall, remember } from '../../storage.ts'
import { useDay } from '../../stores/day.ts'
import { useHub } from '../../stores/hub.ts'
import { usePeople } from '../../stores/people.ts'
import { usePicks } from '../../stores/picks.ts'
import { useProjects } from '../../stores/projects.ts'
import { foldBlocks, matches, timed } from './blocks.ts'
import { indexOptions } from './suggest.ts'
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

  const today = computed(() => hub.today)
  const day = computed(() => {
    const named = route.params['day']
    return typeof named === 'string' && isDay(named) ? named : today.value
  })
  const user = computed(() => {
    const named = route.query['user']
    if (typeof named === 'string' && people.byHandle.has(named)) return named
    const kept = recall('user')
    if (typeof kept === 'string' && people.byHandle.has(kept)) return kept
    return people.latest?.handle ?? people.all.at(0)?.handle ?? null
  })

  void projects.load()
  void picks.seed()
  void people.load()
  if (hub.hub === null) void hub.load()

  const isKnown = computed(() => day.value !== null && people.state === 'ready')
  watch(
    [isKnown, day, user],
    () => {
      if (!isKnown.value || day.value === null) return
      if (user.value !== null && route.query['user'] !== user.value)
        void router.replace({ query: { ...route.query, user: user.value } })
      void store.load(day.value, user.value)
    },
    { immediate: true },
  )

  onLiveChange(['events', 'assignments'], () => void store.refresh())
  onLiveChange(['projects', 'milestones', 'assignments'], () => void projects.load(), 600)
  onLiveChange(['users'], () => void people.load())

  const filter = ref('')
  watch([day, user], () => (filter.value = ''))
  const words = computed(() => filter.value.toLowerCase().split(/\s+/).filter(Boolean))

  const blocks = computed(() => foldBlocks(timed(store.events)))
  const totals = computed(() => dayTotals(blocks.value))
  /** what the lists show: the figures above them stay those of the whole day */
  const listed = computed(() =>
    words.value.length === 0
      ? totals.value
      : dayTotals(blocks.value.filter((block) => matches(block, words.value))),
  )
  const options = computed(() => optionsOf(projects.projects))
  const index = computed(() => indexOptions(options.value))

  const failure = computed(() => hub.failure ?? people.failure ?? store.failure)
  const state = computed(() => {
    if (hub.failure !== null && hub.hub === null) return 'failed'
    if (people.state === 'failed') return 'failed'
    return people.state === 'ready' && store.day === day.value ? store.state : 'loading'
  })

  function go(to: string | null): void {
    void router.push({ name: 'day', params: to === null ? {} : { day: to }, query: route.query })
  }

  function step(by: number): void {
    if (day.value === null) return
    const next = addDays(day.value, by)
    go(next === today.value ? null : next)
  }

  function chooseUser(handle: string): void {
    remember('user', handle)
    void router.push({ query: { ...route.query, user: handle } })
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
    listed,
    options,
    index,
    state,
    failure,
    go,
    step,
    chooseUser,
    retry,
  }
}
