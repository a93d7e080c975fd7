import { perSecond, times, verdict, type Row } from './bench.ts'
import { ask, type Started } from './processes.ts'
import { cpuMsOf } from './procfs.ts'
import { compare, inTurns } from './stats.ts'

const PATH = '/events?limit=100'
const BUDGET = 0.5
const TURNS = 10
const SECONDS = 2

/** `GET /events?limit=100` while nothing changes, against the same bytes from memory. */
export const unchanged: Row = async (bench) => {
  const ours = await bench.server()
  const baseline = await bench.baseline('bytes', [])
  const bytes = Buffer.from(await (await fetch(ours.url + PATH)).arrayBuffer())
  await ask(baseline.child, { base64: bytes.toString('base64') })

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
  return [
    {
      what: `GET ${PATH}, unchanged data (${(bytes.length / 1024).toFixed(0)} kB)`,
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
  ]
}
