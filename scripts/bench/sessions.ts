import type { Answer } from '../../contract/calls.ts'
import { DEFAULT_SETTINGS } from '../../contract/usual-settings.ts'
import { dayRange } from '../../contract/time.ts'
import { eventWrites } from '../../db/events.ts'
import { openWriter } from '../../db/open.ts'
import { sessionKeeper } from '../../server/sessions/keep.ts'
import { ms, perSecond, times, verdict, type Bench, type Result, type Row } from './bench.ts'
import { LAST_DAY, benchZone } from './database.ts'

const REBUILD_BUDGET_S = 60
const KEEP_BUDGET = 10_000
const OTHERS_BUDGET = 5
const PEOPLE = 10
const EVENTS = 20_000
const GROUP = 50

/** Making all sessions anew beside other work, and keeping them as events arrive. */
export const sessions: Row = async (bench) => [...(await rebuilt(bench)), kept(bench)]

async function rebuilt(bench: Bench): Promise<Result[]> {
  const copy = bench.data.copy()
  bench.later(() => copy.remove())
  const hub = await bench.server({ data: copy.folder })
  const { url } = hub
  const read = async <T>(path: string) => (await (await fetch(url + path)).json()) as T
  const progress = () => read<Answer<'sessions.progress'>>('/api/sessions/progress')
  const others = (seconds: number) =>
    bench.load({ url, paths: ['/events?limit=100', `/api/days/${LAST_DAY}`], connections: 2, seconds })
  const idle = await others(3)
  const gapSeconds = DEFAULT_SETTINGS.sessions.gapSeconds + 1
  const began = performance.now()
  await fetch(`${url}/api/settings`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sessions: { gapSeconds } }),
  })
  const busy = await others(5)
  let state = await progress()
  while (!state.complete) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    state = await progress()
  }
  const seconds = (performance.now() - began) / 1000
  await hub.stop()
  const ratio = busy.p99 / idle.p99
  return [
    {
      what: `making the sessions of ${state.total} events anew, beside other requests`,
      ours: `${seconds.toFixed(1)} s`,
      baseline: '',
      ratio: '',
      budget: `≤ ${REBUILD_BUDGET_S} s`,
      verdict: verdict(seconds <= REBUILD_BUDGET_S),
    },
    {
      what: '  p99 of those requests meanwhile, against idle',
      ours: ms(busy.p99),
      baseline: ms(idle.p99),
      ratio: times(ratio),
      budget: `≤ ${OTHERS_BUDGET} ×`,
      verdict: verdict(ratio <= OTHERS_BUDGET),
    },
  ]
}

/** Events of several people in the order of time, in groups as the writer commits them. */
function kept(bench: Bench): Result {
  const copy = bench.data.copy()
  bench.later(() => copy.remove())
  const sql = openWriter(copy.file, 'OFF')
  bench.later(() => sql.close())
  const db = { sql, touch: () => undefined, changed: () => undefined }
  const events = eventWrites(db)
  const keeper = sessionKeeper({ db, zone: benchZone, dayStartMinutes: 0 })
  const people = sql.prepare<[number], number>('SELECT id FROM users LIMIT ?').pluck().all(PEOPLE)
  const { end } = dayRange(LAST_DAY, benchZone)
  let inserting = 0
  let keeping = 0
  sql.exec('BEGIN')
  for (let made = 0; made < EVENTS;) {
    const began = performance.now()
    const newest = sql.prepare<[], number>('SELECT max(id) FROM events').pluck().get() ?? 0
    for (let one = 0; one < GROUP; one++, made++) {
      const start = end + Math.floor(made / PEOPLE) * 40_000
      const title = `Grundriss ${Math.floor(made / 60)} – ${made % 3}.dwg`
      events.insert({
        ...NOTHING,
        user_id: people[made % PEOPLE] ?? null,
        start,
        end: start + 38_000,
        title,
        dedupe: Buffer.from(`bench ${made}`),
      })
    }
    const inserted = performance.now()
    keeper.follow(newest, new Set())
    inserting += inserted - began
    keeping += performance.now() - inserted
  }
  sql.exec('COMMIT')
  const rate = EVENTS / (keeping / 1000)
  return {
    what: `keeping the sessions of ${PEOPLE} people as events arrive, against storing the events`,
    ours: perSecond(rate),
    baseline: perSecond(EVENTS / (inserting / 1000)),
    ratio: times(inserting / keeping),
    budget: `≥ ${KEEP_BUDGET}/s`,
    verdict: verdict(rate >= KEEP_BUDGET),
  }
}

const NOTHING = {
  source: 'window' as const,
  machine: 'PC-1',
  device: null,
  app: 'acad.exe',
  url: null,
  phone_number: null,
  contact: null,
  direction: null,
  private: 0 as const,
  recorded_at: 0,
}
