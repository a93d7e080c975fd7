import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { BatchResult, Event } from '../../contract/events.ts'
import type { Day } from '../../contract/time.ts'
import { type ApiError, asApiError, ask } from '../api.ts'

/** What a change did, with all that is needed to take it back. */
export type Done = { batches: number[]; changed: number; unchanged: number; before: Map<number, Event> }

/** As many ids as the hub takes at once. */
const BATCH = 1000

/** The events of one day of one person. Changes show at once and go back when the hub refuses them. */
export const useDay = defineStore('day', () => {
  const state = ref<'idle' | 'loading' | 'ready' | 'failed'>('idle')
  const failure = shallowRef<ApiError | null>(null)
  const day = ref<Day | null>(null)
  const user = ref<string | null>(null)
  const events = shallowRef<readonly Event[]>([])
  const isTruncated = ref(false)
  const isChanging = computed(() => pending.value > 0)
  const pending = ref(0)
  /** counts loads and changes, so that an answer asked for before a change does not undo its effect */
  let epoch = 0
  let stale = false

  async function load(nextDay: Day, nextUser: string | null): Promise<void> {
    if (nextDay !== day.value || nextUser !== user.value) {
      day.value = nextDay
      user.value = nextUser
      events.value = []
      state.value = 'loading'
    }
    await refresh()
  }

  async function refresh(): Promise<void> {
    const asked = day.value
    if (asked === null) return
    if (pending.value > 0) {
      stale = true
      return
    }
    const mine = ++epoch
    if (state.value !== 'ready') state.value = 'loading'
    try {
      const answer = await ask(
        'days.get',
        user.value === null ? { day: asked } : { day: asked, user: user.value },
      )
      if (mine !== epoch) return
      events.value = answer.events
      isTruncated.value = answer.truncated
      state.value = 'ready'
      failure.value = null
    } catch (error) {
      if (mine !== epoch) return
      failure.value = asApiError(error)
      if (state.value !== 'ready') state.value = 'failed'
    }
  }

  function replace(next: ReadonlyMap<number, Event>, onlyIf?: ReadonlyMap<number, Event>): void {
    events.value = events.value.map((event) =>
      onlyIf && onlyIf.get(event.id) !== event ? event : (next.get(event.id) ?? event),
    )
  }

  /** Runs `send` while the page already shows its effect; what is stale afterwards is loaded again. */
  async function optimistically<T>(
    after: ReadonlyMap<number, Event>,
    before: ReadonlyMap<number, Event>,
    send: () => Promise<T>,
  ): Promise<T> {
    epoch++
    pending.value++
    replace(after)
    try {
      return await send()
    } catch (error) {
      replace(before, after)
      stale = true
      throw error
    } finally {
      pending.value--
      if (stale && pending.value === 0) {
        stale = false
        void refresh()
      }
    }
  }

  async function change(
    ids: readonly number[],
    apply: (event: Event) => Event,
    send: (ids: number[]) => Promise<BatchResult>,
  ): Promise<Done> {
    const wanted = new Set(ids)
    const touched = events.value.filter((event) => wanted.has(event.id))
    const before = new Map(touched.map((event) => [event.id, event]))
    const after = new Map(touched.map((event) => [event.id, apply(event)]))
    return optimistically(after, before, async () => {
      const done: Done = { batches: [], changed: 0, unchanged: 0, before }
      try {
        for (let from = 0; from < ids.length; from += BATCH) {
          const result = await send(ids.slice(from, from + BATCH))
          if (result.batch !== null) done.batches.push(result.batch)
          done.changed += result.changed.length
          done.unchanged += result.unchanged.length
        }
      } catch (error) {
        // All or nothing, as the person meant it.
        for (const id of done.batches) await ask('batches.undo', { id: String(id) }).catch(() => undefined)
        throw error
      }
      // Somebody else was faster with some of them: show theirs.
      if (done.unchanged > 0) stale = true
      return done
    })
  }

  async function undo(done: Done): Promise<void> {
    const current = events.value.filter((event) => done.before.has(event.id))
    await optimistically(done.before, new Map(current.map((event) => [event.id, event])), async () => {
      for (const id of done.batches.toReversed()) {
        const { left } = await ask('batches.undo', { id: String(id) })
        if (left.length > 0) stale = true
      }
    })
  }

  return { state, failure, day, user, events, isTruncated, isChanging, load, refresh, change, undo }
})
