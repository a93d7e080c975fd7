import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { systemClock } from '../contract/time.ts'
import { claim } from '../db/claim.ts'
import { prepareDatabase } from '../db/migrate.ts'
import { sqliteVersion } from '../db/open.ts'
import { codeOf, DatabaseProblem } from '../db/problem.ts'
import { ConfigProblem, readConfig } from './config.ts'
import { databaseFile, startHub } from './hub.ts'

/** Exit codes: 0 drained, 1 unexpected, 2 command line, 3 a problem that a person must solve. */
const EXIT = { unexpected: 1, usage: 2, problem: 3 } as const

const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime })

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
    files: fileURLToPath(new URL('../dist/renderer', import.meta.url)),
    version: packageVersion(),
    sqlite: sqliteVersion(),
    clock: systemClock,
    log,
  })
  const { address, port } = hub.address
  const host = address.includes(':') ? `[${address}]` : address
  log.info({ url: `http://${host}:${port}`, startMs: Math.round(performance.now()) }, 'Ready')
  process.send?.({ kind: 'ready', port })

  let stopping = false
  const stop = (reason: string) => {
    if (stopping) return
    stopping = true
    log.info({ reason }, 'Draining')
    hub.drain().then(
      () => {
        claimed.release()
        process.exit(0)
      },
      (error: unknown) => fail(error),
    )
  }
  process.on('SIGTERM', () => stop('SIGTERM'))
  process.on('SIGINT', () => stop('SIGINT'))
  // A server whose parent is gone serves nobody.
  process.on('disconnect', () => stop('parent gone'))
  process.on('unhandledRejection', fail)
  process.on('uncaughtException', fail)
}

function fail(error: unknown): never {
  if (error instanceof ConfigProblem) {
    console.error(error.message)
    process.exit(EXIT.usage)
  }
  if (error instanceof DatabaseProblem) {
    console.error(error.message)
    process.exit(EXIT.problem)
  }
  if (codeOf(error) === 'EADDRINUSE' || codeOf(error) === 'EACCES') {
    const why =
      codeOf(error) === 'EACCES'
        ? 'may not be used by this user'
        : 'is in use by another program, perhaps another hub'
    console.error(`The port ${why}. Stop that program, or choose another port with --port.`)
    process.exit(EXIT.problem)
  }
  log.fatal({ err: error }, 'Unexpected end')
  process.exit(EXIT.unexpected)
}

function packageVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(text) as { version: string }
  return version
}
