import path from 'node:path'
import { systemClock } from '../contract/time.ts'
import { forkChild } from '../server/host/fork-child.ts'
import { healthRequest } from '../server/host/health-request.ts'
import { MEMORY } from '../server/host/memory-limits.ts'
import { watchMemory } from '../server/host/memory-watchdog.ts'
import { readProcessMemory } from '../server/host/process-memory.ts'
import { RESTARTS } from '../server/host/restarts.ts'
import { createSupervisor, type SupervisorState } from '../server/host/supervisor.ts'
import type { Options } from './options.ts'

const root = path.resolve(import.meta.dirname, '..')

/** Runs the hub without a window until it is told to end; resolves with the exit code. */
export function runHeadless(
  { port, host, data }: Options,
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<number> {
  return new Promise((resolve) => {
    const supervisor = createSupervisor({
      start: forkChild({
        entry: path.join(root, 'server/main.ts'),
        args: ['--port', String(port), '--host', host, '--data', data],
        env: { ...env, NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/timetrack/compiled') },
        ...MEMORY.heaps.server,
      }),
      health: healthRequest(5000),
      clock: systemClock,
      log: () => undefined,
      onChange: (state) => told(state, resolve, log),
      restarts: RESTARTS,
      limitsMs: { ready: 30_000, ping: 5000, health: 15_000, drain: 10_000 },
      misses: 3,
    })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => void supervisor.stop())
    }
    watchMemory({
      limits: MEMORY,
      sample() {
        const { pid } = supervisor.state()
        return pid === null ? [] : [{ pid, part: 'server', ...readProcessMemory(pid) }]
      },
      // Nobody sits at a kiosk of this process.
      quietForMs: () => Infinity,
      replace: (_part, reason) => void supervisor.restart(reason),
      kill: (_part, reason) => supervisor.kill(reason),
      clock: systemClock,
      log: (_fields, message) => log(message),
    })
    supervisor.start()
  })
}

function told(
  { phase, port, ends }: SupervisorState,
  end: (code: number) => void,
  log: (line: string) => void,
) {
  if (phase === 'ready')
    log(`TimeTrack is at http://127.0.0.1:${port}/app/day and the kiosk at http://127.0.0.1:${port}/kiosk`)
  const reason = ends.at(-1)?.reason ?? 'unknown reason'
  if (phase === 'waiting') log(`The hub ended: ${reason}. Starting it again ...`)
  if (phase === 'stopped') end(0)
  if (phase === 'failed') {
    log(reason)
    end(1)
  }
}
