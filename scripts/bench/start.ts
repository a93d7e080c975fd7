import { addDays } from '../../contract/time.ts'
import { demoPeople } from '../demo/people.ts'
import { mb, ms, verdict, type Row } from './bench.ts'
import { LAST_DAY, PEOPLE } from './database.ts'
import { cpuMsOf, watchMemory } from './procfs.ts'
import { median } from './stats.ts'

const READY_BUDGET_MS = 1500
const MEMORY_BUDGET_MB = 200
const STARTS = 5
const RATE = 50
const SECONDS = 20

/** How soon a hub with a full database answers, and what it weighs while it works. */
export const start: Row = async (bench) => {
  const took: number[] = []
  const cpu: number[] = []
  // The first one compiles what later ones find compiled: an update's price, not every morning's.
  for (let n = 0; n <= STARTS; n++) {
    const began = performance.now()
    const server = await bench.server()
    const { status } = await fetch(`${server.url}/health`)
    if (status !== 200) throw new Error(`/health answered ${status}`)
    if (n > 0) took.push(performance.now() - began)
    if (n > 0) cpu.push(cpuMsOf(server.pid))
    await server.stop()
  }

  const server = await bench.server()
  const memory = watchMemory(server.pid)
  const load = await bench.load({
    url: server.url,
    paths: everydayPaths(),
    connections: 5,
    rate: RATE,
    seconds: SECONDS,
  })
  const peak = memory.stop()
  return [
    {
      what: `start to the first answer, median of ${STARTS}`,
      ours: ms(median(took)),
      baseline: `${ms(median(cpu))} of processor`,
      ratio: '',
      budget: `≤ ${READY_BUDGET_MS} ms`,
      verdict: verdict(median(took) <= READY_BUDGET_MS),
    },
    {
      what: `memory at ${load.perSecond.toFixed(0)} requests a second, p99 ${ms(load.p99)} own (with mapped files)`,
      ours: `${mb(peak.own)} (${mb(peak.rss)})`,
      baseline: '',
      ratio: '',
      budget: `≤ ${MEMORY_BUDGET_MB} MB`,
      verdict: verdict(peak.own <= MEMORY_BUDGET_MB),
    },
  ]
}

/** What an office asks in the course of a morning: days of everybody, lists, a search, projects. */
function everydayPaths(): string[] {
  return demoPeople(PEOPLE).flatMap(({ handle }, back) => {
    const day = addDays(LAST_DAY, -back)
    return [
      `/api/days/${day}?user=${handle}`,
      `/api/days/${day}/summary`,
      `/api/events?user=${handle}&limit=100`,
      `/api/events?text=autocad&user=${handle}&to=${day}T12:00:00Z`,
      '/events?limit=100',
      '/api/projects',
    ]
  })
}
