import { OPERATOR } from '../../contract/access.ts'
import { addDays } from '../../contract/time.ts'
import { openReader } from '../../db/open.ts'
import { eventQueries } from '../../server/events/queries.ts'
import { demoPeople } from '../demo/people.ts'
import { ms, times, verdict, type Row } from './bench.ts'
import { LAST_DAY, PEOPLE, benchZone } from './database.ts'
import { readOf } from './statements.ts'
import { compare, inTurns } from './stats.ts'

const BUDGET = 1.5
const TURNS = 15
const DAYS = 14

/** One person's day as a reader answers it, against raw `.all()` and `JSON.stringify`, in this process. */
export const day: Row = async (bench) => {
  const inputs = demoPeople(PEOPLE).flatMap(({ handle }) =>
    Array.from({ length: DAYS }, (_, back) => ({ day: addDays(LAST_DAY, -back), user: handle })),
  )
  const context = { zone: benchZone, dayStartMinutes: 0, clock: Date.now }
  const reads = inputs.map((input) =>
    readOf(
      bench.data.file,
      (sql) => void eventQueries['days.get'].prepare({ sql, ...context })(input, OPERATOR),
    ),
  )
  const sql = openReader(bench.data.file)
  bench.later(() => sql.close())
  const query = eventQueries['days.get'].prepare({ sql, ...context })
  const raw = sql.prepare(reads[0]?.sql ?? '')

  const timed = (run: () => number) => () => {
    const began = performance.now()
    const bytes = run()
    if (bytes === 0) throw new Error('the days are empty')
    return (performance.now() - began) / inputs.length
  }
  const sides = {
    ours: timed(() =>
      inputs.reduce((bytes, input) => bytes + JSON.stringify(query(input, OPERATOR)).length, 0),
    ),
    baseline: timed(() =>
      reads.reduce((bytes, { args }) => bytes + JSON.stringify(raw.all(...args)).length, 0),
    ),
  }
  await inTurns(5, sides)
  const { ours, baseline, ratio } = compare(await inTurns(TURNS, sides), (side) => side)
  return [
    {
      what: `one day of one person, ${inputs.length} of them`,
      ours: ms(ours),
      baseline: ms(baseline),
      ratio: times(ratio),
      budget: `≤ ${BUDGET} ×`,
      verdict: verdict(ratio <= BUDGET),
    },
  ]
}
