import { OPERATOR } from '../../contract/access.ts'
import { RULE_LIMITS } from '../../contract/rule-limits.ts'
import { addDays } from '../../contract/time.ts'
import { openReader } from '../../db/open.ts'
import { bookMaker, type Matchable } from '../../server/rules/book.ts'
import { conditionsOf } from '../../server/rules/conditions.ts'
import { checkRegex, lazyRegex } from '../../server/rules/regex.ts'
import { ruleStreams } from '../../server/rules/streams.ts'
import { subjectOf, type RuleEvent } from '../../server/rules/subject.ts'
import { ms, perSecond, times, verdict, type Bench, type Result, type Row } from './bench.ts'
import { LAST_DAY, benchZone } from './database.ts'
import { readOf } from './statements.ts'
import { compare, inTurns, median } from './stats.ts'

const EVENTS = 10_000
const PER_SECOND_BUDGET = 200_000
const MANY_PER_SECOND_BUDGET = 20_000
/** One title, before a commit goes on without the others. */
const WORST_BUDGET_MS = 2000
const DRY_RUN_BUDGET = 3
const OTHERS_BUDGET = 3
const SECONDS = 8

/** Rules looked at for each event: what that costs, at worst too, and over a year of the past. */
export const rules: Row = async (bench) => {
  const events = distinctEvents(bench)
  return [
    speed(events, 500, PER_SECOND_BUDGET),
    speed(events, RULE_LIMITS.rules, MANY_PER_SECOND_BUDGET),
    worst(),
    ...(await dryRun(bench)),
  ]
}

/** Events of which no two look alike to rules. */
function distinctEvents(bench: Bench): RuleEvent[] {
  const sql = openReader(bench.data.file)
  bench.later(() => sql.close())
  return sql
    .prepare<[number], RuleEvent>(
      `SELECT DISTINCT source, user_id, title, app, url, phone_number, contact FROM
         (SELECT * FROM events WHERE deleted_at IS NULL ORDER BY start DESC LIMIT 200000) LIMIT ?`,
    )
    .all(EVENTS)
}

const APPS = [
  'acad',
  'revit',
  'excel',
  'winword',
  'orcaava',
  'rfem6',
  'outlook',
  'chrome',
  'teams',
  'acrobat',
]

/** As an office has them: mostly a program and a piece of a title, some patterns, addresses and numbers. */
function officeRules(count: number): Matchable[] {
  return Array.from({ length: count }, (_, index) => {
    const number = 2400 + index
    const app = APPS[index % APPS.length] ?? 'acad'
    // Regular expressions of ten thousand rules would be more than there may be.
    const kind = count > 1000 && index > 1000 ? index % 5 : index % 10
    const conditions = [
      { app, titleContains: `${number}_` },
      { app, titleContains: `${number}_WHN` },
      { titleContains: `Projekt ${number}` },
      { url: `projektraum.example/p${number}` },
      { phone: `+4930231${number}` },
      { app: `${app}*`, titleContains: `KSH_${index}` },
      { titleRegex: `\\b${number}_[A-Z]{3}_(Plan|Grundriss)` },
      { titleRegex: `(Halle|Brücke|Kita) ?${number}` },
      { contact: `Frau ${number}` },
      { app, titleRegex: `^(AW|WG): .*${number}` },
    ][kind] ?? { app }
    return { id: index + 1, user_id: index % 20 === 0 ? 1 : null, conditions }
  })
}

function speed(events: readonly RuleEvent[], count: number, budget: number): Result {
  const list = officeRules(count)
  const book = bookMaker()(list)
  const tried = list.map(({ user_id, conditions }) => ({
    user_id,
    conditions: conditionsOf(conditions, (pattern) => lazyRegex(pattern, count)),
  }))
  const perEvent = (of: readonly RuleEvent[], first: (event: RuleEvent) => unknown) => {
    const began = performance.now()
    for (const event of of) first(event)
    return (performance.now() - began) / of.length
  }
  const each = (event: RuleEvent) => {
    const subject = subjectOf(event)
    return tried.find(
      ({ user_id, conditions }) =>
        (user_id === null || user_id === event.user_id) && conditions.every((one) => one.holds(subject)),
    )
  }
  const few = events.slice(0, Math.ceil((500 / count) * 2000))
  for (let turn = 0; turn < 3; turn++) perEvent(events, book.first)
  const ours = median(Array.from({ length: 7 }, () => perEvent(events, book.first)))
  const baseline = median(Array.from({ length: 3 }, () => perEvent(few, each)))
  return {
    what: `${count} rules looked at for each of ${events.length} different events, against trying each rule`,
    ours: perSecond(1000 / ours),
    baseline: perSecond(1000 / baseline),
    ratio: times(baseline / ours),
    budget: `≥ ${budget}/s`,
    verdict: verdict(1000 / ours >= budget),
  }
}

