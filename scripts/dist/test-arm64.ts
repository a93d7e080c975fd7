import { cpSync, existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { databaseFile } from '../../server/host/data-folder.ts'
import { heapFlags, isInForce } from '../../server/host/heap-limit.ts'
import { MEMORY } from '../../server/host/memory-limits.ts'
import { buildAppIfStale } from '../build-app.ts'
import { buildRendererIfStale } from '../build.ts'
import { countEvents, getArm64Node, withFolder } from './arm64.ts'
import { exercise } from './exercise.ts'
import { expectedInAsar, listBuilt } from './files.ts'
import { Findings } from './findings.ts'
import { root } from './pack.ts'
import { conclude, giveUp } from './report.ts'
import { startServer } from './server-process.ts'

/**
 * `npm run test:arm64`: the files that go into app.asar, and only those, under Node for arm64 with the library
 * that the Pi gets: start, ingest, query, export, drain.
 */
const log = (line: string) => console.log(`test:arm64: ${line}`)
const { report } = parseArgs({ options: { report: { type: 'string' } } }).values
/** The emulator is ten to twenty times slower than the Pi. */
const START_LIMIT_MS = 120_000
const LEAST_EVENTS = 200

/** The file list is the one that dist:check compares app.asar with. */
function layOut(folder: string): void {
  const built = path.join(root, 'dist')
  for (const file of expectedInAsar(listBuilt(built))) {
    const source = [path.join(built, file), path.join(root, file)].find((at) => existsSync(at))
    if (source === undefined) throw new Error(`${file} is missing`)
    cpSync(source, path.join(folder, file), { recursive: true })
  }
}

async function runAll(findings: Findings, command: [string, ...string[]], folder: string): Promise<void> {
  const [app, data] = [path.join(folder, 'app'), path.join(folder, 'data')]
  layOut(app)
  const entry = path.join(app, 'server/main.js')
  const flags = heapFlags(MEMORY.heaps.server)
  const start = () => startServer({ command: [...command, ...flags], entry, data, limitMs: START_LIMIT_MS })
  const began = performance.now()
  let server = await start()
  findings.ok('starts, makes its database', `${((performance.now() - began) / 1000).toFixed(1)} s`)
  try {
    const limit = `${Math.round(server.heapLimitMb)} MB`
    const isRight = isInForce(MEMORY.heaps.server, server.heapLimitMb)
    findings.judge('heap limit in force', isRight ? [] : [limit], limit)
    for (const { what, wrong, note } of await exercise(server.url)) findings.judge(what, wrong, note)
    const { code, ms } = await server.drain()
    findings.judge('drains', code === 0 ? [] : [`ended with ${String(code)}`], `${ms} ms`)
    const { events, integrity, wal } = await countEvents(databaseFile(data))
    findings.judge('what it left: all events, a sound database, an empty log', [
      ...(events >= LEAST_EVENTS ? [] : [`${events} events`]),
      ...(integrity === 'ok' ? [] : [integrity]),
      ...(wal ? ['the write-ahead log is not empty'] : []),
    ])
    server = await start()
    const answer = await fetch(`${server.url}/events?limit=1`)
    findings.judge('starts again on its data', answer.ok ? [] : [`answered ${answer.status}`])
    const again = await server.drain()
    findings.judge(
      'drains again',
      again.code === 0 ? [] : [`ended with ${String(again.code)}`],
      `${again.ms} ms`,
    )
  } finally {
    await server.kill()
  }
}

const node = getArm64Node(root, log)
if ('why' in node) giveUp(node.why, report, log)
await buildRendererIfStale(log)
await buildAppIfStale(log)
log(`Node ${process.version} for arm64, ${node.how}.`)
const findings = new Findings()
await withFolder((folder) =>
  findings.attempt('the packaged server on arm64', () => runAll(findings, node.command, folder)),
)
process.exitCode = conclude(findings, report)
