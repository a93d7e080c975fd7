import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { BatchResult, Event, Session, Stretch } from '../../contract/events.ts'
import type { Day } from '../../contract/time.ts'
import { type ApiError, asApiError, ask } from '../api.ts'

/** What a change did, with all that is needed to take it back. */
export type Done = { batches: number[]; changed: number; unchanged: number; before: Map<number, Event> }

/** A part of a change: these events, what the page shows at once, and what the hub is asked for. */
export type Step = {
  ids: readonly number[]
  apply: (event: Event) => Event
  send: (ids: number[]) => Promise<BatchResult>
}

type Overtaken = (shown: readonly Event[], answered: readonly Event[]) => void

/** As many ids as the hub takes at once. */
const BATCH = 1000

/** The events of one day of one person. Changes show at once and go back when the hub refuses them. */
export const useDay = defineStore('day', () => {
  const state = ref<'idle' | 'loading' | 'ready' | 'failed'>('idle')
  const failure = shallowRef<ApiError | null>(null)
  const day = ref<Day | null>(null)
  const user = ref<string | null>(null)
  const events = shallowRef<readonly Event[]>([])
  const sessions = shallowRef<readonly Session[]>([])
  /** when the person was there, as far as that was clocked */
  const presence = shallowRef<readonly Stretch[]>([])
  const isTruncated = ref(false)
  const pending = ref(0)
  /** counts loads and changes, so that an answer asked for before a change does not undo its effect */
  let epoch = 0
  let stale = false
  const watchers = new Set<Overtaken>()

  async function load(nextDay: Day, nextUser: string | null): Promise<void> {
    if (nextDay !== day.value || nextUser !== user.value) {
      day.value = nextDay
      user.value = nextUser
      events.value = []
      sessions.value = []
      presence.value = []
      state.value = 'loading'
    }
    await refresh()
  }

  /** `isOwn`: what differs afterwards was done here. */
  async function refresh(isOwn = false): Promise<void> {
    const asked = day.value
    if (asked === null) return
    if (pending.value > 0) {
      stale = true
      return
    }
    const mine = ++epoch
    const isFirst = state.value !== 'ready'
    if (isFirst) state.value = 'loading'
    try {
      const answer = await ask(
        'days.get',
        user.value === null ? { day: asked } : { day: asked, user: user.value },
      )
      if (mine !== epoch) return
      if (!isOwn && !isFirst) for (const watcher of watchers) watcher(events.value, answer.events)
      events.value = answer.events
      sessions.value = answer.sessions
      presence.value = answer.presence
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

  async function change(...steps: Step[]): Promise<Done> {
    const before = new Map<number, Event>()
    const after = new Map<number, Event>()
    const byId = new Map(events.value.map((event) => [event.id, event]))
    for (const { ids, apply } of steps)
      for (const id of ids) {
        const event = byId.get(id)
        if (!event) continue
        before.set(id, event)
        after.set(id, apply(event))
      }
    return optimistically(after, before, async () => {
      const done: Done = { batches: [], changed: 0, unchanged: 0, before }
      try {
        for (const { ids, send } of steps)
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

  /** A change whose effect only the hub knows: the page shows it once it is done. */
  async function reshape(send: () => Promise<{ batch: number | null }>): Promise<Done> {
    epoch++
    pending.value++
    try {
      const { batch } = await send()
      const batches = batch === null ? [] : [batch]
      return { batches, changed: batches.length, unchanged: 0, before: new Map() }
    } finally {
      pending.value--
      if (pending.value === 0) {
        stale = false
        await refresh(true)
      }
    }
  }

  /** Resolves to how many events were changed since and stay as they are. */
  async function undo(done: Pick<Done, 'batches' | 'before'>): Promise<number> {
    const current = events.value.filter((event) => done.before.has(event.id))
    const batchesBack = async () => {
      let kept = 0
      for (const id of done.batches.toReversed()) {
        const { left } = await ask('batches.undo', { id: String(id) })
        kept += left.length
        if (left.length > 0) stale = true
      }
      return kept
    }
    if (done.before.size > 0)
      return optimistically(done.before, new Map(current.map((event) => [event.id, event])), batchesBack)
    let kept = 0
    await reshape(async () => {
      kept = await batchesBack()
      return { batch: null }
    })
    return kept
  }

  /** Calls back before an answer that nobody here caused replaces what is shown; returns how to end that. */
  function whenOvertaken(watcher: Overtaken): () => void {
    watchers.add(watcher)
    return () => watchers.delete(watcher)
  }

  return {
    state,
    failure,
    day,
    user,
    events,
    sessions,
    presence,
    isTruncated,
    load,
    refresh,
    change,
    reshape,
    undo,
    whenOvertaken,
  }
})
