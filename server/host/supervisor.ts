import type { FromServer, ToServer } from '../../contract/host.ts'
import type { Clock, Instant } from '../../contract/time.ts'
import type { Child, ChildExit, StartChild } from './child.ts'
import { exitWords } from './exit-words.ts'
import { restartDelay, type RestartPolicy } from './restarts.ts'

export type Phase = 'starting' | 'ready' | 'waiting' | 'draining' | 'failed' | 'stopped'

export type SupervisorState = {
  phase: Phase
  port: number | null
  pid: number | null
  /** Why the server ended, newest last, at most the last 50. */
  ends: readonly { at: Instant; reason: string }[]
  /** All of them. */
  endCount: number
  /** What the first admin has to type; null once there is one. */
  setupCode: string | null
  /** Heap limit the server reports, MB. */
  heapLimitMb: number | null
  /** Code of what the last server ended with, when it named one. */
  problem: string | null
}

export type SupervisorOptions = {
  start: StartChild
  /** Whether the hub answers on this port over HTTP: a message alone does not prove that accepting works. */
  health: (port: number) => Promise<boolean>
  clock: Clock
  log: (fields: object, message: string) => void
  onChange: (state: SupervisorState) => void
  restarts: RestartPolicy
  limitsMs: { ready: number; ping: number; health: number; drain: number }
  /** Pings or health requests in a row that may stay unanswered. */
  misses: number
}

/** Codes with which the server says that starting it again would not help (server/main.ts). */
const FINAL_CODES = [2, 3]
const REMEMBERED_ENDS = 50

export type Supervisor = {
  state: () => SupervisorState
  start: () => void
  /** To the server that runs; nobody else hears it. */
  send: (message: ToServer) => void
  /** Drains the server and starts a new one; counts as no failure. */
  restart: (reason: string) => Promise<void>
  /** Ends the server at once, which counts as a failure (hung, over its memory). */
  kill: (reason: string) => void
  /** Drains the server for good. */
  stop: () => Promise<void>
}

/** Keeps one server process running. The one implementation for Electron and for headless use. */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { restarts, limitsMs, clock, log } = options
  const ends: { at: Instant; reason: string }[] = []
  let endCount = 0
  let phase: Phase = 'stopped'
  let child: Child | undefined
  let port: number | null = null
  let heapLimitMb: number | null = null
  let setupCode: string | null = null
  let failures = 0
  /** Said by us or by the server before it ends; otherwise the exit code has to do. */
  let reason: string | undefined
  let problem: string | null = null
  let final = false
  let afterDrain: 'stop' | 'start' = 'stop'
  let timers: NodeJS.Timeout[] = []
  const waiters: (() => void)[] = []

  const state = (): SupervisorState => ({
    phase,
    port,
    pid: child?.pid ?? null,
    ends: [...ends],
    endCount,
    heapLimitMb,
    setupCode,
    problem,
  })

  function enter(next: Phase): void {
    phase = next
    options.onChange(state())
    if (next === 'stopped' || next === 'failed' || next === 'ready') {
      for (const resolve of waiters.splice(0)) resolve()
    }
  }

  function clearTimers(): void {
    for (const timer of timers) clearTimeout(timer)
    timers = []
  }

  function later(ms: number, action: () => void): void {
    timers.push(setTimeout(action, ms))
  }

  function begin(): void {
    clearTimers()
    reason = undefined
    problem = null
    final = false
    port = null
    // Messages and the end of an earlier child must not be taken for this one's.
    let own: Child | undefined = undefined
    own = options.start({
      onMessage: (message) => child === own && receive(message),
      onExit: (exit) => child === own && ended(exit),
    })
    child = own
    enter('starting')
    later(limitsMs.ready, () => kill(`not ready within ${limitsMs.ready / 1000} s`))
  }

  function receive(message: FromServer): void {
    if (message.kind === 'ready') {
      // It was asked to end while it was starting, and does as soon as it can.
      if (phase === 'draining') return
      clearTimers()
      port = message.port
      heapLimitMb = message.heapLimitMb
      setupCode = message.setupCode
      enter('ready')
      later(restarts.healthyMs, () => (failures = 0))
      watch(limitsMs.ping, ping, 'no answer to messages')
      watch(limitsMs.health, () => options.health(message.port), 'no answer over HTTP')
    } else if (message.kind === 'failed') {
      reason = message.message
      final = message.final
      problem = message.problem ?? null
    } else pongs.get(message.n)?.()
  }

  const pongs = new Map<number, () => void>()
  let pings = 0

  function ping(): Promise<boolean> {
    const n = ++pings
    return new Promise((resolve) => {
      const late = setTimeout(() => settle(false), limitsMs.ping)
      const settle = (ok: boolean) => {
        clearTimeout(late)
        pongs.delete(n)
        resolve(ok)
      }
      pongs.set(n, () => settle(true))
      child?.send({ kind: 'ping', n })
    })
  }

  /** Asks again and again while this child is ready; too many misses in a row mean that it hangs. */
  function watch(everyMs: number, ask: () => Promise<boolean>, complaint: string): void {
    const watched = child
    let missed = 0
    const round = async () => {
      const ok = await ask()
      if (child !== watched || phase !== 'ready') return
      missed = ok ? 0 : missed + 1
      if (missed >= options.misses) kill(complaint)
      else later(everyMs, () => void round())
    }
    later(everyMs, () => void round())
  }

  function ended(exit: ChildExit): void {
    clearTimers()
    child = undefined
    const wasDraining = phase === 'draining'
    if (wasDraining && afterDrain === 'stop') return enter('stopped')
    const why = reason ?? exitWords(exit)
    ends.push({ at: clock(), reason: why })
    endCount++
    if (ends.length > REMEMBERED_ENDS) ends.shift()
    log({ reason: why, code: exit.code, signal: exit.signal }, 'Server ended')
    if (wasDraining) return begin()
    if (final || FINAL_CODES.includes(exit.code ?? -1)) return enter('failed')
    failures++
    const delay = restartDelay(restarts, failures)
    if (delay === null) return enter('failed')
    enter('waiting')
    later(delay, begin)
  }

  function kill(why: string): void {
    reason = why
    child?.kill('SIGKILL')
  }

  function drain(why: string, then: 'stop' | 'start'): Promise<void> {
    // Whoever wants it to end for good is not overruled by somebody who wants a new one.
    if (phase !== 'draining' || afterDrain === 'start') afterDrain = then
    if (!child) {
      clearTimers()
      if (then === 'start') begin()
      else enter('stopped')
      return Promise.resolve()
    }
    if (phase !== 'draining') {
      clearTimers()
      reason = why
      enter('draining')
      child.send({ kind: 'drain', reason: why })
      later(limitsMs.drain, () => child?.kill('SIGTERM'))
      later(limitsMs.drain + 2000, () => child?.kill('SIGKILL'))
    }
    return new Promise((resolve) => waiters.push(resolve))
  }

  return {
    state,
    start() {
      failures = 0
      if (!child) begin()
    },
    send: (message) => child?.send(message),
    restart: (why) => drain(why, 'start'),
    kill,
    stop: () => drain('stopped', 'stop'),
  }
}
