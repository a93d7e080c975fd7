import { OPERATOR } from '../../contract/access.ts'
import { hash } from 'node:crypto'
import { get } from 'node:http'
import { EXPORT_COLUMNS } from '../../server/export/rows.ts'
import { addDays, dayRange, type Day } from '../../contract/time.ts'
import { openReader } from '../../db/open.ts'
import { exportStreams } from '../../server/export/queries.ts'
import { demoPeople } from '../demo/people.ts'
import { mb, ms, times, verdict, type Bench, type Result, type Row } from './bench.ts'
import { LAST_DAY, PEOPLE, ZONE, benchZone } from './database.ts'
import { ask, type Started } from './processes.ts'
import { watchMemory } from './procfs.ts'
import { readOf } from './statements.ts'
import { compare, inTurns } from './stats.ts'

const BUDGET = 3
const GROWTH_BUDGET_MB = 40
const CALM_BUDGET = 3
const TURNS = 9
const SECONDS = 10

/** Assigned events as CSV: 10,000 against a bare loop, then all of them, with others asking meanwhile. */
export const csv: Row = async (bench) => {
  // Nothing kept: others, who ask while the export runs, must really be computed for.
  const server = await bench.server({ args: ['--cache-mb', '0'] })
  const some = `/api/export/csv?from=${firstDayFor(bench.data.file, 10_000)}&to=${LAST_DAY}`
  const tenThousand = await againstLoop(bench, server, some)
  const all = await everything(bench, server, some)
  return [tenThousand, ...all]
}

/** The latest day from which on there are so many events to export. */
function firstDayFor(file: string, rows: number): Day {
  const sql = openReader(file)
  const count = sql
    .prepare<[number, number], number>(
      `SELECT count(*) FROM events e JOIN assignments a ON a.event_id = e.id
       WHERE e.start >= ? AND e.start < ? AND e.deleted_at IS NULL AND e.private = 0 AND e.ignored = 0`,
    )
    .pluck()
  let found = 0
  let day = LAST_DAY
  for (; found < rows; day = addDays(day, -1)) {
    const { start, end } = dayRange(day, benchZone)
    found += count.get(start, end) ?? 0
  }
  sql.close()
  return addDays(day, 1)
}

async function againstLoop(bench: Bench, server: Started, path: string): Promise<Result> {
  const from = /from=([\d-]+)/.exec(path)?.[1] ?? LAST_DAY
  const read = readOf(bench.data.file, (sql) => {
    const stream = exportStreams['export.csv'].prepare({
      sql,
      zone: benchZone,
      dayStartMinutes: 0,
      clock: Date.now,
    })
    const range = { from: dayRange(from, benchZone).start, to: dayRange(LAST_DAY, benchZone).end }
    // The statement runs when its first row is asked for, after the head.
    const pieces = stream({ ...range, includePrivate: false, format: 'field' }, OPERATOR)[Symbol.iterator]()
    pieces.next()
    pieces.next()
    pieces.return?.()
  })
  const head = `${EXPORT_COLUMNS.join(',')}\r\n`
  const loop = await bench.baseline('csv', [bench.data.file, JSON.stringify(read), ZONE, head])
  const kept = await ask<{ rows: number; sha256: string }>(loop.child, { keep: true })
  const sent = hash('sha256', Buffer.from(await (await fetch(server.url + path)).arrayBuffer()))
  if (sent !== kept.sha256) throw new Error('the loop does not write the same CSV as the export')

  const sides = {
    ours: async () => (await download(server.url + path)).ms,
    baseline: async () => (await ask<{ ms: number }>(loop.child, { keep: false })).ms,
  }
  await inTurns(4, sides)
  const { ours, baseline, ratio } = compare(await inTurns(TURNS, sides), (side) => side)
  return {
    what: `export of ${kept.rows} assigned events`,
    ours: ms(ours),
    baseline: ms(baseline),
    ratio: times(ratio),
    budget: `≤ ${BUDGET} ×`,
    verdict: verdict(ratio <= BUDGET),
  }
}

async function everything(bench: Bench, server: Started, some: string): Promise<Result[]> {
  const days = demoPeople(PEOPLE).map(({ handle }) => `/api/days/${addDays(LAST_DAY, -1)}?user=${handle}`)
  const others = { url: server.url, paths: days, connections: 5, rate: 50, seconds: SECONDS }
  await bench.load({ ...others, seconds: 3 })
  const idle = await bench.load(others)

  const small = watchMemory(server.pid)
  for (let n = 0; n < 3; n++) await download(server.url + some)
  const before = small.stop()

  const large = watchMemory(server.pid)
  const alone = await download(`${server.url}/api/export/csv?includePrivate=true`)
  const after = large.stop()

  let isLoaded = true
  const exporting = (async () => {
    while (isLoaded) await download(`${server.url}/api/export/csv?includePrivate=true`)
  })()
  const busy = await bench.load(others)
  isLoaded = false
  await exporting

  // Pages of the mapped database are the kernel's to take back, and counted once for each connection.
  const growth = after.own - before.own
  const calm = busy.p99 / idle.p99
  return [
    {
      what: `  export of ${alone.rows} rows, ${(alone.ms / 1000).toFixed(1)} s: own memory (with mapped files)`,
      ours: `${mb(after.own)} (${mb(after.rss)})`,
      baseline: `${mb(before.own)} (${mb(before.rss)})`,
      ratio: signed(growth),
      budget: `≤ +${GROWTH_BUDGET_MB} MB`,
      verdict: verdict(growth <= GROWTH_BUDGET_MB),
    },
    {
      what: '  p99 of other requests meanwhile, against idle',
      ours: ms(busy.p99),
      baseline: ms(idle.p99),
      ratio: times(calm),
      budget: `≤ ${CALM_BUDGET} ×`,
      verdict: verdict(calm <= CALM_BUDGET),
    },
  ]
}

const signed = (value: number) => (value < 0 ? '' : '+') + mb(value)

/** Reads a download to its end without keeping it. */
function download(url: string): Promise<{ ms: number; rows: number }> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const request = get(url, (response) => {
      let lines = 0
      response.on('data', (piece: Buffer) => {
        for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) lines++
      })
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode === 200) resolve({ ms: performance.now() - began, rows: lines - 1 })
        else reject(new Error(`${url} answered ${response.statusCode}`))
      })
    })
    request.on('error', reject)
  })
}
