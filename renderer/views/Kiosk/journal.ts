import type { Punch, PunchKind } from '../../../contract/attendance.ts'
import type { Request } from '../../../contract/calls.ts'
import { asApiError } from '../../api.ts'
import { type Entry, accept, add, refuse, seen, verdictOn, waiting } from './journal-entries.ts'

export type Outcome = { is: 'stored'; punch: Punch } | { is: 'refused'; message: string }
export type Pressed = {
  key: string
  kind: PunchKind
  at: string
  ticket: string
  handle: string
  name: string
}

type Needs = {
  read: () => Entry[]
  /** @returns whether it is kept */
  write: (entries: readonly Entry[]) => boolean
  send: (request: Request<'kiosk.punch'>) => Promise<Punch>
  later: (work: () => void, ms: number) => void
  /** Something changed. `isSafe`: what waits outlives this page. */
  changed: (entries: readonly Entry[], isSafe: boolean) => void
}

const FIRST_PAUSE = 2_000
const LONGEST_PAUSE = 60_000

/**
 * Punches on their way to the hub. Each is kept before it is sent, and until the hub says that it has it: however the
 * page, the hub or the power ends meanwhile, it is sent again, under its key, and stored once. What the hub does not accept
 * stays until somebody has seen that.
 */
export function createJournal({ read, write, send, later, changed }: Needs) {
  let entries = read()
  let isSafe = true
  let pause = FIRST_PAUSE
  let isSending = false
  let isWaiting = false
  /** pressed while others were being sent */
  let hasMore = false
  /** Those that are sent at once, so that the hub's own clock can say when. */
  const fresh = new Set<string>()
  const pressers = new Map<string, (outcome: Outcome) => void>()

  function change(to: readonly Entry[]) {
    entries = [...to]
    isSafe = write(entries)
    changed(entries, isSafe)
  }

  /** Resolves when the hub has said yes or no, which may take as long as the hub is away. */
  function press(pressed: Pressed): Promise<Outcome> {
    if (waiting(entries).length === 0) fresh.add(pressed.key)
    change(add(entries, { ...pressed, reason: null }))
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    pressers.set(pressed.key, resolve)
    void deliver()
    return promise
  }

  /** Sends what waits, oldest first. @returns when nothing more can be done now */
  async function deliver(): Promise<void> {
    if (isSending) {
      hasMore = true
      return
    }
    isSending = true
    do {
      hasMore = false
      await sendAll()
    } while (hasMore)
    isSending = false
    if (waiting(entries).length === 0) pause = FIRST_PAUSE
    else wait()
  }

  async function sendAll(): Promise<void> {
    /** whose punches cannot be sent now, so later ones of theirs must not overtake them */
    const held = new Set<string>()
    for (const entry of waiting(entries)) {
      if (held.has(entry.handle)) continue
      const verdict = await sendOne(entry)
      if (verdict === 'all later') return
      if (verdict === 'later') held.add(entry.handle)
    }
  }

  async function sendOne(entry: Entry) {
    const { key, kind, at, ticket } = entry
    const isFresh = fresh.delete(key)
    try {
      const punch = await send(isFresh ? { key, kind, ticket } : { key, kind, ticket, at })
      change(accept(entries, key))
      answer(key, { is: 'stored', punch })
      return 'stored'
    } catch (error) {
      const refusal = asApiError(error)
      const verdict = verdictOn(refusal)
      if (verdict === 'refused') {
        change(refuse(entries, key, refusal.message))
        answer(key, { is: 'refused', message: refusal.message })
      }
      return verdict
    }
  }

  function answer(key: string, outcome: Outcome) {
    pressers.get(key)?.(outcome)
    pressers.delete(key)
  }

  function wait() {
    if (isWaiting) return
    isWaiting = true
    later(() => {
      isWaiting = false
      void deliver()
    }, pause)
    pause = Math.min(pause * 2, LONGEST_PAUSE)
  }

  /** The hub is there again. */
  function hurry() {
    pause = FIRST_PAUSE
    if (waiting(entries).length > 0) void deliver()
  }

  const forget = (keys: readonly string[]) => change(seen(entries, keys))

  changed(entries, isSafe)
  return { press, deliver, hurry, forget }
}
