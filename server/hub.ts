import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { calls } from '../contract/calls.ts'
import { adminRoutes } from './access/admin-routes.ts'
import { createGate } from './access/gate.ts'
import { kioskRoutes } from './access/kiosk-routes.ts'
import { loginRoutes } from './access/login-routes.ts'
import type { HostReport } from '../contract/host.ts'
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
import { createRequests } from './http/requests.ts'
import { healthCheck } from './hub/health.ts'
import { hubRoutes } from './hub/routes.ts'
import { createLive } from './live/routes.ts'
import { figures } from './system/figures.ts'
import { systemRoutes } from './system/routes.ts'
import { systemReport } from './system/system.ts'
import { lanUrl } from './lan.ts'
import { keepRulesCaughtUp } from './rules/catch-up-loop.ts'
import { ruleRoutes } from './rules/routes.ts'
import { keepSessionsMade } from './sessions/rebuild-loop.ts'
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
  /** What the first admin has to type; whoever starts the hub shows it. */
  setupCode: string
  log: Pick<Logger, 'info' | 'warn' | 'error'>
}

export type Hub = {
  address: AddressInfo
  pool: Pool
  /** What the first admin has to type; null once there is one. */
  setupCode(): Promise<string | null>
  /** Takes note of what the host says; only the newest counts. */
  hostSaid(report: HostReport): void
  drain(): Promise<void>
}

/** Threads, then routes, then the socket: a running hub, or an error and nothing left running. */
export async function startHub(options: HubOptions): Promise<Hub> {
  const { config, file, log } = options
  const pool = startPool({ ...config, file, log })
  try {
    await inTime(pool.ready(), config.timeoutMs.start, 'The database threads did not start in time.')
    let draining = false
    let host: HostReport | null = null
    const { server, live, gate } = createHttp(options, pool, { draining: () => draining, host: () => host })
    await listen(server, config)
    const stops = [keepSessionsMade(pool, log), keepRulesCaughtUp(pool, log)]
    return {
      address: server.address() as AddressInfo,
      pool,
      setupCode: async () => ((await gate.current()).standing.needsSetup ? options.setupCode : null),
      hostSaid: (report) => void (host = report),
      async drain() {
        draining = true
        for (const stop of stops) stop()
        live.close()
        await gate.close()
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
  { config, file, files, version, sqlite, clock, log, setupCode }: HubOptions,
  pool: Pool,
  { draining, host }: { draining: () => boolean; host: () => HostReport | null },
) {
  const calendar = { zone: zone(config.zone), dayStartMinutes: config.dayStartMinutes }
  const answers = createAnswers({
    maxBytes: config.cacheBytes,
    version: pool.version,
    bootId: randomBytes(6).toString('base64url'),
  })
  const live = createLive(pool)
  const metrics = createMetrics(
    figures({ pool, file, answerBytes: answers.size, liveClients: live.clients, host }),
  )
  const requests = createRequests(clock)
  pool.onCommit(metrics.committed)
  const health = healthCheck({
    pool,
    file,
    version,
    sqlite,
    schema: SCHEMA_VERSION,
    zone: calendar.zone,
    host,
    deadlineMs: 2000,
  })
  const system = systemReport({
    health,
    host,
    pool,
    requests,
    file,
    slowMs: config.slowMs,
    zone: calendar.zone,
    clock,
  })
  const lanAddress = () => lanUrl(config.host, config.port)
  const services = { pool, answers }
  const gate = createGate({ pool, clock })
  const app = createApp({
    slowMs: config.slowMs,
    log,
    metrics,
    requests,
    draining,
    who: gate.who,
    answers,
    doors: [
      (router) => hubRoutes(router, { calendar, clock, version, metrics, health }),
      (router) => systemRoutes(router, system),
      (router) => loginRoutes(router, { ...services, calendar, setupCode }),
      (router) => adminRoutes(router, { ...services, calendar, gate }),
      (router) => kioskRoutes(router, { ...services, calendar, gate, setupCode, address: lanAddress }),
      (router) => apiRoutes(router, services),
      (router) => exportRoutes(router, pool, calendar, clock),
      (router) => ruleRoutes(router, pool, calendar),
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
  server.on('clientError', (error, socket) => {
    if (!socket.writable) return
    // A connection that a browser opened ahead and did not use: told 408, it sends what it has on another one.
    const isLate = 'code' in error && error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
    const status = isLate ? '408 Request Timeout' : '400 Bad Request'
    socket.end(
      `HTTP/1.1 ${status}\r\nX-Process-Time: 0.000000\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    )
  })
  return { server, live, gate }
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
