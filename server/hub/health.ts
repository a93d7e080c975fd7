import { statSync } from 'node:fs'
import type { Health } from '../../contract/hub.ts'
import type { Pool } from '../threads/pool.ts'

export type HealthOptions = {
  pool: Pick<Pool, 'ping' | 'stats'>
  file: string
  version: string
  sqlite: string
  schema: number
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
      problem,
    }
  }
}

/** Bytes of a file, 0 when it is not there. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
