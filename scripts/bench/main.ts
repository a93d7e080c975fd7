import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { codeOf, DatabaseProblem } from '../../db/problem.ts'
import { runRow, type Result, type Row } from './bench.ts'
import { computed } from './computed.ts'
import { benchDatabase } from './database.ts'
import { day } from './day.ts'
import { csv } from './export.ts'
import { filters } from './filters.ts'
import { ingest } from './ingest.ts'
import { rules } from './rules.ts'
import { sessions } from './sessions.ts'
import { start } from './start.ts'
import { suggestions } from './suggestions.ts'
import { table } from './table.ts'
import { unchanged } from './unchanged.ts'

const rows: Record<string, Row> = {
  unchanged,
  computed,
  day,
  filters,
  export: csv,
  ingest,
  rules,
  sessions,
  suggestions,
  start,
}

const usage = `npm run bench [-- OPTIONS] [ROW …]

Measures the product's budgets side by side with bare baselines.
Rows: ${Object.keys(rows).join(', ')}; all unless named.

The database of a million events is made once and kept in $TIMETRACK_BENCH_DB, else in the machine's
folder for temporary files. All of it takes some minutes, in which the machine should be left alone.

  --events N   a smaller database, for a quick look (the budgets are meant for 1000000)
  --help       show this`

/** A command line that cannot be meant. */
class Mistake extends Error {}

function readCommandLine(): { events: number; wanted: string[] } | 'help' {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { events: { type: 'string', default: '1000000' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help) return 'help'
  const events = Number(values.events)
  // An export of 10,000 events must find as many.
  if (!Number.isInteger(events) || events < 20_000)
    throw new Mistake(`--events ${values.events}: a whole number from 20000`)
  const unknown = positionals.find((name) => !rows[name])
  if (unknown !== undefined) throw new Mistake(`no such row: ${unknown}`)
  return { events, wanted: positionals.length > 0 ? positionals : Object.keys(rows) }
}

const log = (line: string) => console.error(`bench: ${line}`)

async function main(): Promise<number> {
  const commandLine = readCommandLine()
  if (commandLine === 'help') {
    console.log(usage)
    return 0
  }
  const { events, wanted } = commandLine
  const data = benchDatabase(events, process.env['TIMETRACK_BENCH_DB'], log)
  const busy = loadavg()[0] ?? 0
  if (busy > availableParallelism() / 2)
    log(`this machine is busy (load ${busy.toFixed(1)}): times will vary`)

  const results: Result[] = []
  for (const name of wanted) {
    log(`${name} …`)
    results.push(...(await measure(name, () => runRow(rows[name] as Row, data))))
  }
  console.log(table(results))
  return results.some(({ verdict }) => verdict === 'FAIL') ? 1 : 0
}

/** A row that breaks down is a row that fails; the others are measured all the same. */
async function measure(name: string, run: () => Promise<Result[]>): Promise<Result[]> {
  try {
    return await run()
  } catch (error) {
    console.error(error)
    return [
      { what: name, ours: '', baseline: 'broke down, see above', ratio: '', budget: '', verdict: 'FAIL' },
    ]
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  const isMistake = error instanceof Mistake || codeOf(error).startsWith('ERR_PARSE_ARGS')
  if (error instanceof DatabaseProblem) console.error(`bench: ${error.message}`)
  else console.error(isMistake ? `bench: ${(error as Error).message}\n\n${usage}` : error)
  process.exitCode = 2
}
