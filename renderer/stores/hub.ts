import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { type Day, dayOf, parseInstant, systemClock, zone } from '../../contract/time.ts'
import { type ApiError, asApiError, ask } from '../api.ts'
import { remember } from '../storage.ts'
import type { Answer } from '../../contract/calls.ts'

/** How far the hub's days are from those of UTC, in milliseconds. */
function shiftOf({ now, dayStartMinutes }: Answer<'hub.get'>): number {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(now) ?? []
  const offset = Number(`${sign ?? ''}1`) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0))
  return (offset - dayStartMinutes) * 60_000
}

/** The hub's own clock and zone: they, not the browser's, say what day it is. */
export const useHub = defineStore('hub', () => {
  const hub = shallowRef<Answer<'hub.get'> | null>(null)
  const failure = shallowRef<ApiError | null>(null)
  /** how far the hub's clock is ahead of this device's */
  const skew = shallowRef(0)

  let asking: Promise<void> | null = null

  /** Who asks while somebody else has asked gets the same answer. */
  function load(): Promise<void> {
    asking ??= refresh().finally(() => (asking = null))
    return asking
  }

  async function refresh(): Promise<void> {
    try {
      const answer = await ask('hub.get')
      const now = parseInstant(answer.now, zone('UTC'))
      if (now !== null) skew.value = now - systemClock()
      hub.value = answer
      remember('dayShift', shiftOf(answer))
      failure.value = null
    } catch (error) {
      failure.value = asApiError(error)
    }
  }

  const now = () => systemClock() + skew.value

  /** The hub's day at `now()`, also after a night without a new answer. */
  function currentDay(): Day | null {
    const known = hub.value
    return known && dayOf(now(), zone(known.zone), known.dayStartMinutes)
  }

  const today = computed(() => hub.value?.today ?? null)

  return { hub, failure, skew, today, now, currentDay, load }
})
