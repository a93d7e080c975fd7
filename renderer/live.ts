import { onScopeDispose, readonly, ref } from 'vue'
import type { LiveChange, Table } from '../contract/hub.ts'
import { addressOf } from './api.ts'

/** What the hub says by itself: which tables changed. One connection a page, shared by all views. */
export type LiveState = 'connecting' | 'live' | 'offline'

const RETRY = 5_000
const EVERYTHING: Table[] = [
  'users',
  'projects',
  'milestones',
  'events',
  'sessions',
  'assignments',
  'assignment_rules',
  'batches',
  'settings',
  'punches',
  'corrections',
]

const current = ref<LiveState>('connecting')
const listeners = new Set<(tables: readonly Table[]) => void>()
let source: EventSource | null = null
let missedSome = false
let again: ReturnType<typeof setTimeout> | undefined
/** What changed before any view listened: the first ones were given answers that may be older. */
const unheard = new Set<Table>()

export const liveState = readonly(current)

export function startLive(): void {
  if (source !== null) return
  const opened = new EventSource(addressOf('hub.live'))
  source = opened
  opened.addEventListener('open', () => {
    current.value = 'live'
    // What changed while nobody listened is unknown, so everything may have.
    if (missedSome) tell(EVERYTHING)
    missedSome = false
  })
  opened.addEventListener('change', (event: MessageEvent<string>) => {
    tell((JSON.parse(event.data) as LiveChange).tables)
  })
  opened.addEventListener('error', () => {
    current.value = 'offline'
    missedSome = true
    // EventSource reconnects by itself unless it was answered with an error.
    if (opened.readyState === EventSource.CLOSED && source === opened) again = setTimeout(restart, RETRY)
  })
}

/** Ends it, where nobody is logged in: the hub tells strangers nothing. */
export function stopLive(): void {
  clearTimeout(again)
  source?.close()
  source = null
}

function restart() {
  source?.close()
  source = null
  startLive()
}

function tell(tables: readonly Table[]) {
  if (listeners.size === 0) for (const table of tables) unheard.add(table)
  for (const listener of listeners) listener(tables)
}

/** Calls back, at most once in `pause` ms, after one of the tables changed; ends with the component. */
export function onLiveChange(tables: readonly Table[], react: () => void, pause = 250): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const listener = (changed: readonly Table[]) => {
    if (timer !== undefined || !changed.some((table) => tables.includes(table))) return
    timer = setTimeout(() => {
      timer = undefined
      react()
    }, pause)
  }
  listeners.add(listener)
  if (unheard.size > 0) {
    listener([...unheard])
    // All views that are there by then have been told.
    setTimeout(() => unheard.clear())
  }
  onScopeDispose(() => {
    listeners.delete(listener)
    clearTimeout(timer)
  })
}