/** As many regular expressions as there may be, each of which drives an engine to its limits. */
function worst(): Result {
  const list: Matchable[] = []
  for (let size = 0, index = 0; ; index++) {
    const titleRegex = `(a|b)*a(a|b){${10 + (index % 20)}}${index}?c`
    const verdictOf = checkRegex(titleRegex)
    size += 'size' in verdictOf ? verdictOf.size : 0
    if (size > RULE_LIMITS.allRegexSize) break
    list.push({ id: index + 1, user_id: null, conditions: { titleRegex } })
  }
  const book = bookMaker()(list)
  let state = 7
  const letter = () => 'ab'[((state = (state * 1103515245 + 12345) & 0x7fffffff) >> 16) & 1] ?? 'a'
  const took = Array.from({ length: 5 }, () => {
    const title = Array.from({ length: RULE_LIMITS.scanned }, letter).join('')
    const began = performance.now()
    book.first({
      source: 'window',
      user_id: 1,
      title,
      app: 'x',
      url: null,
      phone_number: null,
      contact: null,
    })
    return performance.now() - began
  })
  return {
    what: `  at worst: ${list.length} hostile regular expressions, a title of ${RULE_LIMITS.scanned} letters`,
    ours: ms(Math.max(...took)),
    baseline: `median ${ms(median(took))}`,
    ratio: '',
    budget: `≤ ${WORST_BUDGET_MS} ms`,
    verdict: verdict(Math.max(...took) <= WORST_BUDGET_MS),
  }
}

/** The rules of the demo office over the last year, against reading the same rows; and beside other requests. */
async function dryRun(bench: Bench): Promise<Result[]> {
  const range = { from: addDays(LAST_DAY, -365), to: LAST_DAY }
  const context = { zone: benchZone, dayStartMinutes: 0, clock: Date.now }
  const preview = (sql: ReturnType<typeof openReader>) =>
    ruleStreams['rules.preview'].prepare({ sql, ...context })(range, OPERATOR)
  const read = readOf(bench.data.file, (sql) => {
    const lines = preview(sql)[Symbol.iterator]()
    lines.next()
    lines.next()
    lines.return?.()
  })
  const sql = openReader(bench.data.file)
  bench.later(() => sql.close())
  const raw = sql.prepare(read.sql)
  let rows = 0
  const sides = {
    ours: () => {
      const began = performance.now()
      for (const line of preview(sql)) if (line.length > 1e6) throw new Error('a line is too long')
      return performance.now() - began
    },
    baseline: () => {
      const began = performance.now()
      rows = 0
      for (const row of raw.iterate(...read.args)) rows += row === null ? 0 : 1
      return performance.now() - began
    },
  }
  const { ours, baseline, ratio } = compare(await inTurns(3, sides), (side) => side)
  return [
    {
      what: `dry run over a year, ${rows} events, against reading their rows`,
      ours: `${(ours / 1000).toFixed(1)} s`,
      baseline: `${(baseline / 1000).toFixed(1)} s`,
      ratio: times(ratio),
      budget: `≤ ${DRY_RUN_BUDGET} ×`,
      verdict: verdict(ratio <= DRY_RUN_BUDGET),
    },
    await besideOthers(bench, range),
  ]
}

async function besideOthers(bench: Bench, range: object): Promise<Result> {
  // Nothing kept: others must really be computed for.
  const { url } = await bench.server({ args: ['--cache-mb', '0'] })
  const others = {
    url,
    paths: ['/events?limit=100', `/api/days/${LAST_DAY}?user=anna`],
    connections: 5,
    rate: 50,
  }
  await bench.load({ ...others, seconds: 3 })
  const idle = await bench.load({ ...others, seconds: SECONDS })
  let isLoaded = true
  const running = (async () => {
    while (isLoaded) {
      const answer = await fetch(`${url}/api/rules/preview`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(range),
      })
      if (!(await answer.text()).includes('"result"')) throw new Error('the dry run has no result')
    }
  })()
  const busy = await bench.load({ ...others, seconds: SECONDS })
  isLoaded = false
  await running
  const ratio = busy.p99 / idle.p99
  return {
    what: '  p99 of other requests meanwhile, against idle',
    ours: ms(busy.p99),
    baseline: ms(idle.p99),
    ratio: times(ratio),
    budget: `≤ ${OTHERS_BUDGET} ×`,
    verdict: verdict(ratio <= OTHERS_BUDGET),
  }
}
