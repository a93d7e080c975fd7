import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { AttendanceNow, Correction } from '../../../contract/attendance.ts'
import type { Answer } from '../../../contract/calls.ts'
import { type ApiError, asApiError, ask } from '../../api.ts'
import { onLiveChange } from '../../live.ts'
import { useHub } from '../../stores/hub.ts'
import { useMe } from '../../stores/me.ts'
import { type Month, firstDay, lastDay, monthOf, stepMonth } from './month.ts'

const MINUTE = 60_000

type Shown = {
  month: Month
  user: string
  now: AttendanceNow
  days: Answer<'attendance.days'>
  corrections: Correction[]
  /** for admins only */
  who: Answer<'attendance.who'>['items']
}

/** The month that the address names, of the person it names, as far as whoever looks may see it. */
export function useAttendance() {
  const route = useRoute()
  const router = useRouter()
  const hub = useHub()
  const me = useMe()
  const shown = shallowRef<Shown | null>(null)
  const failed = shallowRef<ApiError | null>(null)
  let asked = 0

  const isAdmin = computed(() => me.isAdmin)
  /** Whom the address names, where that is somebody else's to see. */
  const user = computed(() => {
    const named = route.query['user']
    const isNamed = me.isAdmin && typeof named === 'string' && named !== ''
    return isNamed ? named : (me.user?.handle ?? null)
  })
  const isOwn = computed(() => me.user?.handle === user.value)
  const thisMonth = computed(() => hub.today && monthOf(hub.today))
  const month = computed(() => {
    const named = route.params['month']
    return typeof named === 'string' && named !== '' ? named : thisMonth.value
  })

  async function load(): Promise<void> {
    const [of, who] = [month.value, user.value]
    if (of === null || who === null) return
    const mine = ++asked
    try {
      const [now, days, corrections, present] = await Promise.all([
        ask('attendance.now', { user: who }),
        ask('attendance.days', { from: firstDay(of), to: lastDay(of), user: who }),
        ask('corrections.list', {}),
        isAdmin.value ? ask('attendance.who') : { items: [] },
      ])
      if (mine !== asked) return
      shown.value = { month: of, user: who, now, days, corrections: corrections.items, who: present.items }
      failed.value = null
    } catch (error) {
      if (mine === asked) failed.value = asApiError(error)
    }
  }

  if (hub.hub === null) void hub.load()
  if (me.user === null) void me.load()
  watch([month, user], () => void load(), { immediate: true })
  onLiveChange(['punches', 'corrections', 'users'], () => void load())
  // Who is in works on: what counts by the minute is asked for by the minute.
  const timer = setInterval(() => {
    if (!document.hidden && shown.value?.now.presence !== 'out') void load()
  }, MINUTE)
  onScopeDispose(() => clearInterval(timer))

  const state = computed(() => {
    const is = shown.value
    if (is && is.user === user.value && is.month === month.value) return 'ready'
    const isFailed = failed.value !== null || (hub.failure !== null && hub.hub === null)
    return isFailed ? 'failed' : 'loading'
  })

  const isBusy = ref(false)

  /** Does one thing at a time, and shows what came of it. @throws what the hub refused */
  async function act<T>(what: () => Promise<T>): Promise<T> {
    isBusy.value = true
    try {
      return await what()
    } finally {
      await load()
      isBusy.value = false
    }
  }

  function go(to: Month | null): void {
    const params = to === null || to === thisMonth.value ? {} : { month: to }
    void router.push({ name: 'attendance', params, query: route.query })
  }

  return {
    shown,
    state,
    isBusy,
    isAdmin,
    isOwn,
    user,
    month,
    thisMonth,
    failure: computed(() => failed.value ?? hub.failure),
    choose: (handle: string) => void router.push({ query: { ...route.query, user: handle } }),
    go,
    step: (by: number) => {
      if (month.value !== null) go(stepMonth(month.value, by))
    },
    act,
    retry: () => {
      void hub.load()
      void me.load()
      void load()
    },
  }
}

export type AttendancePage = ReturnType<typeof useAttendance>
