import { OPERATOR, type Viewer } from '../../contract/access.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TABLES, type Table } from '../../contract/hub.ts'
import { systemClock, zone } from '../../contract/time.ts'
import { prepareDatabase } from '../../db/migrate.ts'
import { closeWriter, openReader, openWriter, type Sqlite } from '../../db/open.ts'
import { searchIndex } from '../../db/search-index.ts'
import type { Query, Stream } from './define.ts'
import { queries, streams } from './queries.ts'

/** A statement that was really run, with what it was given. */
type Ran = { text: string; given: unknown[] }

const FROM = Date.parse('2026-11-23T23:00:00Z')
const TO = FROM + 86_400_000

/** Every combination of these fields with and without their value. */
function combinations<T extends object>(fields: T): Partial<T>[] {
  return Object.entries(fields).reduce<Partial<T>[]>(
    (all, [key, value]) => [...all, ...all.map((one) => ({ ...one, [key]: value as unknown }) as Partial<T>)],
    [{}],
  )
}

const lists = combinations({ from: FROM, to: TO, user: 'anna', source: 'window', cursor: `${FROM}.5` })
const residual = [{}, { assigned: true }, { assigned: false }, { private: true }, { ignored: false }]
const day = { day: '2026-11-24' }
const days = { from: '2026-11-01', to: '2026-11-30' }
const range = combinations({ from: FROM, to: TO })
const exported = combinations({ user: 'anna', source: 'phone', project: 1 })

/** What is left out for a person is left out by other statements than for the operator. */
const VIEWERS: readonly Viewer[] = [
  OPERATOR,
  { kind: 'user', id: 1, handle: 'anna', role: 'admin', at: 'browser', login: 1, device: null },
]

/** What each query may be asked; a query that is missing here fails the test. */
const INPUTS: Record<keyof typeof queries, object[]> = {
  'events.list': (['newest', 'oldest'] as const).flatMap((order) =>
    lists.flatMap((filter) =>
      residual.flatMap((rest) => [
        { ...filter, ...rest, order, limit: 100, deleted: false },
        { ...filter, ...rest, order, limit: 100, deleted: false, text: 'statik plan' },
      ]),
    ),
  ),
  'events.get': [{ id: 1 }],
  'days.get': [day, { ...day, user: 'anna' }],
  'days.summary': [day],
  'users.list': [{}],
  'projects.list': [{ archived: false }, { archived: true }],
  'import.preview': [{ bytes: new TextEncoder().encode('Projekte;Arbeitspaket\nHalle;Planung\n') }],
  'batches.list': [{ limit: 20 }],
  'sessions.preview': [day, { ...day, user: 'anna', gapSeconds: 60 }],
  'sessions.progress': [{}],
  'people.list': [{}],
  'devices.list': [{}],
  'logins.list': [{}],
  'me.get': [{}],
  'kiosk.idle': [{}],
  'kiosk.review': [{ titles: 'false' }, { titles: 'true' }],
  'access.list': [{}],
  'access.secretsOf': [{ handle: 'anna' }, { id: 1 }, { badge: new Uint8Array(32) }],
  'access.ofTicket': [{ ticket: new Uint8Array(32) }],
  'settings.get': [{}],
  'weeks.get': [day, { ...day, user: 'anna' }],
  'suggestions.ofDay': [day, { ...day, user: 'anna' }],
  'attendance.now': [{ user: 'anna' }],
  'attendance.days': [{ ...days, user: 'anna' }],
  'attendance.who': [{}],
  'corrections.list': [{}, { state: 'open' }],
  'rules.list': [{}],
  'rules.export': [{}],
  'assignments.why': [{ id: 1 }],
  'export.preview': exported.flatMap((one) => [
    { ...one, includePrivate: true },
    { ...one, ...days, includePrivate: false },
  ]),
  'field.events.list': combinations({ from: FROM, to: TO, user: 'anna', source: 'phone' }).map((one) => ({
    ...one,
    limit: 100,
    offset: 0,
  })),
  'field.event': [{ id: 1 }],
  'field.projects.list': [{}],
  'field.projects.archived': [{ name: 'Halle' }],
  'field.milestones.list': [{}, { project: 1 }],
  'field.milestones.archived': [{ project: 1, name: 'Planung' }],
  'field.assignments.list': range.map((one) => ({ ...one, limit: 1000 })),
  'field.rules.list': [{}],
  'field.rule.conditions': [{ id: 1 }],
  'field.sessions.list': combinations({ from: FROM, to: TO, user: 'anna' }).map((one) => ({
    ...one,
    limit: 100,
    offset: 0,
  })),
  'field.sessions.count': combinations({ from: FROM, to: TO, user: 'anna' }),
  'field.session': [{ id: 1 }],
  'field.assignment': [{ id: 1 }, { event: 1 }],
}
const STREAMED: Record<keyof typeof streams, object[]> = {
  'rules.preview': [
    days,
    { ...days, rule: 1 },
    { ...days, draft: { name: 'x', conditions: { app: 'x' }, target: { projectId: 1 } } },
  ],
  'rules.propose': [{ eventIds: [1] }],
  'rules.check': [{ days: 90 }],
  'export.csv': exported.flatMap((one) =>
    range.map((times) => ({ ...one, ...times, includePrivate: false, format: 'field' })),
  ),
}

