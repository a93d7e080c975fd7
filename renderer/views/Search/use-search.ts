import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Event } from '../../../contract/events.ts'
import { zone } from '../../../contract/time.ts'
import { type ApiError, asApiError, ask } from '../../api.ts'
import { useHub } from '../../stores/hub.ts'
import {
  type Filter,
  filterOf,
  isAsking,
  isBackwards,
  isOfState,
  queryOf,
  requestOf,
  wordsOf,
} from './filter.ts'
import { linesOf } from './lines.ts'

/** Wait for the end of a word before the hub is asked. */
const PAUSE = 250
const PAGE = '100'
/** A filter that matches rarely is answered in bounded stretches: so many are asked for before a person says to go on. */
const STRETCHES = 8

/** What the address asks for, and what the hub found so far. */
export function useSearch() {
  const route = useRoute()
  const router = useRouter()
  const hub = useHub()
  if (hub.hub === null) void hub.load()

  const filter = computed(() => filterOf(route.query))
  const isAsked = computed(() => isAsking(filter.value) && !isBackwards(filter.value))
  const words = computed(() => wordsOf(filter.value.text))

  const events = shallowRef<readonly Event[]>([])
  const next = ref<string | null>(null)
  const state = ref<'idle' | 'loading' | 'ready' | 'failed'>('idle')
  const failure = shallowRef<ApiError | null>(null)
  const isLoadingMore = ref(false)
  /** counts searches, so that the answer to an older one changes nothing */
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Asks on until a page is full, nothing is left, or it has looked far enough. */
  async function fetchOn(mine: number, cursor: string | null): Promise<Event[] | null> {
    const found: Event[] = []
    const request = requestOf(filter.value, zone(hub.hub?.zone ?? 'UTC'), hub.hub?.dayStartMinutes ?? 0)
    let at = cursor
    for (let stretch = 0; stretch < STRETCHES; stretch++) {
      const answer = await ask('events.list', {
        ...request,
        limit: PAGE,
        ...(at === null ? {} : { cursor: at }),
      })
      if (mine !== asked) return null
      // Absence is no event that anybody looks for.
      found.push(...answer.items.filter(({ source }) => source !== 'afk'))
      at = answer.next
      if (at === null || found.length >= Number(PAGE)) break
    }
    next.value = at
    return found
  }

  async function search(): Promise<void> {
    const mine = ++asked
    if (!isAsked.value || hub.hub === null) {
      state.value = 'idle'
      events.value = []
      next.value = null
      return
    }
    state.value = 'loading'
    try {
      const found = await fetchOn(mine, null)
      if (found === null) return
      events.value = found
      state.value = 'ready'
      failure.value = null
    } catch (error) {
      if (mine !== asked) return
      failure.value = asApiError(error)
      state.value = 'failed'
    }
  }

  async function more(): Promise<void> {
    if (next.value === null || isLoadingMore.value) return
    const mine = asked
    isLoadingMore.value = true
    try {
      const found = await fetchOn(mine, next.value)
      if (found !== null) events.value = [...events.value, ...found]
    } catch (error) {
      if (mine === asked) failure.value = asApiError(error)
    } finally {
      isLoadingMore.value = false
    }
  }

  watch([() => queryOf(filter.value), () => hub.hub === null], () => void search(), {
    immediate: true,
    deep: true,
  })

  /** What was asked for last and is not in the address yet: the next change adds to it. */
  let wanted: Filter | null = null

  /** Changes the address, and with it what is searched for. */
  function narrow(change: Partial<Filter>, isTyping = false): void {
    const next = { ...(wanted ?? filter.value), ...change }
    wanted = next
    clearTimeout(timer)
    const go = async () => {
      await router.replace({ query: queryOf(next) })
      if (wanted === next) wanted = null
    }
    if (isTyping) timer = setTimeout(() => void go(), PAUSE)
    else void go()
  }
  onScopeDispose(() => clearTimeout(timer))

  /** Shows other versions of what was found. */
  function patch(changed: ReadonlyMap<number, Event>): void {
    events.value = events.value.map((event) => changed.get(event.id) ?? event)
  }

  const shown = computed(() => events.value.filter((event) => isOfState(event, filter.value.state)))
  const groups = computed(() =>
    linesOf(shown.value, words.value, {
      zone: zone(hub.hub?.zone ?? 'UTC'),
      dayStartMinutes: hub.hub?.dayStartMinutes ?? 0,
    }),
  )

  return {
    filter,
    words,
    events,
    shown,
    groups,
    next,
    state,
    failure,
    isLoadingMore,
    search,
    more,
    narrow,
    patch,
  }
}
