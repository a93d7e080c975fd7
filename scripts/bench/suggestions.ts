import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { addDays, dayRange } from '../../contract/time.ts'
import { explainedReads } from '../../db/explained.ts'
import { openReader, type Sqlite } from '../../db/open.ts'
import { projectReads } from '../../db/projects.ts'
import { userReads } from '../../db/users.ts'
import { learn, targetKey } from '../../server/suggestions/model.ts'
import { candidatesOf } from '../../server/suggestions/queries.ts'
import { examplesOf, groupFeatures, groupsOf, neighboursOf } from '../../server/suggestions/stretches.ts'
import { fillDatabase } from '../demo/fill.ts'
import { verdict, type Result, type Row } from './bench.ts'
import { LAST_DAY, ZONE, benchZone } from './database.ts'

const DAYS = 30
/** A person of whom less is known has just begun. */
const ENOUGH = 20
/** Shorter stretches are small change, which is not decided on one by one. */
const WORTH_MS = 120_000
const BUDGET = 0.9

type Hits = { of: number; first: number; three: number; mostFrequent: number; previous: number }

/**
 * How often suggestions hit on the demo month: each day is held out and explained in the order of time, from
 * what was explained before it; against always proposing the most frequent target, and the previous one.
 */
export const suggestions: Row = (bench) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'timetrack-bench-suggestions-'))
  bench.later(() => rmSync(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'timetrack.db')
  const now = dayRange(LAST_DAY, benchZone).end
  // Rules repeat themselves: what a person decides is harder to foresee.
  fillDatabase(file, { now, zone: ZONE, lastDay: LAST_DAY, days: DAYS, rules: false })
  const sql = openReader(file)
  bench.later(() => sql.close())
  const hits: Hits = { of: 0, first: 0, three: 0, mostFrequent: 0, previous: 0 }
  const people = userReads(sql)
  for (const { handle } of people.all()) {
    const user = people.idOf(handle)
    for (let back = 0; user !== undefined && back < DAYS; back++)
      holdOut(sql, user, addDays(LAST_DAY, -back), hits)
  }
  const share = (count: number) => `${((count / hits.of) * 100).toFixed(1)} %`
  const row = (
    what: string,
    ours: number,
    baseline: number,
    name: string,
    budget: string,
    isFine: boolean,
  ): Result => ({
    what,
    ours: share(ours),
    baseline: `${name} ${share(baseline)}`,
    ratio: '',
    budget,
    verdict: verdict(isFine),
  })
  const { of, first, three, mostFrequent, previous } = hits
  const best = Math.max(mostFrequent, previous)
  return Promise.resolve([
    row(
      `suggestions: the first is right, of ${of} stretches`,
      first,
      mostFrequent,
      'most frequent',
      '> the better of both',
      first > best,
    ),
    row('  one of three is right', three, previous, 'previous', `≥ ${BUDGET * 100} %`, three / of >= BUDGET),
  ])
}

function holdOut(sql: Sqlite, user: number, day: string, hits: Hits): void {
  const explained = explainedReads(sql)
  const { start, end } = dayRange(day, benchZone)
  const past = explained.latest({ user, from: addDaysMs(start, -60), to: start }, 6000)
  const examples = examplesOf(groupsOf(past), benchZone)
  if (examples.length < ENOUGH) return
  const groups = groupsOf(explained.all({ user, from: start, to: end }, 5000))
    .filter((group) => group.target !== null && group.end - group.start >= WORTH_MS)
    .sort((a, b) => a.start - b.start)
  const suggest = learn(examples, candidatesOf(projectReads(sql), examples), end)
  const usual = [...Map.groupBy(examples, ({ target }) => targetKey(target))].sort(
    (a, b) => b[1].length - a[1].length,
  )[0]?.[0]
  let last = usual
  for (const group of groups) {
    if (!group.target) continue
    const wanted = targetKey(group.target)
    const before = groups.filter((other) => other.end <= group.start)
    const offers = suggest(groupFeatures(group, benchZone), neighboursOf(group, before)).map(targetKey)
    hits.of++
    hits.first += Number(offers[0] === wanted)
    hits.three += Number(offers.includes(wanted))
    hits.mostFrequent += Number(usual === wanted)
    hits.previous += Number(last === wanted)
    last = wanted
  }
}

const addDaysMs = (at: number, days: number) => at + days * 86_400_000
