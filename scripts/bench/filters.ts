import { OPERATOR } from '../../contract/access.ts'
import { calls, type Input } from '../../contract/calls.ts'
import { addDays } from '../../contract/time.ts'
import { openReader } from '../../db/open.ts'
import { eventQueries } from '../../server/events/queries.ts'
import { demoPeople } from '../demo/people.ts'
import { ms, verdict, type Row } from './bench.ts'
import { LAST_DAY, benchZone } from './database.ts'
import { median } from './stats.ts'

const BUDGET_MS = 50
const TURNS = 5

/** Values a filter can have; undefined leaves it out. Words: one in every third title, a rare one, none. */
const CHOICES = {
  user: [undefined, demoPeople(1)[0]?.handle, 'nobody-of-this-name'],
  source: [undefined, 'window', 'phone', 'calendar'],
  text: [undefined, 'werkhalle', 'brandschutz nord', 'quarzsand'],
  range: [undefined, 1, 31, 366],
  assigned: [undefined, 'true', 'false'],
  private: [undefined, 'true'],
  ignored: [undefined, 'true', 'false'],
  order: ['newest', 'oldest'],
} as const

type Choice = { [K in keyof typeof CHOICES]: (typeof CHOICES)[K][number] }

function combinations(): Choice[] {
  return Object.entries(CHOICES).reduce<Partial<Choice>[]>(
    (made, [name, values]) => made.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  ) as Choice[]
}

function inputOf({ range, ...filter }: Choice): Input<'events.list'> {
  const days = range && {
    from: `${addDays(LAST_DAY, -range)}T00:00:00+01:00`,
    to: `${LAST_DAY}T23:59:59+01:00`,
  }
  return calls['events.list'].query.parse({ ...filter, ...days })
}

/** Every combination of filters of the event list, as a reader answers it, in this process. */
export const filters: Row = (bench) => {
  const sql = openReader(bench.data.file)
  bench.later(() => sql.close())
  const list = eventQueries['events.list'].prepare({
    sql,
    zone: benchZone,
    dayStartMinutes: 0,
    clock: Date.now,
  })
  const timed = (input: Input<'events.list'>) => {
    const began = performance.now()
    JSON.stringify(list(input, OPERATOR))
    return performance.now() - began
  }
  const all = combinations().map((choice) => ({ choice, first: timed(inputOf(choice)) }))
  // The slowest again, because a machine that was busy elsewhere is no property of the query.
  const slowest = all
    .sort((a, b) => b.first - a.first)
    .slice(0, 20)
    .map(({ choice }) => ({
      choice,
      took: median(Array.from({ length: TURNS }, () => timed(inputOf(choice)))),
    }))
    .sort((a, b) => b.took - a.took)
  const [worst] = slowest
  if (!worst) throw new Error('there are no combinations')
  return Promise.resolve([
    {
      what: `the slowest of ${all.length} combinations of filters of GET /api/events`,
      ours: ms(worst.took),
      baseline: `median ${ms(median(all.map(({ first }) => first)))}`,
      ratio: '',
      budget: `≤ ${BUDGET_MS} ms`,
      verdict: verdict(worst.took <= BUDGET_MS),
    },
    {
      what: `  ${Object.entries(worst.choice)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ')}`,
      ours: '',
      baseline: '',
      ratio: '',
      budget: '',
      verdict: '',
    },
  ])
}
