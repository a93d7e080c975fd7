import { systemClock } from '../contract/time.ts'
import type { StartChild } from '../server/host/child.ts'
import { healthRequest } from '../server/host/health-request.ts'
import { expectedLimitMb, isInForce, type HeapRequest } from '../server/host/heap-limit.ts'
import { MEMORY } from '../server/host/memory-limits.ts'
import { RESTARTS } from '../server/host/restarts.ts'
import { createSupervisor, type Supervisor, type SupervisorState } from '../server/host/supervisor.ts'
import type { Log } from './log.ts'

export type HostParts = { start: StartChild; onChange: (state: SupervisorState) => void; log: Log }

/** The supervisor with the shell's limits: a drain, a SIGTERM and a SIGKILL fit into the time that quitting has. */
export function superviseServer({ start, onChange, log }: HostParts): Supervisor {
  return createSupervisor({
    start,
    health: healthRequest(5000),
    clock: systemClock,
    log,
    onChange(state) {
      if (state.phase === 'ready') compareHeap('server', MEMORY.heaps.server, state.heapLimitMb ?? 0, log)
      onChange(state)
    },
    restarts: RESTARTS,
    limitsMs: { ready: 30_000, ping: 5000, health: 15_000, drain: 8000 },
    misses: 3,
  })
}

/** Says so when a heap limit is not in force: flags that do not arrive are ignored in silence. */
export function compareHeap(part: string, request: HeapRequest, reportedMb: number, log: Log): void {
  if (isInForce(request, reportedMb)) return
  const wantedMb = expectedLimitMb(request)
  log({ part, wantedMb, isMb: Math.round(reportedMb) }, 'The heap limit is not the one that was asked for')
}
