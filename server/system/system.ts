import type { HostReport } from '../../contract/host.ts'
import type { Health } from '../../contract/hub.ts'
import type { System } from '../../contract/system.ts'
import { formatInstant, type Clock, type Instant, type Zone } from '../../contract/time.ts'
import { backupsOf, diskFree, lastMigration } from '../disk.ts'
import { readProcessMemory } from '../host/process-memory.ts'
import type { Requests } from '../http/requests.ts'
import type { Pool } from '../threads/pool.ts'
import { memoryParts } from './memory.ts'

export type SystemSources = {
  /** Looks at the threads and files now. */
  health: () => Promise<Health>
  /** What the host said last. */
  host: () => HostReport | null
  pool: Pick<Pool, 'threads'>
  requests: Requests
  file: string
  slowMs: number
  zone: Zone
  clock: Clock
}

/** What an operator wants to know, in one answer. */
export function systemReport(sources: SystemSources): () => Promise<System> {
  const { health, host, pool, requests, file, slowMs, zone, clock } = sources
  const time = (at: Instant) => formatInstant(at, zone)

  return async () => {
    const state = await health()
    const report = host()
    const now = clock()
    const { since, slow, ...times } = requests.report()
    return {
      now: time(now),
      zone: zone.name,
      versions: {
        app: state.version,
        node: state.node,
        sqlite: state.sqlite,
        schema: state.schema,
        electron: report?.electron ?? null,
      },
      server: {
        startedAt: time(now - state.uptimeSeconds * 1000),
        problem: state.problem,
        threads: pool.threads().map((thread) => ({ ...thread, state: state.threads[thread.name] ?? 'down' })),
      },
      host: report && hostOf(report, time),
      memory: report ? memoryOf(report, time) : ownMemory(time(now)),
      requests: {
        ...times,
        since: time(since),
        slowMs,
        slow: slow.map((request) => ({ ...request, at: time(request.at) })),
      },
      database: databaseOf(file, state, time),
    }
  }
}

type Format = (at: Instant) => string

function hostOf(report: HostReport, time: Format): System['host'] {
  return {
    kind: report.electron === null ? 'headless' : 'electron',
    since: time(report.since),
    restarts: {
      count: report.endCount,
      last: report.ends.toReversed().map(({ at, reason }) => ({ at: time(at), reason })),
    },
    unit: report.unit,
  }
}

function memoryOf(report: HostReport, time: Format): System['memory'] {
  return {
    at: time(report.at),
    totalMb: report.totalMb,
    cap: report.caps.total,
    parts: memoryParts(report.readings, report),
  }
}

/** Started by hand, the server knows of itself alone. */
function ownMemory(at: string): System['memory'] {
  const own = { part: 'server' as const, pid: process.pid, ...readProcessMemory(process.pid) }
  return { at, totalMb: own.ownMb, cap: null, parts: memoryParts([own], null) }
}

function databaseOf(
  file: string,
  { databaseBytes, walBytes, schema }: Health,
  time: Format,
): System['database'] {
  const backups = backupsOf(file)
  const [newest] = backups
  const migration = lastMigration(backups, schema)
  return {
    bytes: databaseBytes,
    walBytes,
    diskFreeBytes: diskFree(file),
    migration: migration && { ...migration, at: time(migration.at) },
    backup: newest ? { name: newest.name, at: time(newest.at), bytes: newest.bytes } : null,
  }
}
