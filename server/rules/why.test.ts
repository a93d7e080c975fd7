import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Rule } from '../../contract/rule.ts'
import type { RuleFindings, RuleProposal, Why } from '../../contract/rules.ts'
import { formatUtc } from '../../contract/time.ts'
import { assign, makeMilestone, makeProject, makeRule, record, recordOne } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
let project: number
let milestone: number
beforeAll(async () => {
  world = await startWorld()
  project = await makeProject(world)
  milestone = await makeMilestone(world, project)
})
afterAll(() => world.close())

beforeEach(async () => {
  for (const { id } of ((await world.get('/api/rules')).json as { items: Rule[] }).items)
    await world.send(`/api/rules/${id}`, { method: 'DELETE' })
})

const target = () => ({ projectId: project, milestoneId: milestone })
const why = async (id: number) => (await world.get(`/api/events/${id}/why`)).json as Why

describe('why an event has its assignment', () => {
  test('is a rule, what it said then, and what of the event it held for', async () => {
    const conditions = { app: 'ACAD*', titleContains: 'grundriß', titleRegex: '^\\d{4}_whn' }
    const rule = await makeRule(world, { name: 'Pläne', conditions, target: target() })
    const id = await recordOne(world, { title: '2417_WHN_GRUNDRISS_EG.dwg', app: 'acad.exe' })
    const matches = [
      { condition: 'app', wanted: 'ACAD*', text: 'acad.exe', match: 'acad.exe' },
      {
        condition: 'titleContains',
        wanted: 'grundriß',
        text: '2417_WHN_GRUNDRISS_EG.dwg',
        match: 'GRUNDRISS',
      },
      {
        condition: 'titleRegex',
        wanted: '^\\d{4}_whn',
        text: '2417_WHN_GRUNDRISS_EG.dwg',
        match: '2417_WHN',
      },
    ]
    const said = {
      name: 'Pläne',
      user: null,
      conditions,
      target: { ...target(), activity: null, commentTemplate: null },
    }
    expect(await why(id)).toEqual({
      by: 'rule',
      rule: { id: rule, version: 1, ...said, removed: false, latestVersion: 1, matches },
      now: [{ id: rule, name: 'Pläne', version: 1, matches }],
    })
    await world.call('PATCH', `/api/rules/${rule}`, { name: 'Anders', conditions: { app: 'revit' } })
    expect(await why(id)).toMatchObject({ rule: { version: 1, ...said, latestVersion: 2, matches }, now: [] })
    await world.send(`/api/rules/${rule}`, { method: 'DELETE' })
    expect(await why(id)).toMatchObject({ by: 'rule', rule: { id: rule, ...said, removed: true } })
  })

  test('is a call, by number and contact', async () => {
    await makeRule(world, {
      conditions: { source: 'phone', phone: '+4930*', contact: 'yildiz' },
      target: target(),
    })
    const call = {
      source: 'phone' as const,
      title: null,
      app: null,
      phoneNumber: '0049 30 1',
      contact: 'Frau Yıldız',
    }
    expect((await why(await recordOne(world, call))).rule?.matches).toEqual([
      { condition: 'source', wanted: 'phone', text: 'phone', match: 'phone' },
      { condition: 'phone', wanted: '+4930*', text: '0049 30 1', match: '0049 30 1' },
      { condition: 'contact', wanted: 'yildiz', text: 'Frau Yıldız', match: 'Yıldız' },
    ])
  })

  test('is a person; or nothing, and which rules would act now, in order', async () => {
    const id = await recordOne(world)
    expect(await why(id)).toEqual({ by: null, rule: null, now: [] })
    const [wide, narrow] = [
      await makeRule(world, { conditions: { app: '*' }, target: target() }),
      await makeRule(world, { conditions: { url: 'x*y', titleContains: 'Statik' }, target: target() }),
    ]
    const best = await makeRule(world, { conditions: { titleContains: 'statik' }, target: target() })
    await assign(world, [id], project)
    const answer = await why(id)
    expect([answer.by, answer.rule]).toEqual(['manual', null])
    expect(answer.now.map((rule) => rule.id)).toEqual([best, wide])
    expect(answer.now.map((rule) => rule.id)).not.toContain(narrow)
  })

  test.each([{ private: true }, { ignored: true }, { deleted: true }])(
    'names no rule for what rules leave alone: %j',
    async (set) => {
      const id = await recordOne(world)
      await makeRule(world, { conditions: { app: '*' }, target: target() })
      expect((await why(id)).now).toHaveLength(1)
      await world.call('PATCH', '/api/events', { eventIds: [id], set })
      expect((await why(id)).now).toEqual([])
    },
  )

  test('is not asked of an event that there is not', async () => {
    expect((await world.get('/api/events/999999/why')).status).toBe(404)
  })
})

/** Today, hours ago: what a proposal and a check look at. */
const ago = (hours: number) => {
  const start = Date.now() - hours * 3_600_000
  return { start: formatUtc(start), end: formatUtc(start + 1_800_000) }
}

