import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { User } from '../../contract/events.ts'
import { type ApiError, asApiError, ask } from '../api.ts'
import { useMe } from './me.ts'

export const usePeople = defineStore('people', () => {
  const state = ref<'idle' | 'loading' | 'ready' | 'failed'>('idle')
  const failure = shallowRef<ApiError | null>(null)
  const all = shallowRef<User[]>([])
  /** Without the entry of no handle, which stands for the events that name nobody. */
  const people = computed(() => all.value.filter(({ handle }) => handle !== ''))
  const byHandle = computed(() => new Map(all.value.map((person) => [person.handle, person])))

  /** Who was active last: the best guess for a browser that remembers nobody. */
  const latest = computed(() =>
    people.value.reduce<User | null>(
      (best, one) => (best === null || (one.lastEvent ?? '') > (best.lastEvent ?? '') ? one : best),
      null,
    ),
  )

  async function load(): Promise<void> {
    if (state.value !== 'ready') state.value = 'loading'
    try {
      all.value = (await ask('users.list')).items
      state.value = 'ready'
      failure.value = null
    } catch (error) {
      failure.value = asApiError(error)
      if (state.value !== 'ready') state.value = 'failed'
    }
  }

  /** Everybody who is active, for admins, who make rules and exports for others; for others themselves. */
  const me = useMe()
  const colleagues = shallowRef<{ handle: string; name: string }[]>([])

  async function loadColleagues(): Promise<void> {
    if (me.me === null) await me.load()
    const everybody = me.isAdmin ? await ask('people.list').catch(() => null) : null
    colleagues.value = everybody ? everybody.items.filter(({ active }) => active) : people.value
  }

  return { state, failure, all, people, byHandle, latest, load, colleagues, loadColleagues }
})
