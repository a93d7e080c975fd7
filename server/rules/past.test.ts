import { OPERATOR } from '../../contract/access.ts'
import { request } from 'node:http'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Rule } from '../../contract/rule.ts'
import type { ApplyLine, PreviewLine, RulePreview } from '../../contract/rules.ts'
import { openWriter } from '../../db/open.ts'
import { linesOf } from '../testing/lines.ts'
import { assign, makeMilestone, makeProject, makeRule, record, type SentEvent } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
let project: number
let a: number
let b: number
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

const HOUR = 3_600_000
const DAY = { from: '2026-11-24', to: '2026-11-24' }

// Every test has a day of its own, and a project without hours.
let day = 0
let range = DAY
const at = (hour: number) => `${range.from}T${String(hour).padStart(2, '0')}:00:00+01:00`
const events = (...list: Partial<SentEvent>[]) =>
  record(world, ...list.map((event, index) => ({ start: at(8 + index), ...event })))

beforeEach(async () => {
  for (const { id } of ((await world.get('/api/rules')).json as { items: Rule[] }).items)
    await world.send(`/api/rules/${id}`, { method: 'DELETE' })
  const date = `2025-01-${String(++day).padStart(2, '0')}`
  range = { from: date, to: date }
  project = await makeProject(world)
  a = await makeMilestone(world, project, { plannedHours: 10, doneBefore: 1 })
  b = await makeMilestone(world, project, { plannedHours: 2 })
})

const to = (milestoneId: number | null, more: object = {}) => ({ projectId: project, milestoneId, ...more })
const place = (milestoneId: number | null) => ({ projectId: project, milestoneId })

async function preview(body: object = {}): Promise<RulePreview> {
  const lines = await linesOf<PreviewLine>(world, '/api/rules/preview', { ...range, ...body })
  const last = lines.at(-1)
  if (!last || !('result' in last)) throw new Error('no result')
  return last.result
}
async function apply(body: object = {}): Promise<{ batch: number | null; changed: number }> {
  const last = (await linesOf<ApplyLine>(world, '/api/rules/apply', { ...range, ...body })).at(-1)
  if (!last || !('result' in last)) throw new Error(`no result: ${JSON.stringify(last)}`)
  return last.result
}
const undo = async (batch: number | null) =>
  (await world.call('POST', `/api/batches/${String(batch)}/undo`, {})).json as {
    restored: number[]
    left: number[]
  }

/** Everything that is assigned, but for the action it belongs to. */
const assignments = () =>
  world.rows(
    'SELECT id, event_id, project_id, milestone_id, activity, comment, source, rule_id, rule_version FROM assignments ORDER BY event_id',
  )
const booked = () => world.rows('SELECT project_id, milestone_id, ms FROM booked WHERE ms <> 0 ORDER BY 1, 2')

