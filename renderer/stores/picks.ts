import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { ask } from '../api.ts'
import { type Pick, type Slot, isSlots, pickKey, quickPicks, seedSlots, takeSlot } from '../picker/picks.ts'
import { recall, remember } from '../storage.ts'

/** The targets this browser uses: starred ones and the nine of the number keys. */
export const usePicks = defineStore('picks', () => {
  const slots = shallowRef<readonly Slot[]>(readSlots('recents'))
  const starred = shallowRef<readonly Slot[]>(readSlots('stars'))
  const quick = computed(() => quickPicks(starred.value, slots.value))

  function readSlots(key: string): Slot[] {
    const kept = recall(key)
    return isSlots(kept) ? kept : []
  }

  function used(pick: Pick): void {
    slots.value = takeSlot(slots.value, pick)
    remember('recents', slots.value)
  }

  function toggleStar(pick: Pick): void {
    const key = pickKey(pick)
    const isStarred = starred.value.some((one) => pickKey(one) === key)
    starred.value = isStarred
      ? starred.value.filter((one) => pickKey(one) !== key)
      : [...starred.value, { projectId: pick.projectId, milestoneId: pick.milestoneId, used: 0 }]
    remember('stars', starred.value)
  }

  /** A new browser starts with what the hub was told last. */
  async function seed(): Promise<void> {
    if (slots.value.length > 0) return
    const answer = await ask('batches.list', { limit: '100' }).catch(() => null)
    if (answer !== null && slots.value.length === 0) slots.value = seedSlots(answer.items)
  }

  return { slots, starred, quick, used, toggleStar, seed }
})
