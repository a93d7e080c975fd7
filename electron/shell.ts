import { ShellProblem, type ShellState } from '../contract/bridge.ts'
import type { Clock } from '../contract/time.ts'
import { DatabaseProblem } from '../db/problem.ts'
import type { Supervisor, SupervisorState } from '../server/host/supervisor.ts'
import type { Log } from './log.ts'
import { SPLASH_URL } from './origins.ts'
import { decideRecovery, type Failures, type RecoveryPolicy } from './recovery.ts'

export type ShellParts = {
  /** Claims the database, copies and migrates it where needed, lets go of it. @throws DatabaseProblem */
  prepare: () => void
  createSupervisor: (onChange: (state: SupervisorState) => void) => Supervisor
  hubPage: (port: number) => string
  /** Loads a page into the window; settles when it is there or has failed (which is told to `pageFailed`). */
  load: (url: string) => Promise<void>
  /** Tells the page. */
  tell: (state: ShellState) => void
  /** Before the first page with data. @throws when the window has too many rights */
  assertSafe: () => void
  clock: Clock
  log: Log
  recovery: RecoveryPolicy
  /** A page that waits for its server says so itself; after this long the splash page does. */
  patienceMs: number
}

export type Shell = {
  state: () => ShellState
  hubPort: () => number | null
  supervisor: Supervisor
  start: () => Promise<void>
  /** After a problem, when a person asks. */
  startAgain: () => void
  pageFailed: (why: string) => void
  /** The page anew, in a process of its own. */
  refreshPage: (why: string) => void
  stop: () => Promise<void>
}

/** What is in the window and why: the splash page until the hub is ready, then the hub's, and back when it is gone. */
export function createShell(parts: ShellParts): Shell {
  const { log, clock } = parts
  let state: ShellState = { step: 'database' }
  let showing: 'splash' | 'hub' = 'splash'
  let hubUrl: string | null = null
  let port: number | null = null
  let failures: Failures | null = null
  let stopping = false
  let impatient: NodeJS.Timeout | undefined
  let retry: NodeJS.Timeout | undefined

  function enter(next: ShellState): void {
    state = next
    parts.tell(next)
  }

  async function show(what: 'splash' | 'hub'): Promise<void> {
    clearTimeout(retry)
    showing = what
    await parts.load(what === 'hub' && hubUrl !== null ? hubUrl : SPLASH_URL)
  }

  function problem(code: ShellProblem, detail: string): void {
    log({ problem: code, detail }, 'A person is needed')
    enter({ step: 'problem', problem: code, detail })
    if (showing !== 'splash') void show('splash')
  }

  /** @returns whether the database is ready to be served */
  function prepare(): boolean {
    try {
      parts.prepare()
      return true
    } catch (error) {
      if (error instanceof DatabaseProblem) problem(error.code, error.message)
      else problem('unexpected', error instanceof Error ? error.message : String(error))
      return false
    }
  }

  async function begin(): Promise<void> {
    enter({ step: 'database' })
    // Copying and migrating hold this thread: the page has to hear of it before.
    await new Promise((resolve) => setTimeout(resolve, 50))
    if (stopping || !prepare()) return
    enter({ step: 'starting' })
    supervisor.start()
  }

  function changed(now: SupervisorState): void {
    if (stopping) return
    if (now.phase === 'ready' && now.port !== null) ready(now.port)
    else if (now.phase === 'failed') {
      clearTimeout(impatient)
      const reason = now.ends.at(-1)?.reason ?? ''
      problem(ShellProblem.catch('server').parse(now.problem), reason)
    } else if (now.phase === 'waiting' || now.phase === 'draining' || now.phase === 'starting') {
      unready(now.ends.at(-1)?.reason)
    }
  }

  function ready(at: number): void {
    clearTimeout(impatient)
    impatient = undefined
    port = at
    const url = parts.hubPage(at)
    const isThere = showing === 'hub' && hubUrl === url
    hubUrl = url
    enter({ step: 'ready' })
    // A page that is there has lost nothing that a person was typing: it finds the server again by itself.
    if (isThere) return
    try {
      parts.assertSafe()
    } catch (error) {
      return problem('unexpected', String(error))
    }
    void show('hub')
  }

  function unready(reason: string | undefined): void {
    enter(reason === undefined ? { step: 'starting' } : { step: 'restarting', reason })
    if (showing === 'splash' || impatient !== undefined) return
    impatient = setTimeout(() => {
      impatient = undefined
      void show('splash')
    }, parts.patienceMs)
  }

  function pageFailed(why: string): void {
    if (stopping) return
    const lost = showing
    const decided = decideRecovery(parts.recovery, failures, lost, clock())
    failures = decided.failures
    log({ why, lost, failures: failures.count }, 'The page was lost')
    if (decided.recovery.kind === 'problem') return problem('page', why)
    // Instead of an empty window; the hub's page follows, at the latest when the server is ready.
    if (lost === 'hub') void show('splash')
    if (lost === 'hub' && state.step !== 'ready') return
    retry = setTimeout(() => void show(lost), decided.recovery.delayMs)
  }

  const supervisor = parts.createSupervisor(changed)

  return {
    state: () => state,
    hubPort: () => port,
    supervisor,
    async start() {
      await show('splash')
      await begin()
    },
    startAgain() {
      if (state.step !== 'problem' || stopping) return
      log({ problem: state.problem }, 'Starting again, as asked')
      failures = null
      if (supervisor.state().phase === 'ready') ready(supervisor.state().port ?? 0)
      else void begin()
    },
    pageFailed,
    refreshPage(why) {
      if (stopping || showing !== 'hub' || state.step !== 'ready') return
      log({ why }, 'Loading the page anew')
      // By way of another origin: the same one would keep its process, and with it the memory.
      void show('splash').then(() => (state.step === 'ready' && !stopping ? show('hub') : undefined))
    },
    async stop() {
      stopping = true
      clearTimeout(impatient)
      clearTimeout(retry)
      enter({ step: 'closing' })
      await supervisor.stop()
    },
  }
}