describe('a dry run', () => {
  test('says in hours what moves from where to where, and what it does to budgets', async () => {
    const [one = 0, , three = 0] = await events(
      { title: 'WHN eins' },
      { title: 'WHN zwei' },
      { title: 'KSH drei' },
      { title: 'WHN vier' },
    )
    const rule = await makeRule(world, { conditions: { titleContains: 'KSH' }, target: to(b) })
    await apply({ rule })
    await makeRule(world, { conditions: { titleContains: 'WHN' }, target: to(a) })
    await world.call('PATCH', `/api/rules/${rule}`, { target: to(a) })
    const before = [assignments(), world.counts()]
    expect(await preview()).toEqual({
      events: 4,
      caught: { events: 4, ms: 4 * HOUR, samples: expect.any(Array) },
      changed: { events: 4, ms: 4 * HOUR },
      places: [
        { place: place(a), ms: 0, newMs: 4 * HOUR },
        { place: null, ms: 3 * HOUR, newMs: 0 },
        { place: place(b), ms: HOUR, newMs: 0 },
      ],
      moves: [
        { from: null, to: place(a), events: 3, ms: 3 * HOUR },
        { from: place(b), to: place(a), events: 1, ms: HOUR },
      ],
      described: { events: 0, ms: 0 },
      held: [],
      budgets: expect.arrayContaining([
        { ...place(a), plannedHours: 10, doneHours: 1, newDoneHours: 5 },
        { ...place(b), plannedHours: 2, doneHours: 1, newDoneHours: 0 },
      ]),
    })
    expect([assignments(), world.counts()]).toEqual(before)
    expect([one, three]).not.toContain(0)
  })

  test('of a draft shows what it alone would do, and stores nothing', async () => {
    await events({ title: 'WHN' }, { title: 'KSH' }, { title: 'Plan' })
    await makeRule(world, { priority: 5, conditions: { titleContains: 'KSH' }, target: to(b) })
    const before = [assignments(), world.counts()]
    const draft = { name: 'Neu', conditions: { app: '*' }, target: to(a) }
    const moves = async (more: object) => (await preview({ draft: { ...draft, ...more } })).moves
    expect(await moves({})).toEqual([{ from: null, to: place(a), events: 3, ms: 3 * HOUR }])
    // Behind the other one it leaves it what is its own.
    expect(await moves({ priority: 1 })).toEqual([{ from: null, to: place(a), events: 2, ms: 2 * HOUR }])
    expect(await moves({ enabled: false })).toEqual([])
    expect([assignments(), world.counts()]).toEqual(before)
  })

  test('of a changed rule shows what would leave it, too', async () => {
    await events({ title: 'WHN' }, { title: 'KSH' }, { title: 'Plan' })
    const id = await makeRule(world, { name: 'x', conditions: { app: '*' }, target: to(a) })
    await apply()
    await makeRule(world, { priority: -1, conditions: { titleContains: 'KSH' }, target: to(b) })
    const draft = { id, name: 'x', conditions: { titleContains: 'WHN' }, target: to(a) }
    expect((await preview({ draft })).moves).toEqual([
      { from: place(a), to: place(b), events: 1, ms: HOUR },
      { from: place(a), to: null, events: 1, ms: HOUR },
    ])
  })

  test('shows what it holds for, changed or not: the newest that differ, and the day they are of', async () => {
    const titles = ['1 WHN', '2 WHN', '3 WHN', '4 WHN', '5 WHN', '6 WHN', '2 WHN', 'KSH']
    const ids = await events(...titles.map((title) => ({ title })))
    await assign(world, ids.slice(3, 4), project, a)
    await assign(world, ids.slice(4, 5), project, b)
    const draft = { name: 'x', conditions: { titleRegex: '\\d wh' }, target: to(a) }
    const { caught, held } = await preview({ draft })
    expect([caught.events, caught.ms]).toEqual([7, 7 * HOUR])
    expect(caught.samples.map(({ id }) => id)).toEqual([6, 5, 4, 3, 2].map((at) => ids[at]))
    const match = { condition: 'titleRegex', wanted: '\\d wh', text: '5 WHN', match: '5 WH' }
    const day = at(0).slice(0, 10)
    const sample = { id: ids[4], day, user: 'anna', headline: '5 WHN', app: 'acrobat', matches: [match] }
    expect(caught.samples[2]).toEqual(sample)
    expect(held).toEqual([{ why: 'manual', events: 1, ms: HOUR, samples: [sample] }])
  })

  test('shows nothing of what an earlier rule takes', async () => {
    await events({ title: 'WHN' }, { title: 'KSH' })
    await makeRule(world, { conditions: { titleContains: 'KSH' }, target: to(b) })
    const draft = { name: 'x', priority: -1, conditions: { app: '*' }, target: to(a) }
    const { caught } = await preview({ draft })
    expect(caught.samples.map(({ headline }) => headline)).toEqual(['WHN'])
    expect((await preview()).caught.samples.map(({ headline }) => headline)).toEqual(['KSH'])
  })

  test('of one rule leaves out what others would do', async () => {
    await events({ title: 'WHN' }, { title: 'KSH' })
    await makeRule(world, { conditions: { titleContains: 'KSH' }, target: to(b) })
    const rule = await makeRule(world, { conditions: { titleContains: 'WHN' }, target: to(a) })
    expect((await preview({ rule })).moves).toEqual([{ from: null, to: place(a), events: 1, ms: HOUR }])
    expect((await preview()).changed.events).toBe(2)
  })

  test('holds back what a person or an import did, and says why', async () => {
    const [manual = 0, same = 0, imported = 0, away = 0, old = 0] = await events({}, {}, {}, {}, {}, {})
    await assign(world, [manual, imported, away], project)
    await assign(world, [same], project, a)
    await world.call('PUT', '/api/assignments', { eventIds: [away], target: null })
    const archived = await makeProject(world)
    const rule = await makeRule(world, { conditions: { app: '*' }, target: { projectId: archived } })
    await world.hub.pool.command(
      'rules.applyStep',
      {
        rule,
        position: { start: Date.parse(at(12)), id: 0 },
        to: Date.parse(at(12)) + 1,
        begun: null,
      },
      OPERATOR,
    )
    await world.call('PATCH', `/api/projects/${archived}`, { archived: true })
    await makeRule(world, { conditions: { app: '*' }, target: to(a) })
    await apply({ rule })
    // No front door imports assignments yet.
    const sql = openWriter(world.file)
    sql.prepare("UPDATE assignments SET source = 'import' WHERE event_id = ?").run(imported)
    sql.close()
    const result = await preview()
    expect(Object.fromEntries(result.held.map(({ why, events: count, ms }) => [why, [count, ms]]))).toEqual({
      manual: [1, HOUR],
      import: [1, HOUR],
      unassigned: [1, HOUR],
      archived: [1, HOUR],
    })
    expect(result.moves).toEqual([{ from: null, to: place(a), events: 1, ms: HOUR }])
    const before = assignments().filter(({ event_id }) =>
      [manual, same, imported, away, old].includes(Number(event_id)),
    )
    expect((await apply()).changed).toBe(1)
    expect(
      assignments().filter(({ event_id }) => [manual, same, imported, away, old].includes(Number(event_id))),
    ).toEqual(before)
  })

  test('counts what only is described otherwise by itself', async () => {
    await events({ title: 'WHN' })
    const id = await makeRule(world, { conditions: { app: '*' }, target: to(a) })
    await apply()
    await world.call('PATCH', `/api/rules/${id}`, { target: to(a, { commentTemplate: '{title}' }) })
    expect(await preview()).toMatchObject({
      moves: [],
      described: { events: 1, ms: HOUR },
      changed: { events: 1 },
      budgets: [],
    })
    await apply()
    expect(assignments().at(-1)).toMatchObject({ comment: 'WHN', rule_version: 2 })
  })

  test('passes by what is private, ignored, deleted or absence', async () => {
    const [hidden = 0, ignored = 0, deleted = 0] = await events({}, {}, {}, { source: 'afk' })
    for (const [id, set] of [
      [hidden, { private: true }],
      [ignored, { ignored: true }],
      [deleted, { deleted: true }],
    ] as const)
      await world.call('PATCH', '/api/events', { eventIds: [id], set })
    await makeRule(world, { conditions: { app: '*' }, target: to(a) })
    expect(await preview()).toMatchObject({ events: 0, changed: { events: 0 } })
    expect(await apply()).toEqual({ batch: null, changed: 0 })
  })

  test('looks at the days it is asked for, in the hub’s zone', async () => {
    await record(
      world,
      { start: '2025-02-02T23:59:00+01:00' },
      { start: '2025-02-03T00:00:00+01:00' },
      { start: '2025-02-04T23:59:00+01:00' },
      { start: '2025-02-05T00:00:00+01:00' },
    )
    expect((await preview({ from: '2025-02-03', to: '2025-02-04' })).events).toBe(2)
    expect((await preview({ from: '2025-02-04', to: '2025-02-03' })).events).toBe(0)
  })

  test.each<[number, string, object]>([
    [422, 'from', { from: '2025-02-30' }],
    [422, 'to', { to: undefined }],
    [422, 'draft', { rule: 1, draft: { name: 'x', conditions: { app: 'x' }, target: { projectId: 1 } } }],
    [422, 'draft.conditions', { draft: { name: 'x', conditions: {}, target: { projectId: 1 } } }],
    [
      422,
      'conditions.titleRegex',
      { draft: { name: 'x', conditions: { titleRegex: '(?=x)' }, target: { projectId: 1 } } },
    ],
    [
      422,
      'target.commentTemplate',
      { draft: { name: 'x', conditions: { app: 'x' }, target: { projectId: 1, commentTemplate: '{x}' } } },
    ],
    [422, 'user', { draft: { name: 'x', user: '?', conditions: { app: 'x' }, target: { projectId: 1 } } }],
  ])('is refused with %d for a wrong %s', async (status, field, body) => {
    const answer = await world.call('POST', '/api/rules/preview', { ...range, ...body })
    expect(answer.status).toBe(status)
    expect(Object.keys((answer.json as { error: { fields: object } }).error.fields)).toEqual([field])
  })

  test('of a rule, or for a project, that there is not answers 404', async () => {
    const draft = { name: 'x', conditions: { app: 'x' }, target: { projectId: 999999 } }
    for (const body of [{ rule: 999999 }, { draft }, { draft: { ...draft, id: 999999, target: to(a) } }])
      expect((await world.call('POST', '/api/rules/preview', { ...range, ...body })).status).toBe(404)
    expect((await world.call('POST', '/api/rules/apply', { ...range, rule: 999999 })).status).toBe(404)
  })
})

