import path from 'node:path'
import { parseArgs } from 'node:util'
import { codeOf, DatabaseProblem } from '../../db/problem.ts'
import { isDay } from '../../contract/time.ts'
import { DEMO_DAYS, DEMO_PEOPLE, fillDatabase, type FillOptions } from './fill.ts'

const usage = `npm run db:demo -- FILE [OPTIONS]

Fills an empty database (or a new one) with an invented office of engineers at work.

  --days N       so many days, the newest is today (${DEMO_DAYS})
  --events N     exactly so many events, on as many days as they take
  --people N     so many people (${DEMO_PEOPLE})
  --last-day D   newest day instead of today, such as 2026-11-24
  --seed N       another office: the same number always gives the same one (7)
  --zone NAME    the hub's time zone (the machine's)
  --help         show this`

/** Above this an undo of every assignment costs more than it is worth in a demo. */
const UNDOABLE_EVENTS = 100_000

function readCommandLine(args: string[]): { file: string; options: FillOptions } | 'help' {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      days: text,
      events: text,
      people: text,
      'last-day': text,
      seed: text,
      zone: text,
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return 'help'
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new RangeError('Say which FILE to fill, and nothing else.')
  if (values.days !== undefined && values.events !== undefined)
    throw new RangeError('--days or --events, not both.')
  const lastDay = values['last-day']
  if (lastDay !== undefined && !isDay(lastDay))
    throw new RangeError(`--last-day ${values['last-day']}: not a day such as 2026-11-24`)
  const events = whole('events', values.events, 10_000_000)
  return {
    file: path.resolve(file),
    options: {
      now: Date.now(),
      days: whole('days', values.days, 36_500),
      events,
      people: whole('people', values.people, 500),
      seed: whole('seed', values.seed, 2 ** 31),
      zone: values.zone,
      lastDay,
      undoable: (events ?? 0) <= UNDOABLE_EVENTS,
    },
  }
}

function whole(name: string, text: string | undefined, max: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < 1 || value > max)
    throw new RangeError(`--${name} ${text}: not a whole number from 1 to ${max}`)
  return value
}

function main(): number {
  const wanted = readCommandLine(process.argv.slice(2))
  if (wanted === 'help') {
    console.log(usage)
    return 0
  }
  const began = performance.now()
  const result = fillDatabase(wanted.file, wanted.options)
  if (!result.filled) {
    console.error(`db:demo: ${result.why}`)
    return 1
  }
  const { people, projects, milestones, rules, days, events, assignments, byRules } = result
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(
    `db:demo: ${events} events of ${people} people on ${days} days, ${assignments} of them assigned to ${milestones} milestones of ${projects} projects (${byRules} by ${rules} rules), in ${seconds} s: ${wanted.file}`,
  )
  return 0
}

try {
  process.exitCode = main()
} catch (error) {
  const isMistake =
    error instanceof Error && (error instanceof RangeError || codeOf(error).startsWith('ERR_PARSE_ARGS'))
  if (error instanceof DatabaseProblem) console.error(`db:demo: ${error.message}`)
  else console.error(isMistake ? `db:demo: ${error.message}\n\n${usage}` : error)
  process.exitCode = 2
}
