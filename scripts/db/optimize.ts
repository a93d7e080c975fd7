import { parseArgs } from 'node:util'
import { systemClock } from '../../contract/time.ts'
import { optimizeDatabase, type OptimizeStep } from '../../db/optimize.ts'
import { DatabaseProblem } from '../../db/problem.ts'

const usage = `npm run db:optimize -- FILE

Brings a TimeTrack database up to date while no hub uses it: migrations (after a verified copy in
"backups" beside it), missing or different indexes and triggers, sums, search, statistics, WAL mode.
Harmless to repeat; interrupted at any moment, it leaves the file as it was or done.

Ends with 0 when the file is up to date, 2 for a wrong command line, 3 when it refuses the file.`

/** Exit codes as the server has them. */
const EXIT = { unexpected: 1, usage: 2, problem: 3 } as const

function table(steps: readonly OptimizeStep[]): string {
  const rows = [['step', 'what', 'result'], ...steps.map(({ step, what, result }) => [step, what, result])]
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0))
  const widths = [width(0), width(1)]
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | '))
  const rule = [...widths.map((count) => '-'.repeat(count)), '-'.repeat(6)].join('-|-')
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

function fileOrExit(): string {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h', default: false } },
    })
    if (values.help) {
      console.log(usage)
      process.exit(0)
    }
    const [file] = positionals
    if (!file || positionals.length > 1) throw new Error('Name one database file.')
    return file
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    process.exit(EXIT.usage)
  }
}

const file = fileOrExit()
try {
  const began = performance.now()
  const steps = optimizeDatabase(file, systemClock())
  console.log(table(steps))
  console.log(`\n${file} is up to date (${((performance.now() - began) / 1000).toFixed(1)} s).`)
} catch (error) {
  if (!(error instanceof DatabaseProblem)) throw error
  console.error(error.message)
  process.exitCode = EXIT.problem
}