describe('applying', () => {
  test('does what the dry run says, as one action, and undo takes it back exactly', async () => {
    const ids = await events({ title: 'WHN' }, { title: 'KSH' }, { title: 'WHN' }, { title: 'x' })
    await assign(world, ids.slice(0, 1), project, b)
    const before = [assignments(), booked()]
    await makeRule(world, { conditions: { titleRegex: 'WHN|KSH' }, target: to(a) })
    const { changed, moves } = await preview()
    const applied = await apply()
    expect(applied).toEqual({ batch: expect.any(Number), changed: changed.events })
    expect(moves).toEqual([{ from: null, to: place(a), events: 2, ms: 2 * HOUR }])
    expect((await preview()).changed.events).toBe(0)
    expect((await world.get('/api/batches?limit=1')).json).toMatchObject({
      items: [{ id: applied.batch, kind: 'rule', rows: 2 }],
    })
    expect(await undo(applied.batch)).toEqual({ batch: applied.batch, restored: ids.slice(1, 3), left: [] })
    expect([assignments(), booked()]).toEqual(before)
    expect((await world.call('POST', `/api/batches/${String(applied.batch)}/undo`, {})).status).toBe(409)
  })

  test('moves and takes away what rules did before, and undo brings it back under its old id', async () => {
    await events({ title: 'WHN' }, { title: 'KSH' })
    const id = await makeRule(world, {
      conditions: { app: '*' },
      target: to(a, { activity: 'x', commentTemplate: '{title}' }),
    })
    await apply()
    const before = [assignments(), booked()]
    await world.call('PATCH', `/api/rules/${id}`, { conditions: { titleContains: 'WHN' }, target: to(b) })
    expect((await preview()).moves).toEqual([
      { from: place(a), to: place(b), events: 1, ms: HOUR },
      { from: place(a), to: null, events: 1, ms: HOUR },
    ])
    const { batch } = await apply()
    expect(assignments()).toHaveLength(before[0]!.length - 1)
    expect((await undo(batch)).left).toEqual([])
    expect([assignments(), booked()]).toEqual(before)
  })

  test('leaves what rules did that are gone or switched off', async () => {
    await events({ title: 'WHN' }, { title: 'KSH' })
    const gone = await makeRule(world, { conditions: { titleContains: 'WHN' }, target: to(a) })
    const off = await makeRule(world, { conditions: { titleContains: 'KSH' }, target: to(b) })
    await apply()
    await world.send(`/api/rules/${gone}`, { method: 'DELETE' })
    await world.call('PATCH', `/api/rules/${off}`, { enabled: false })
    expect((await preview()).changed.events).toBe(0)
  })

  test('undo leaves what was edited since, and lists it', async () => {
    const [edited = 0, away = 0, rest = 0] = await events({}, {}, {})
    await makeRule(world, { conditions: { app: '*' }, target: to(a) })
    const { batch } = await apply()
    await world.call('PUT', '/api/assignments', { eventIds: [edited], target: to(b) })
    await world.call('PUT', '/api/assignments', { eventIds: [away], target: null })
    expect(await undo(batch)).toEqual({ batch, restored: [rest], left: [edited, away] })
    expect(assignments().at(-1)).toMatchObject({ event_id: edited, milestone_id: b, source: 'manual' })
  })

  test('many is done and undone in stretches', async () => {
    const start = Date.parse(at(0))
    const ids = await record(
      world,
      ...Array.from({ length: 1000 }, (_, index) => ({
        start: new Date(start + index * 1000).toISOString(),
        end: new Date(start + index * 1000 + 500).toISOString(),
      })),
    )
    const more = await record(world, ...Array.from({ length: 1000 }, () => ({ start: at(2), end: at(3) })))
    const before = [assignments(), booked()]
    await makeRule(world, { conditions: { app: '*' }, target: to(a) })
    const lines = await linesOf<ApplyLine>(world, '/api/rules/apply', range)
    const progress = lines.flatMap((line) => ('progress' in line ? [line.progress] : []))
    expect(progress.length).toBeGreaterThan(3)
    expect(progress.at(-1)).toEqual({ done: 2000, total: 2000 })
    expect(progress.map(({ done }) => done)).toEqual(
      progress.map(({ done }) => done).toSorted((x, y) => x - y),
    )
    const { batch, changed } = (lines.at(-1) as { result: { batch: number; changed: number } }).result
    expect(changed).toBe(2000)
    expect((await undo(batch)).restored).toEqual([...ids, ...more])
    expect([assignments(), booked()]).toEqual(before)
  })

  test('stops when rules change meanwhile; what was done is an action of its own', async () => {
    await events({}, {})
    await makeRule(world, { conditions: { app: '*' }, target: to(a) })
    const step = { rule: null, position: { start: Date.parse(at(0)), id: 0 }, to: Date.parse(at(9)) }
    const first = await world.hub.pool.command('rules.applyStep', { ...step, begun: null }, OPERATOR)
    expect(first).toMatchObject({ begun: { changed: 1 }, isComplete: true })
    await makeRule(world, { conditions: { app: '*' }, target: to(b) })
    await expect(
      world.hub.pool.command(
        'rules.applyStep',
        {
          ...step,
          to: Date.parse(at(20)),
          position: first.position,
          begun: first.begun,
        },
        OPERATOR,
      ),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect((await undo(first.begun.batch)).restored).toHaveLength(1)
  })

  test('is done one at a time', async () => {
    for (let n = 0; n < 4; n++)
      await record(world, ...Array.from({ length: 1000 }, () => ({ start: at(2), end: at(3) })))
    await makeRule(world, { conditions: { app: '*' }, target: to(a) })
    // Its first line is there, and most of the work is not done.
    const first = await fetch(`${world.url}/api/rules/apply`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(range),
    })
    expect((await world.call('POST', '/api/rules/apply', range)).status).toBe(409)
    expect(await first.text()).toContain('"changed":4000')
    expect((await apply()).changed).toBe(0)
  })
})

