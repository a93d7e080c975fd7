import type { HostReport } from '../../contract/host.ts'
import type { Health } from '../../contract/hub.ts'
import { formatInstant, type Zone } from '../../contract/time.ts'
import { sizeOf } from '../disk.ts'
import type { Pool } from '../threads/pool.ts'

export type HealthOptions = {
  pool: Pick<Pool, 'ping' | 'stats'>
  file: string
  version: string
  sqlite: string
  schema: number
  zone: Zone
  /** What the host said last. */
  host: () => HostReport | null
  /** Time that each thread has to answer. */
  deadlineMs: number
}

/** Whether both readers and the writer answer, and what an operator wants to know first. */
export function healthCheck({
  pool,
  file,
  version,
  sqlite,
  schema,
  zone,
  host,
  deadlineMs,
}: HealthOptions): () => Promise<Health> {
  return async () => {
    const threads = await pool.ping(deadlineMs)
    const down = Object.keys(threads).filter((name) => threads[name] !== 'ok')
    const problem = pool.stats().corrupt
      ? `The database ${file} is damaged: stop the hub and put the newest file from the folder "backups" in its place.`
      : down.length > 0
        ? `${down.join(', ')}: no answer. It is being replaced; if this stays, restart the hub and look into its log.`
        : null
    return {
      status: problem === null ? 'ok' : 'degraded',
      version,
      node: process.version,
      sqlite,
      schema,
      uptimeSeconds: Math.round(process.uptime()),
      databaseBytes: sizeOf(file),
      walBytes: sizeOf(`${file}-wal`),
      threads,
      host: hostOf(host(), zone),
      problem,
    }
  }
}

function hostOf(report: HostReport | null, zone: Zone): Health['host'] {
  if (report === null) return null
  const last = report.ends.at(-1)
  return {
    memoryMb: report.totalMb,
    cap: report.caps.total,
    restarts: report.endCount,
    lastRestart: last ? { at: formatInstant(last.at, zone), reason: last.reason } : null,
  }
}