// One row of each, so that queries run to their end; the planner is told of a million.
const ROWS = `
INSERT INTO users (id, handle, name) VALUES (1, 'anna', 'Anna');
INSERT INTO projects (id, name) VALUES (1, 'Halle');
INSERT INTO milestones (id, project_id, name) VALUES (1, 1, 'Planung');
INSERT INTO events (id, source, user_id, start, "end", title, dedupe, recorded_at)
  VALUES (1, 'window', 1, ${FROM}, ${FROM + 1000}, 'Statik Plan', x'01', 0);
INSERT INTO sessions (id, user_id, day, stream, title, start, "end", active_ms, event_count, break_count)
  VALUES (1, 1, '2026-11-24', 'window:', 'Statik', ${FROM}, ${FROM + 1000}, 1000, 1, 0);
INSERT INTO assignment_rules (id, name, priority, conditions, project_id, milestone_id)
  VALUES (1, 'Statik', 1, '{"titleContains":"statik"}', 1, 1);
INSERT INTO rule_versions (rule_id, version, at, definition) VALUES (1, 1, 0, '{"name":"Statik","conditions":{}}');
INSERT INTO assignments (event_id, project_id, milestone_id, source, rule_id, rule_version) VALUES (1, 1, 1, 'rule', 1, 1);
INSERT INTO events (id, source, user_id, start, "end", title, dedupe, recorded_at)
  VALUES (2, 'window', 1, ${FROM + 1000}, ${FROM + 2000}, 'Statik', x'02', 0);
INSERT INTO batches (id, kind, at, row_count) VALUES (1, 'assign', 0, 1);
INSERT INTO batch_rows (batch_id, event_id) VALUES (1, 1);
INSERT INTO corrections (id, user_id, key, day, at, reason, wanted, state)
  VALUES (1, 1, 'k', '2026-11-24', ${FROM}, 'vergessen', '{"voids":[1],"adds":[]}', 'open');
INSERT INTO punches (id, user_id, key, kind, at, recorded_at) VALUES (1, 1, 'k', 'in', ${FROM}, ${FROM});
INSERT INTO running_work (user_id, key, project_id, milestone_id, started_at) VALUES (1, 'k', 1, 1, ${FROM});
`
const STATISTICS = `
ANALYZE;
DELETE FROM sqlite_stat1;
DELETE FROM sqlite_stat4;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('events', 'events_start', '1000000 10'),
  ('events', 'events_user_start', '1000000 100000 1'),
  ('events', 'events_source_start', '1000000 250000 7'),
  ('events', 'events_user_source_start', '1000000 100000 25000 1'),
  ('events', 'events_deleted', '5000 2'),
  ('events', 'events_long', '200 1'),
  ('events', 'sqlite_autoindex_events_1', '1000000 1'),
  ('assignments', 'sqlite_autoindex_assignments_1', '600000 1'),
  ('assignments', 'assignments_project', '600000 6000'),
  ('assignments', 'assignments_milestone', '600000 1200 1200'),
  ('assignments', 'assignments_batch', '600000 20'),
  ('milestones', 'sqlite_autoindex_milestones_1', '500 5 1'),
  ('projects', 'sqlite_autoindex_projects_1', '100 1'),
  ('users', 'sqlite_autoindex_users_1', '10 1'),
  ('punches', 'punches_user_at', '200000 20000 1'),
  ('corrections', 'corrections_user_day', '5000 500 1'),
  ('batches', NULL, '30000');
`

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'timetrack-'))
  for (const name of ['new', 'full']) {
    const file = join(folder, name)
    prepareDatabase(file, 0)
    const sql = openWriter(file)
    sql.exec(ROWS)
    searchIndex(sql).add(0)
    if (name === 'full') sql.exec(STATISTICS)
    closeWriter(sql)
  }
})
afterAll(() => {
  for (const sql of plain.values()) sql.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A connection that remembers every statement that is run through it. */
function watched(file: string): { sql: Sqlite; ran: Map<string, Ran> } {
  const sql = openReader(file)
  const ran = new Map<string, Ran>()
  const prepare = sql.prepare.bind(sql) as (text: string) => object
  const watch = (text: string, statement: object): object =>
    new Proxy(statement, {
      get(target, property) {
        const method = Reflect.get(target, property) as (...given: unknown[]) => unknown
        if (property === 'pluck') return () => watch(text, method.call(target) as object)
        if (!['get', 'all', 'iterate'].includes(String(property))) return method
        return (...given: unknown[]) => {
          ran.set(text, { text, given })
          return method.apply(target, given)
        }
      },
    })
  sql.prepare = ((text: string) => watch(text, prepare(text))) as typeof sql.prepare
  return { sql, ran }
}

/** Runs `work` and returns the statements that it ran. */
function statementsOf(file: string, work: (sql: Sqlite) => void): Ran[] {
  const { sql, ran } = watched(file)
  try {
    work(sql)
    return [...ran.values()]
  } finally {
    sql.close()
  }
}

const calendar = { zone: zone('Europe/Berlin'), dayStartMinutes: 0, clock: systemClock }

function ofQuery(file: string, name: string): Ran[] {
  return statementsOf(file, (sql) => {
    const query = queries[name as keyof typeof queries] as unknown as Query<object, unknown>
    const run = query.prepare({ sql, ...calendar })
    for (const input of INPUTS[name as keyof typeof queries]) for (const viewer of VIEWERS) run(input, viewer)
  })
}

function ofStream(file: string, name: string): Ran[] {
  return statementsOf(file, (sql) => {
    const stream = streams[name as keyof typeof streams] as unknown as Stream<object>
    const run = stream.prepare({ sql, ...calendar })
    for (const input of STREAMED[name as keyof typeof streams]) Array.from(run(input, OPERATOR))
  })
}

const plain = new Map<string, Sqlite>()

function explain(file: string, { text, given }: Ran, how: string): Record<string, unknown>[] {
  const sql = plain.get(file) ?? openReader(file)
  plain.set(file, sql)
  return sql.prepare(`${how} ${text}`).all(...given) as Record<string, unknown>[]
}
const planOf = (file: string, ran: Ran) =>
  explain(file, ran, 'EXPLAIN QUERY PLAN').map(({ detail }) => String(detail))

/** Steps of a plan that would read a large table from end to end. */
function scansOf(file: string, ran: Ran): string[] {
  const inOrder = /ORDER BY a\.id DESC\s+LIMIT/.test(ran.text) // the newest assignments, by their key
  // A sum of everything reads everything.
  if (
    /SELECT (count|coalesce\(sum)/.test(ran.text) &&
    !/e\.start [<>]|project_id =|user_id =|source =/.test(ran.text)
  )
    return []
  return planOf(file, ran).filter(
    (step) =>
      /AUTOMATIC/.test(step) ||
      /^SCAN (e|events|batch_rows|punches)\b(?!.* USING (COVERING )?INDEX)/.test(step) ||
      (/^SCAN (a|assignments)\b(?!.* USING (COVERING )?INDEX)/.test(step) && !inOrder),
  )
}

describe.each(['new', 'full'])('with the statistics of a %s database', (which) => {
  const file = () => join(folder, which)

  test.each(Object.keys(queries))('%s reads no large table from end to end', (name) => {
    for (const ran of ofQuery(file(), name))
      expect({ text: ran.text, scans: scansOf(file(), ran) }).toMatchObject({ scans: [] })
  })

  test.each(Object.keys(streams))('%s streams without reading a large table out of order', (name) => {
    for (const ran of ofStream(file(), name)) {
      expect({ text: ran.text, scans: scansOf(file(), ran) }).toMatchObject({ scans: [] })
      expect(
        planOf(file(), ran).filter((step) => step.includes('TEMP B-TREE')),
        ran.text,
      ).toEqual([])
    }
  })

  test.each<[keyof typeof queries, (text: string) => boolean]>([
    ['events.list', (text) => !text.includes('events_fts')],
    ['field.events.list', (text) => !text.includes('UNION')],
    ['days.get', () => true],
    ['days.summary', (text) => text.startsWith('SELECT e.user_id')],
    ['batches.list', () => true],
    ['export.preview', (text) => text.includes('LIMIT')],
  ])('%s sorts nothing: an index has the order', (name, isMeant) => {
    for (const ran of ofQuery(file(), name).filter(({ text }) => isMeant(text)))
      expect(
        planOf(file(), ran).filter((step) => step.includes('TEMP B-TREE')),
        ran.text,
      ).toEqual([])
  })

  test.each(['user', 'source', 'both', 'neither'])(
    'a page of events by %s starts in the index for it',
    (by) => {
      const filter = {
        ...(by !== 'source' && by !== 'neither' && { user: 'anna' }),
        ...(by !== 'user' && by !== 'neither' && { source: 'window' }),
      }
      const index = {
        user: 'events_user_start',
        source: 'events_source_start',
        both: 'events_user_source_start',
        neither: 'events_start',
      }[by]
      const [ran] = statementsOf(file(), (sql) => {
        const run = (queries['events.list'] as unknown as Query<object, unknown>).prepare({
          sql,
          ...calendar,
        })
        run({ ...filter, order: 'newest', limit: 100, deleted: false, from: FROM, to: TO }, OPERATOR)
      }).filter(({ text }) => text.includes('FROM events'))
      expect(ran && planOf(file(), ran).join('\n')).toMatch(
        new RegExp(`SEARCH events USING (COVERING )?INDEX ${index} `),
      )
    },
  )
})

/** Tables that stand for a change of others: kept by triggers, or written together with them. */
const FOLLOWS: Record<string, Table[]> = {
  batch_rows: ['batches'],
  booked: ['assignments', 'events'],
  rules_state: ['assignment_rules', 'projects', 'milestones'],
  rule_versions: ['assignment_rules'],
}

/** Tables that a statement really opens, by the root pages in its program. */
function opened(file: string, ran: Ran): Table[] {
  const sql = openReader(file)
  const schema = sql.prepare('SELECT rootpage, tbl_name FROM sqlite_schema').all() as {
    rootpage: number
    tbl_name: string
  }[]
  sql.close()
  const names = new Map(schema.map(({ rootpage, tbl_name }) => [rootpage, tbl_name]))
  const found = explain(file, ran, 'EXPLAIN')
    .filter(({ opcode }) => opcode === 'OpenRead')
    .map(({ p2 }) => names.get(Number(p2)) ?? `page ${String(p2)}`)
  if (ran.text.includes('events_fts')) found.push('events')
  return found.flatMap((name) => FOLLOWS[name] ?? [name as Table])
}

describe('what a query says that it reads', () => {
  test.each(Object.keys(queries))('is all that %s reads', (name) => {
    const file = join(folder, 'new')
    const { reads } = queries[name as keyof typeof queries]
    const real = new Set(ofQuery(file, name).flatMap((ran) => opened(file, ran)))
    expect(real.size).toBeGreaterThan(0)
    for (const table of real) expect(TABLES).toContain(table)
    expect(reads).toEqual(expect.arrayContaining([...real]))
  })
})