test('whatever rules and people did: applying is the dry run, and undo is exact', async () => {
  const word = fc.constantFrom('WHN', 'KSH', 'RAT')
  const step = fc.oneof(
    fc.record({ do: fc.constant('rule' as const), word, milestone: fc.boolean(), comment: fc.boolean() }),
    fc.record({ do: fc.constant('change' as const), rule: fc.nat(9), word, milestone: fc.boolean() }),
    fc.record({ do: fc.constant('remove' as const), rule: fc.nat(9) }),
    fc.record({ do: fc.constant('assign' as const), event: fc.nat(11), milestone: fc.boolean() }),
    fc.record({ do: fc.constant('unassign' as const), event: fc.nat(11) }),
    fc.record({ do: fc.constant('apply' as const) }),
  )
  const titles = ['WHN a', 'KSH b', 'RAT c', 'WHN KSH', 'KSH RAT', 'x']
  const ids = await events(...[...titles, ...titles].map((title) => ({ title })))
  const pick = (milestone: boolean) => to(milestone ? a : b)
  let rules: number[] = []

  async function take(one: typeof step extends fc.Arbitrary<infer T> ? T : never): Promise<void> {
    if (one.do === 'rule') {
      const target = { ...pick(one.milestone), commentTemplate: one.comment ? '{title}' : null }
      rules.push(await makeRule(world, { conditions: { titleContains: one.word }, target }))
    } else if (one.do === 'change' || one.do === 'remove') {
      const id = rules[one.rule % rules.length]
      if (id === undefined) return
      if (one.do === 'change')
        await world.call('PATCH', `/api/rules/${id}`, {
          conditions: { titleContains: one.word },
          target: pick(one.milestone),
        })
      else await world.send(`/api/rules/${id}`, { method: 'DELETE' })
      if (one.do === 'remove') rules = rules.filter((rule) => rule !== id)
    } else if (one.do === 'apply') await apply()
    else {
      const target = one.do === 'assign' ? pick(one.milestone) : null
      await world.call('PUT', '/api/assignments', { eventIds: [ids[one.event] ?? 0], target })
    }
  }

  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      for (const one of steps) await take(one)
      const before = [assignments(), booked()]
      const byPerson = () => assignments().filter(({ source }) => source !== 'rule')
      const people = byPerson()
      const promised = await preview()
      const { batch, changed } = await apply()
      expect(changed).toBe(promised.changed.events)
      expect(byPerson()).toEqual(people)
      const gains = new Map(booked().map(({ milestone_id, ms }) => [milestone_id, Number(ms)]))
      for (const { milestoneId, newDoneHours } of promised.budgets)
        expect((gains.get(milestoneId) ?? 0) / HOUR + (milestoneId === a ? 1 : 0)).toBeCloseTo(newDoneHours)
      expect((await preview()).changed.events).toBe(0)
      if (batch !== null) expect((await undo(batch)).left).toEqual([])
      expect([assignments(), booked()]).toEqual(before)
    }),
    { numRuns: 25 },
  )
}, 60_000)

