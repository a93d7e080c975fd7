import type { HostReport, ToServer } from '../../contract/host.ts'
import type { Clock } from '../../contract/time.ts'
import { compareHeap, type HeapRequest } from './heap-limit.ts'
import type { MemoryLimits } from './memory-limits.ts'
import { totalMb, type Reading } from './memory-policy.ts'
import type { SupervisorState } from './supervisor.ts'
import { readUnitMemory } from './unit-memory.ts'

export type HeapPart = keyof MemoryLimits['heaps']

export type ReporterOptions = {
  limits: MemoryLimits
  /** Heaps that this host bounds besides the server's; `reportedMb` null where nobody can ask V8. */
  heaps: Partial<Record<Exclude<HeapPart, 'server'>, { reportedMb: number | null }>>
  sample: () => readonly Reading[]
  /** The supervisor's. */
  state: () => SupervisorState
  send: (message: ToServer) => void
  electron: string | null
  clock: Clock
  log: (fields: object, message: string) => void
}

export type Reporter = {
  /** For the supervisor's `onChange`. */
  changed: (state: SupervisorState) => void
  /** For the watchdog's `onSample`. */
  sampled: (readings: readonly Reading[]) => void
}

/**
 * Tells the server what only its host knows: what every process holds, the limits, and why earlier servers
 * ended. A heap limit that is not in force goes to the log as well: flags that do not arrive are ignored
 * in silence.
 */
export function createReporter(options: ReporterOptions): Reporter {
  const { limits, clock, log } = options
  const began = performance.now()

  function heaps({ phase, heapLimitMb }: SupervisorState): HostReport['heaps'] {
    const reported: Partial<Record<HeapPart, { reportedMb: number | null }>> = {
      ...options.heaps,
      server: { reportedMb: phase === 'ready' ? heapLimitMb : null },
    }
    return Object.fromEntries(
      Object.entries(reported).map(([part, { reportedMb }]) => [
        part,
        compareHeap(limits.heaps[part as HeapPart], reportedMb),
      ]),
    )
  }

  function report(state: SupervisorState, readings: readonly Reading[]): HostReport {
    const at = clock()
    return {
      at,
      // Counted back: a Pi without its own clock sets it after it has started.
      since: at - Math.round(performance.now() - began),
      electron: options.electron,
      readings: [...readings],
      totalMb: totalMb(readings),
      caps: { ...limits.caps, total: limits.total },
      heaps: heaps(state),
      ends: [...state.ends],
      endCount: state.endCount,
      unit: readUnitMemory(),
    }
  }

  function warn(part: string, request: HeapRequest, reportedMb: number | null): void {
    const { askedMb, isInForce } = compareHeap(request, reportedMb)
    if (isInForce !== false) return
    const isMb = reportedMb === null ? null : Math.round(reportedMb)
    log({ part, wantedMb: askedMb, isMb }, 'The heap limit is not the one that was asked for')
  }

  for (const [part, { reportedMb }] of Object.entries(options.heaps))
    warn(part, limits.heaps[part as HeapPart], reportedMb)

  return {
    changed(state) {
      if (state.phase === 'ready') warn('server', limits.heaps.server, state.heapLimitMb)
      // A new server hears at once what became of the one before, and again when its own limits are known.
      if (state.phase !== 'starting' && state.phase !== 'ready') return
      options.send({ kind: 'host', report: report(state, options.sample()) })
    },
    sampled(readings) {
      options.send({ kind: 'host', report: report(options.state(), readings) })
    },
  }
}
