import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Done } from './day.ts'

export type Entry = { done: Done; text: string }

const KEPT = 50

/** What was done on this page, the latest last: only one's own actions are taken back with one key. */
export const useHistory = defineStore('history', () => {
  const entries = shallowRef<readonly Entry[]>([])
  const latest = computed(() => entries.value.at(-1) ?? null)

  function add(entry: Entry): void {
    entries.value = [...entries.value, entry].slice(-KEPT)
  }

  function drop(entry: Entry): void {
    entries.value = entries.value.filter((one) => one !== entry)
  }

  /** A batch was taken back by itself: what is left of its action can still be. */
  function forget(batch: number): void {
    entries.value = entries.value.flatMap((entry) => {
      if (!entry.done.batches.includes(batch)) return entry
      const batches = entry.done.batches.filter((id) => id !== batch)
      return batches.length > 0 ? { ...entry, done: { ...entry.done, batches, before: new Map() } } : []
    })
  }

  return { entries, latest, add, drop, forget }
})