describe('a dry run that nobody waits for any more', () => {
  test('ends: others find their place', async () => {
    await record(world, ...Array.from({ length: 1000 }, () => ({ start: at(9), end: at(9) })))
    const body = JSON.stringify({ from: '2020-01-01', to: '2026-12-31' })
    const { hostname, port } = new URL(world.url)
    const begun = () =>
      new Promise<void>((resolve, reject) => {
        const headers = { 'content-type': 'application/json', 'content-length': String(body.length) }
        const sent = request(
          { hostname, port, method: 'POST', path: '/api/rules/preview', headers, agent: false },
          (response) => {
            response.once('data', () => {
              response.destroy()
              resolve()
            })
          },
        )
        sent.on('error', reject)
        sent.end(body)
      })
    // More than the hub has places for at once.
    for (let n = 0; n < 20; n++) await begun()
    expect((await preview({ from: '2020-01-01', to: '2026-12-31' })).events).toBeGreaterThan(1000)
  })

  test('streams its progress as it goes, uncompressed', async () => {
    await record(world, ...Array.from({ length: 1000 }, () => ({ start: at(9), end: at(9) })))
    const answer = await world.send('/api/rules/preview', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-encoding': 'gzip' },
      body: JSON.stringify(range),
    })
    expect(answer.headers).toMatchObject({
      'content-type': 'application/x-ndjson',
      'cache-control': 'no-store, no-transform',
    })
    expect(answer.headers['content-encoding']).toBeUndefined()
    expect(answer.headers['content-disposition']).toBeUndefined()
    const lines = answer.bytes.toString().trim().split('\n')
    expect(JSON.parse(lines[0] ?? '')).toEqual({ progress: { done: 0, total: 1000 } })
    expect(JSON.parse(lines[1] ?? '')).toEqual({ progress: { done: 1000, total: 1000 } })
    expect(lines).toHaveLength(3)
  })
})
