import { computed, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { type Day, addDays, isDay, weekOf } from '../../../contract/time.ts'
import type { Week } from '../../../contract/weeks.ts'
import { type ApiError, asApiError, ask } from '../../api.ts'
import { shownLocale } from '../../i18n/index.ts'
import { onLiveChange } from '../../live.ts'
import { optionsOf } from '../../picker/options.ts'
import { type Pick, pickKey } from '../../picker/picks.ts'
import { useChosenUser } from '../../stores/chosen-user.ts'
import { useHub } from '../../stores/hub.ts'
import { usePeople } from '../../stores/people.ts'
import { usePicks } from '../../stores/picks.ts'
import { useProjects } from '../../stores/projects.ts'
import { type Pending, weekDays, weekRows } from './rows.ts'

/** The week that the address names, of the person it names, and what follows from it. */
export function useWeekPage() {
  const route = useRoute()
  const router = useRouter()
  const hub = useHub()
  const people = usePeople()
  const projects = useProjects()
  const picks = usePicks()
  const { user, choose: chooseUser } = useChosenUser()

  const today = computed(() => hub.today)
  const monday = computed<Day | null>(() => {
    const named = route.params['day']
    const day = typeof named === 'string' && isDay(named) ? named : today.value
    return day && weekOf(day)
  })

  void people.load()
  void projects.load()
  void picks.seed()
  if (hub.hub === null) void hub.load()

  const week = shallowRef<Week | null>(null)
  const failed = shallowRef<ApiError | null>(null)
  /** Rows without time that were added here, and those that have lost theirs: no row goes away under one's hands. */
  const kept = shallowRef<readonly Pick[]>([])
  const pending = shallowRef<readonly Pending[]>([])
  /** counts what was asked for, so that the answer to an older question changes nothing */
  let asked = 0
  const isStale = ref(false)

  const isKnown = computed(() => monday.value !== null && people.state === 'ready')

  async function load(): Promise<void> {
    if (monday.value === null || !isKnown.value) return
    const mine = ++asked
    isStale.value = false
    try {
      const answer = await ask('weeks.get', {
        day: monday.value,
        ...(user.value === null || user.value === '' ? {} : { user: user.value }),
      })
      if (mine !== asked) return
      keep(...(week.value?.rows ?? []))
      week.value = answer
      failed.value = null
    } catch (error) {
      if (mine === asked) failed.value = asApiError(error)
    }
  }

  watch(
    [isKnown, monday, user],
    () => {
      if (!isKnown.value) return
      if (user.value !== null && route.query['user'] !== user.value)
        void router.replace({ query: { ...route.query, user: user.value } })
      week.value = null
      failed.value = null
      kept.value = []
      void load()
    },
    { immediate: true },
  )

  /** What is entered right now shows already: it would count twice until the hub has answered. */
  function refresh(): void {
    if (pending.value.length > 0) isStale.value = true
    else void load()
  }

  onLiveChange(['events', 'assignments', 'users'], refresh)
  onLiveChange(['projects', 'milestones', 'assignments'], () => void projects.load(), 600)
  onLiveChange(['users'], () => void people.load())

  function keep(...more: readonly Pick[]): void {
    const known = new Set(kept.value.map(pickKey))
    const fresh = more.filter((pick) => !known.has(pickKey(pick)))
    kept.value = [...kept.value, ...fresh.map(({ projectId, milestoneId }) => ({ projectId, milestoneId }))]
  }

  function expect(more: readonly Pending[]): void {
    pending.value = [...pending.value, ...more]
  }

  function settle(over: readonly Pending[]): void {
    pending.value = pending.value.filter((one) => !over.includes(one))
    if (isStale.value && pending.value.length === 0) void load()
  }

  const names = computed(() => ({ projects: projects.byId, milestones: projects.milestones }))
  const rows = computed(() =>
    week.value === null ? [] : weekRows(week.value, kept.value, pending.value, names.value, shownLocale()),
  )
  const days = computed(() => (week.value === null ? [] : weekDays(week.value, rows.value, pending.value)))
  const options = computed(() => optionsOf(projects.projects))

  const failure = computed(() => hub.failure ?? people.failure ?? failed.value)
  const state = computed(() => {
    if (week.value !== null && projects.state !== 'loading') return 'ready'
    const isFailed = (hub.failure !== null && hub.hub === null) || people.state === 'failed'
    return isFailed || failed.value !== null ? 'failed' : 'loading'
  })

  /** Null: the week of today. */
  function go(to: Day | null): void {
    const isOfToday = to !== null && today.value !== null && weekOf(to) === weekOf(today.value)
    void router.push({
      name: 'week',
      params: to === null || isOfToday ? {} : { day: to },
      query: route.query,
    })
  }

  function step(by: number): void {
    if (monday.value !== null) go(addDays(monday.value, 7 * by))
  }

  function openDay(day: Day, of?: string): void {
    void router.push(dayLink(day, of))
  }

  /** `of`: the key of the target that is looked for there. */
  const dayLink = (day: Day, of?: string) => ({
    name: 'day',
    params: day === today.value ? {} : { day },
    query: of === undefined ? route.query : { ...route.query, of },
  })

  function retry(): void {
    void hub.load()
    void people.load()
    void projects.load()
    void load()
  }

  return {
    today,
    monday,
    user,
    chooseUser,
    state,
    failure,
    rows,
    days,
    options,
    load,
    keep,
    expect,
    settle,
    go,
    step,
    openDay,
    dayLink,
    retry,
  }
}
