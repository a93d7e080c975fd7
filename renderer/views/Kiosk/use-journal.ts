import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import { ask } from '../../api.ts'
import { recall, remember } from '../../storage.ts'
import { createJournal } from './journal.ts'
import { type Entry, readEntries, refused, waiting } from './journal-entries.ts'

const PLACE = 'kiosk.punches'

/** The journal of this screen, delivered from when the page opens. */
export function useJournal() {
  const entries = shallowRef<readonly Entry[]>([])
  const isSafe = ref(true)
  const timers = new Set<ReturnType<typeof setTimeout>>()

  const journal = createJournal({
    read: () => readEntries(recall(PLACE)),
    write: (all) => remember(PLACE, all),
    send: (request) => ask('kiosk.punch', request),
    later(work, ms) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        work()
      }, ms)
      timers.add(timer)
    },
    changed(all, safe) {
      entries.value = all
      isSafe.value = safe
    },
  })
  void journal.deliver()
  onBeforeUnmount(() => timers.forEach(clearTimeout))

  return {
    ...journal,
    isSafe,
    waiting: computed(() => waiting(entries.value)),
    refused: computed(() => refused(entries.value)),
  }
}

export type Journal = ReturnType<typeof useJournal>
