import { join } from 'node:path'
import type { ToServer } from '../../contract/host.ts'
import { systemClock } from '../../contract/time.ts'
import { forkChild } from '../host/fork-child.ts'
import { healthRequest } from '../host/health-request.ts'
import type { HeapRequest } from '../host/heap-limit.ts'
import { RESTARTS, type RestartPolicy } from '../host/restarts.ts'
import { createSupervisor, type Phase, type Supervisor, type SupervisorState } from '../host/supervisor.ts'
import type { Hogging } from './hog.ts'

/** The server's sources, compiled once for all that tests start. */
export const SERVER = join(import.meta.dirname, '../main.ts')
export const COMPILED = {
  NODE_COMPILE_CACHE: join(import.meta.dirname, '../../node_modules/.cache/timetrack/compiled'),
}

export type Wishes = {
  port?: number
  restarts?: Partial<RestartPolicy>
  heap?: HeapRequest
  /** It can be made to run out of memory. */
  hogging?: boolean
  pingMs?: number
}

export type Supervised = {
  supervisor: Supervisor
  /** Resolves with the first state that is as wanted, be it the one of now. */
  until: (wanted: (state: SupervisorState) => boolean) => Promise<SupervisorState>
  phases: Phase[]
  /** Exit codes and signals, in order. */
  exits: { code: number | null; signal: string | null }[]
  complaints: () => string
  /** Makes a server that was started with `hogging` take memory. */
  hog: (how: Hogging) => void
}

function preload(file: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const options = env['NODE_OPTIONS'] ?? ''
  return { NODE_OPTIONS: `${options} --import=${new URL(file, import.meta.url).href}`.trim() }
}

/** A supervisor over the real server in real processes, not started; restarts do not keep a test waiting. */
export function supervise(data: string, env: NodeJS.ProcessEnv, wishes: Wishes = {}): Supervised {
  const { port = 0, restarts, heap = { heapMb: 128, semiSpaceMb: 4 }, pingMs = 200 } = wishes
  const listeners = new Set<(state: SupervisorState) => void>()
  const phases: Phase[] = []
  const exits: Supervised['exits'] = []
  let complaints = ''
  const supervisor = createSupervisor({
    start: forkChild({
      entry: SERVER,
      args: ['--port', String(port), '--data', data],
      env: { ...env, ...COMPILED, ...(wishes.hogging ? preload('./hog.ts', env) : {}) },
      complaints: (text) => (complaints += text.toString()),
      ...heap,
    }),
    health: healthRequest(1000),
    clock: systemClock,
    log: (fields) => exits.push(fields as Supervised['exits'][number]),
    onChange(state) {
      phases.push(state.phase)
      for (const listener of listeners) listener(state)
    },
    restarts: { ...RESTARTS, firstDelayMs: 10, longestDelayMs: 20, ...restarts },
    limitsMs: { ready: 15_000, ping: pingMs, health: 500, drain: 8000 },
    misses: 3,
  })
  const until: Supervised['until'] = (wanted) =>
    new Promise((resolve) => {
      const look = (state: SupervisorState) => {
        if (!wanted(state)) return
        listeners.delete(look)
        resolve(state)
      }
      listeners.add(look)
      look(supervisor.state())
    })
  // Sent as it is: the product's own messages have no such kind.
  const hog = (how: Hogging) => supervisor.send(how as unknown as ToServer)
  return { supervisor, until, phases, exits, complaints: () => complaints, hog }
}

/** `process.kill`, which takes 0 for the whole group of the test itself. */
export function signal(pid: number | null, name: 'SIGKILL' | 'SIGSTOP'): void {
  if (pid === null) throw new Error('no server runs')
  process.kill(pid, name)
}
