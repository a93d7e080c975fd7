import { OPERATOR } from '../../contract/access.ts'
import { fieldQueries } from '../../server/field/queries.ts'
import { ms, perSecond, times, verdict, type Row } from './bench.ts'
import { benchZone } from './database.ts'
import { cpuMsOf } from './procfs.ts'
import type { Started } from './processes.ts'
import { readOf } from './statements.ts'
import { compare, inTurns, median } from './stats.ts'

const PATH = '/events?limit=100'
const BUDGET = 0.7
const TAIL_BUDGET = 5
const TURNS = 10
const SECONDS = 2

/** The same request with no response kept, against one thread that runs the same SQL. */
export const computed: Row = async (bench) => {
  const read = readOf(bench.data.file, (sql) => {
    const list = fieldQueries['field.events.list'].prepare({
      sql,
      zone: benchZone,
      dayStartMinutes: 0,
      clock: Date.now,
    })
    list({ limit: 100, offset: 0 }, OPERATOR)
  })
  const ours = await bench.server({ args: ['--cache-mb', '0'] })
  const baseline = await bench.baseline('sql', [bench.data.file, JSON.stringify(read)])

  const turn = (of: Started, seconds: number) => async () => {
    const cpu = cpuMsOf(of.pid)
    const result = await bench.load({ url: of.url, paths: [PATH], connections: 10, seconds })
    return { ...result, cpuUs: ((cpuMsOf(of.pid) - cpu) * 1000) / result.requests }
  }
  const sides = (seconds: number) => ({ ours: turn(ours, seconds), baseline: turn(baseline, seconds) })
  await inTurns(2, sides(1))
  const turns = await inTurns(TURNS, sides(SECONDS))

  const speed = compare(turns, (side) => side.perSecond)
  const cpu = compare(turns, (side) => side.cpuUs)
  const tail = median(turns.map(({ ours }) => ours.p99 / ours.p50))
  return [
    {
      what: `GET ${PATH}, every response computed`,
      ours: perSecond(speed.ours),
      baseline: perSecond(speed.baseline),
      ratio: times(speed.ratio),
      budget: `≥ ${BUDGET} ×`,
      verdict: verdict(speed.ratio >= BUDGET),
    },
    {
      what: '  processor time for one',
      ours: `${cpu.ours.toFixed(0)} µs`,
      baseline: `${cpu.baseline.toFixed(0)} µs`,
      ratio: times(cpu.ratio),
      budget: '',
      verdict: '',
    },
    {
      what: '  p99 against p50 under that load',
      ours: ms(median(turns.map(({ ours }) => ours.p99))),
      baseline: `p50 ${ms(median(turns.map(({ ours }) => ours.p50)))}`,
      ratio: times(tail),
      budget: `≤ ${TAIL_BUDGET} ×`,
      verdict: verdict(tail <= TAIL_BUDGET),
    },
  ]
}
