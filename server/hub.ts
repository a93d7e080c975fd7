import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { calls } from '../contract/calls.ts'
import { zone, type Clock } from '../contract/time.ts'
import { SCHEMA_VERSION } from '../db/migrations/list.ts'
import type { Config } from './config.ts'
import { docsRoutes } from './docs/routes.ts'
import { exportRoutes } from './export/routes.ts'
import { fieldCalls } from './field/calls.ts'
import { fieldRoutes } from './field/routes.ts'
import { createAnswers } from './http/answers.ts'
import { apiRoutes } from './http/api.ts'
import { createApp } from './http/app.ts'
import { loadFiles, serveFiles } from './http/files.ts'
import { createMetrics } from './http/metrics.ts'
import { healthCheck, sizeOf } from './hub/health.ts'
import { hubRoutes } from './hub/routes.ts'
import { createLive } from './live/routes.ts'
import { startPool, type Pool } from './threads/pool.ts'

export type HubOptions = {
  config: Config
  /** The database, prepared and claimed. */
  file: string
  /** Folder of the built renderer. */
  files: string
  version: string
  sqlite: string
  clock: Clock
  log: Pick<Logger, 'info' | 'warn' | 'error'>
}

export type Hub = { address: AddressInfo; pool: Pool; drain(): Promise<void> }

/** Threads, then routes, then the socket: a running hub, or an error and nothing left running. */
export async function startHub(options: HubOptions): Promise<Hub> {
  const { config, file, log } = options
  const pool = startPool({ ...config, file, log })
  try {
    await inTime(pool.ready(), config.timeoutMs.start, 'The database threads did not start in time.')
    let draining = false
    const { server, live } = createHttp(options, pool, () => draining)
    await listen(server, config)
    return {
      address: server.address() as AddressInfo,
      pool,
      async drain() {
        draining = true
        live.close()
        await closeServer(server, config.timeoutMs.drain)
        await pool.close(config.timeoutMs.drain)
      },
    }
  } catch (error) {
    await pool.close(1000)
    throw error
  }
}

function createHttp(
  { config, file, files, version, sqlite, clock, log }: HubOptions,
  pool: Pool,
  draining: () => boolean,
) {
  const calendar = { zone: zone(config.zone), dayStartMinutes: config.dayStartMinutes }
  const answers = createAnswers({
    maxBytes: config.cacheBytes,
    version: pool.version,
    bootId: randomBytes(6).toString('base64url'),
  })
  const live = createLive(pool)
  const metrics = createMetrics({
    database_bytes: { help: 'Size of the database file', value: () => sizeOf(file) },
    wal_bytes: { help: 'Size of the write-ahead log', value: () => sizeOf(`${file}-wal`) },
    reads_queued: { help: 'Queries waiting for a reader', value: () => pool.stats().readsQueued },
    writes_queued: { help: 'Commands waiting for their commit', value: () => pool.stats().writesQueued },
    thread_restarts: {
      help: 'Threads replaced since the start',
      value: () => pool.stats().readerRestarts + pool.stats().writerRestarts,
    },
    answer_cache_bytes: { help: 'Finished responses kept in memory', value: answers.size },
    live_clients: { help: 'Open event streams', value: live.clients },
  })
  pool.onCommit(metrics.committed)
  const health = healthCheck({ pool, file, version, sqlite, schema: SCHEMA_VERSION, deadlineMs: 2000 })
  const services = { pool, answers }
  const app = createApp({
    slowMs: config.slowMs,
    log,
    metrics,
    draining,
    answers,
    doors: [
      (router) => hubRoutes(router, { calendar, clock, version, metrics, health }),
      (router) => apiRoutes(router, services),
      (router) => exportRoutes(router, pool, calendar, clock),
      live.mount,
      (router) => docsRoutes(router, { ...calls, ...fieldCalls }, version),
      (router) => fieldRoutes(router, { ...services, calendar, clock, log }),
      (router) => router.use(serveFiles(loadFiles(files))),
    ],
  })
  // Slow or silent clients must not hold a connection: headers in 10 s, a request in 30 s.
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 10_000, maxHeaderSize: 16 * 1024 },
    app,
  )
  server.maxConnections = 1000
  server.on('clientError', (_error, socket) => {
    if (socket.writable)
      socket.end(
        'HTTP/1.1 400 Bad Request\r\nX-Process-Time: 0.000000\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
      )
  })
  return { server, live }
}

function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => resolve())
  })
}

/** Open requests finish; what is still open at the deadline is cut off. */
async function closeServer(server: Server, deadlineMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), deadlineMs)
  await closed
  clearTimeout(timer)
}

async function inTime(work: Promise<void>, ms: number, message: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error(message)), ms)))
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}
