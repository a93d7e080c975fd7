import path from 'node:path'
import { systemClock } from '../contract/time.ts'
import { storedSetting } from '../db/settings.ts'
import { databaseFile } from '../server/host/data-folder.ts'
import { forkChild } from '../server/host/fork-child.ts'
import { healthRequest } from '../server/host/health-request.ts'
import type { HeapRequest } from '../server/host/heap-limit.ts'
import { memoryLimits } from '../server/host/memory-limits.ts'
import type { Reading } from '../server/host/memory-policy.ts'
import { watchMemory } from '../server/host/memory-watchdog.ts'
import { readProcessMemory } from '../server/host/process-memory.ts'
import { createReporter } from '../server/host/reporter.ts'
import { RESTARTS, type RestartPolicy } from '../server/host/restarts.ts'
import { createSupervisor, type SupervisorState } from '../server/host/supervisor.ts'
import type { Options } from './options.ts'

const root = path.resolve(import.meta.dirname, '..')

/** What shows the hub on this machine without Electron: a browser (kiosk.ts). */
export interface Screen {
  /** The hub answers at this port. */
  show: (port: number) => void
  readings: () => Reading[]
  /** Its page is over its memory. */
  replace: (reason: string) => void
  close: () => Promise<void>
}

export interface Extras {
  /** `onClosed`: a person wants everything to end. */
  openScreen?: (onClosed: () => void, heap: HeapRequest) => Screen
  restarts?: RestartPolicy
}

/** Runs the hub without Electron until it is told to end; resolves with the exit code. */
export function runHeadless(
  { port, host, data }: Options,
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
  { openScreen, restarts = RESTARTS }: Extras = {},
): Promise<number> {
  const limits = memoryLimits(storedSetting(databaseFile(data), 'memory'))
  return new Promise((resolve) => {
    const screen = openScreen?.(() => void supervisor.stop(), limits.heaps.renderer)
    const end = async (code: number) => {
      await screen?.close()
      resolve(code)
    }
    const supervisor = createSupervisor({
      start: forkChild({
        entry: path.join(root, 'server/main.ts'),
        args: ['--port', String(port), '--host', host, '--data', data],
        env: { ...env, NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/timetrack/compiled') },
        complaints: (text) => void process.stderr.write(text),
        ...limits.heaps.server,
      }),
      health: healthRequest(5000),
      clock: systemClock,
      log: () => undefined,
      onChange(state) {
        reporter.changed(state)
        told(state, (code) => void end(code), log)
        if (state.phase === 'ready' && state.port !== null) screen?.show(state.port)
      },
      restarts,
      limitsMs: { ready: 30_000, ping: 5000, health: 15_000, drain: 10_000 },
      misses: 3,
    })
    const sample = () => {
      const { pid } = supervisor.state()
      const own = { pid: process.pid, part: 'main' as const, ...readProcessMemory(process.pid) }
      const server = pid === null ? [] : [{ pid, part: 'server' as const, ...readProcessMemory(pid) }]
      return [own, ...server, ...(screen?.readings() ?? [])]
    }
    const reporter = createReporter({
      limits,
      // What npm started is bounded by nobody, and does next to nothing.
      heaps: screen ? { renderer: { reportedMb: null } } : {},
      sample,
      state: supervisor.state,
      send: supervisor.send,
      electron: null,
      clock: systemClock,
      log: (fields, message) => log(`${message}: ${JSON.stringify(fields)}`),
    })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        void screen?.close()
        void supervisor.stop()
      })
    }
    watchMemory({
      limits,
      sample,
      onSample: reporter.sampled,
      // Where nobody sits at a kiosk, every moment is quiet. A browser does not tell when it is touched.
      quietForMs: () => (screen ? 0 : Infinity),
      replace(part, reason) {
        if (part === 'renderer') screen?.replace(reason)
        else void supervisor.restart(reason)
      },
      kill(part, reason) {
        if (part === 'renderer') screen?.replace(reason)
        else supervisor.kill(reason)
      },
      clock: systemClock,
      log: (_fields, message) => log(message),
    })
    supervisor.start()
  })
}

function told(
  { phase, port, ends, setupCode }: SupervisorState,
  end: (code: number) => void,
  log: (line: string) => void,
) {
  if (phase === 'ready') {
    log(`TimeTrack is at http://127.0.0.1:${port}/app/day and the kiosk at http://127.0.0.1:${port}/kiosk`)
    if (setupCode !== null)
      log(`Nobody can log in yet. Open it in a browser and type the set-up code ${setupCode}`)
  }
  const reason = ends.at(-1)?.reason ?? 'unknown reason'
  if (phase === 'waiting') log(`The hub ended: ${reason}. Starting it again ...`)
  if (phase === 'stopped') end(0)
  if (phase === 'failed') {
    log(reason)
    end(1)
  }
}
