import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { getHeapStatistics } from 'node:v8'
import { pino } from 'pino'
import { systemClock } from '../contract/time.ts'
import { claim, type Claim } from '../db/claim.ts'
import { prepareDatabase } from '../db/migrate.ts'
import { sqliteVersion } from '../db/open.ts'
import { codeOf, DatabaseProblem } from '../db/problem.ts'
import { ConfigProblem, readConfig } from './config.ts'
import { databaseFile } from './host/data-folder.ts'
import { connectParent } from './host/parent.ts'
import { startHub, type Hub } from './hub.ts'
import { newCode } from './secrets.ts'
import { keepCompiled } from './keep-compiled.ts'

/** Exit codes: 0 drained, 1 unexpected, 2 command line, 3 a problem that a person must solve. */
const EXIT = { unexpected: 1, usage: 2, problem: 3 } as const

const PORT_PROBLEMS: Record<string, { problem: string; why: string }> = {
  EADDRINUSE: { problem: 'port_in_use', why: 'is in use by another program, perhaps another hub' },
  EACCES: { problem: 'port_denied', why: 'may not be used by this user' },
}

/** From the bundle (dist/server), pages and package.json lie one folder up; from the source, at the root. */
const BUNDLED = !import.meta.url.endsWith('.ts')

const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime })
const parent = connectParent(process)

try {
  await main()
} catch (error) {
  fail(error)
}

async function main(): Promise<void> {
  const config = readConfig(process.argv.slice(2))
  const file = databaseFile(config.data)
  const now = systemClock()
  const claimed = claim(file)
  const prepared = prepareDatabase(file, now)
  if (prepared.from !== prepared.to) log.info(prepared, 'Database migrated')
  const hub = await startHub({
    config,
    file,
    files: fileURLToPath(new URL(BUNDLED ? '../renderer' : '../dist/renderer', import.meta.url)),
    version: packageVersion(),
    sqlite: sqliteVersion(),
    clock: systemClock,
    log,
    setupCode: newCode(),
  })
  endWhenAsked(hub, claimed) // before anybody hears that it is ready, and may end it
  const { address, port } = hub.address
  // From everywhere is also from here, by which name a local client is known for one.
  const here = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address
  const host = here.includes(':') ? `[${here}]` : here
  log.info({ url: `http://${host}:${port}`, startMs: Math.round(performance.now()) }, 'Ready')
  const setupCode = await hub.setupCode()
  // Who started it shows the code; started by hand, this is the console.
  if (setupCode !== null && !parent.connected) log.info({ setupCode }, 'Set it up at /app/setup')
  const heapLimitMb = getHeapStatistics().heap_size_limit / 1024 / 1024
  parent.send({ kind: 'ready', port, heapLimitMb, setupCode })
  keepCompiled()
}

function endWhenAsked(hub: Hub, claimed: Claim): void {
  let stopping = false
  const stop = (reason: string) => {
    if (stopping) return
    stopping = true
    log.info({ reason }, 'Draining')
    hub.drain().then(() => {
      claimed.release()
      process.exit(0)
    }, fail)
  }
  parent.listen({
    onMessage(message) {
      if (message.kind === 'drain') stop(message.reason)
      else if (message.kind === 'host') hub.hostSaid(message.report)
      else pong(message.n)
    },
    onGone: () => stop('parent gone'),
  })
  process.on('SIGTERM', () => stop('SIGTERM'))
  process.on('SIGINT', () => stop('SIGINT'))
  // Electron's utility process would live on after either; a half-dead hub is worse than a new one.
  process.on('unhandledRejection', fail)
  process.on('uncaughtException', fail)
}

function pong(n: number): void {
  const { rss, heapUsed } = process.memoryUsage()
  parent.send({ kind: 'pong', n, rssBytes: rss, heapUsedBytes: heapUsed })
}

function fail(error: unknown): void {
  const { code, message, problem } = endOf(error)
  if (message === undefined) log.fatal({ err: error }, 'Unexpected end')
  // Whoever started this process says it for us.
  else if (!parent.connected) console.error(message)
  const final = code !== EXIT.unexpected
  parent.send({
    kind: 'failed',
    message: message ?? String(error),
    final,
    ...(problem === undefined ? {} : { problem }),
  })
  if (parent.lingerMs === 0) process.exit(code)
  setTimeout(() => process.exit(code), parent.lingerMs)
}

/** How the process ends for an error: with words for a person when it is theirs to mend. */
function endOf(error: unknown): { code: number; message?: string; problem?: string } {
  if (error instanceof ConfigProblem) return { code: EXIT.usage, message: error.message }
  if (error instanceof DatabaseProblem) {
    return { code: EXIT.problem, message: error.message, problem: error.code }
  }
  const port = PORT_PROBLEMS[codeOf(error)]
  if (port === undefined) return { code: EXIT.unexpected }
  return {
    code: EXIT.problem,
    problem: port.problem,
    message: `The port ${port.why}. Stop that program, or choose another port with --port.`,
  }
}

function packageVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(text) as { version: string }
  return version
}