describe('a rule made of events', () => {
  const propose = (eventIds: number[]) => world.call('POST', '/api/rules/propose', { eventIds })

  test('is as narrow as it can be, and says what else it would catch and where that is', async () => {
    const titled = (title: string, hours: number) => ({ title, app: 'acad.exe', ...ago(hours) })
    const [one = 0, two = 0, open = 0, here = 0, there = 0] = await record(
      world,
      titled('7301_XYZ_Grundriss_EG_v1.dwg - AutoCAD', 1),
      titled('7301_XYZ_Schnitt_v3.dwg - AutoCAD', 2),
      titled('7301_XYZ_Ansicht_v3.dwg - AutoCAD', 3),
      titled('7301_XYZ_Detail_v3.dwg - AutoCAD', 24),
      titled('7301_XYZ_Lageplan.dwg - AutoCAD', 24 * 80),
      titled('7301_XYZ_Alt.dwg - AutoCAD', 24 * 100),
      { ...titled('7301_XYZ_Privat.dwg', 4), private: true },
      { ...titled('7301_XYZ_Brief.docx', 4), app: 'winword.exe' },
    )
    const elsewhere = await makeProject(world)
    await assign(world, [one, two, here], project, milestone)
    await assign(world, [there], elsewhere)
    expect((await propose([one, two])).json).toEqual({
      name: '7301_XYZ',
      conditions: { titleContains: '7301_XYZ', app: 'acad' },
      target: { ...target(), activity: null, commentTemplate: null },
      others: {
        events: 3,
        ms: 5_400_000,
        targets: expect.arrayContaining([
          { place: null, events: 1, ms: 1_800_000 },
          { place: target(), events: 1, ms: 1_800_000 },
          { place: { projectId: elsewhere, milestoneId: null }, events: 1, ms: 1_800_000 },
        ]),
      },
    })
    expect(((await propose([one, there])).json as RuleProposal).target).toBeNull()
    expect(((await propose([open])).json as RuleProposal).target).toBeNull()
  })

  test('can be stored as it is proposed, and then holds for them', async () => {
    const ids = await record(
      world,
      { title: 'Termine (Halle|7)+ 🏗️ 1' },
      { title: 'Planstand (Halle|7)+ 🏗️ 2' },
    )
    const { name, conditions } = (await propose(ids)).json as RuleProposal
    const rule = await makeRule(world, { name, conditions, target: target() })
    for (const id of ids) expect((await why(id)).now.map((one) => one.id)).toEqual([rule])
  })

  test('is refused for events that have nothing in common, that there are not, or none', async () => {
    const ids = await record(
      world,
      { source: 'manual', title: 'x', app: null },
      { source: 'phone', title: null, app: null },
    )
    expect(await propose(ids)).toMatchObject({
      status: 422,
      json: { error: { fields: { eventIds: expect.stringContaining('in common') } } },
    })
    expect((await propose([999999])).status).toBe(404)
    expect((await propose([])).status).toBe(422)
  })
})

describe('a check of rules', () => {
  const check = async (days = 90) => (await world.get(`/api/rules/check?days=${days}`)).json as RuleFindings

  test('finds those before which another one always acts', async () => {
    const make = (priority: number, conditions: object, more: object = {}) =>
      makeRule(world, { priority, conditions, target: target(), ...more })
    const wide = await make(9, { titleContains: 'WHN' })
    const same = await make(5, { app: 'acad', titleContains: '2417_whn' })
    const other = await make(4, { titleRegex: 'WHN_\\d+' }, { target: { projectId: project } })
    const own = await make(3, { titleContains: 'KSH' })
    const off = await make(2, { titleContains: 'WHN x' }, { enabled: false })
    const { shadowed } = await check()
    expect(shadowed).toEqual([
      { rule: same, by: wide, sameTarget: true },
      { rule: other, by: wide, sameTarget: false },
    ])
    expect([own, off]).not.toContain(shadowed.map(({ rule }) => rule))
  })

  test('finds those that cannot act or did not, and counts what the others did', async () => {
    const gone = await makeProject(world)
    const archived = await makeRule(world, {
      conditions: { titleContains: 'Quarz' },
      target: { projectId: gone },
    })
    await world.call('PATCH', `/api/projects/${gone}`, { archived: true })
    const idle = await makeRule(world, { conditions: { titleContains: 'Quarz' }, target: target() })
    const behind = await makeRule(world, {
      priority: -5,
      conditions: { titleRegex: 'Zement.*' },
      target: target(),
    })
    const first = await makeRule(world, {
      conditions: { titleContains: 'Zement', app: 'acad' },
      target: target(),
    })
    await record(
      world,
      { title: 'Zement', app: 'acad', ...ago(1) },
      { title: 'Zement', app: 'x', ...ago(1) },
      { title: 'Quarz', ...ago(24 * 10) },
    )
    expect(await check(7)).toMatchObject({
      days: 7,
      dead: expect.arrayContaining([
        { rule: archived, why: 'archived' },
        { rule: idle, why: 'idle' },
      ]),
      used: expect.arrayContaining([
        { rule: first, matched: 1, won: 1, ms: 1_800_000 },
        { rule: behind, matched: 2, won: 1, ms: 1_800_000 },
        { rule: idle, matched: 0, won: 0, ms: 0 },
      ]),
    })
    const [before, after] = [(await check(7)).all, (await check(20)).all]
    expect(after).toEqual({ events: before.events + 1, ms: before.ms + 1_800_000 })
    expect((await check(7)).dead).toHaveLength(2)
    expect((await check(20)).dead).toEqual([{ rule: archived, why: 'archived' }])
  })

  test('finds those that ask the same and want something else', async () => {
    const make = (conditions: object, milestoneId: number | null, user: string | null = null) =>
      makeRule(world, { conditions, user, target: { projectId: project, milestoneId } })
    await recordOne(world)
    const a = await make({ app: 'ACAD.exe', titleContains: 'Straße' }, milestone)
    const b = await make({ titleContains: 'STRASSE', app: 'acad' }, null)
    await make({ titleContains: 'STRASSE', app: 'acad' }, null, 'anna')
    const { conflicts, shadowed } = await check()
    expect(conflicts).toEqual([[b, a]])
    expect(shadowed).toEqual([])
  })

  test.each(['0', '367', 'x'])('of %s days is refused', async (days) => {
    expect((await world.get(`/api/rules/check?days=${days}`)).status).toBe(422)
  })
})
