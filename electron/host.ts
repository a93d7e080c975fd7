import { systemClock } from '../contract/time.ts'
import type { StartChild } from '../server/host/child.ts'
import { healthRequest } from '../server/host/health-request.ts'
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
    onChange,
    restarts: RESTARTS,
    limitsMs: { ready: 30_000, ping: 5000, health: 15_000, drain: 8000 },
    misses: 3,
  })
}
