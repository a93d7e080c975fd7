import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rule, RuleFile } from '../../contract/rule.ts'
import { RULE_LIMITS } from '../../contract/rule-limits.ts'
import { makeMilestone, makeProject, makeRule, recordOne } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
let project: number
let milestone: number
let elsewhere: number
beforeAll(async () => {
  world = await startWorld()
  project = await makeProject(world, { name: 'Werkhalle' })
  milestone = await makeMilestone(world, project, { name: 'Planung' })
  elsewhere = await makeMilestone(world, await makeProject(world))
  await recordOne(world, { user: 'anna' })
})
afterAll(() => world.close())

const CONDITIONS = { app: 'acad' }
const list = async () => ((await world.get('/api/rules')).json as { items: Rule[] }).items
const change = (id: number, fields: object) => world.call('PATCH', `/api/rules/${id}`, fields)
const remove = (id: number) => world.send(`/api/rules/${id}`, { method: 'DELETE' })
const ids = async () => (await list()).map(({ id }) => id)
const removeAll = async () => {
  for (const id of await ids()) await remove(id)
}
const rows = () => world.rows('SELECT count(*) AS n FROM assignment_rules')[0]?.['n']

/** What a refusal says of which field, after making sure that nothing was stored. */
async function refused(method: string, path: string, body: object) {
  const before = [world.counts(), await list(), rows()]
  const answer = await world.call(method, path, body)
  expect([world.counts(), await list(), rows()]).toEqual(before)
  const { error } = answer.json as { error: { code: string; fields?: Record<string, string> } }
  return { status: answer.status, code: error.code, fields: error.fields ?? {} }
}

describe('a rule', () => {
  test('reads back as it was sent', async () => {
    const conditions = {
      app: 'acad*',
      titleContains: 'WHN',
      titleRegex: '^\\d{4}_',
      url: 'example/*/x',
      phone: '+4930*',
      contact: 'Frau Yıldız',
      source: 'window',
    }
    const target = {
      projectId: project,
      milestoneId: milestone,
      activity: 'Planung',
      commentTemplate: '{title}',
    }
    const sent = { name: 'Pläne', priority: 7, enabled: false, user: 'anna', conditions, target }
    const answer = await world.call('POST', '/api/rules', sent)
    expect(answer).toMatchObject({ status: 201, json: { ...sent, version: 1, dead: false } })
    expect(await list()).toContainEqual(answer.json)
  })

  test('needs a name, a condition and a project; the rest has its usual value, and it comes first', async () => {
    await makeRule(world, { priority: 40, conditions: CONDITIONS, target: { projectId: project } })
    const answer = await world.call('POST', '/api/rules', {
      name: 'Neu',
      conditions: CONDITIONS,
      target: { projectId: project },
    })
    expect(answer.json).toMatchObject({
      priority: 41,
      enabled: true,
      user: null,
      target: { projectId: project, milestoneId: null, activity: null, commentTemplate: null },
    })
    expect((await list())[0]).toEqual(answer.json)
  })

  const good = () => ({ name: 'x', conditions: CONDITIONS, target: { projectId: project } })
  test.each<[string, () => object]>([
    ['name', () => ({ ...good(), name: '  ' })],
    ['name', () => ({ ...good(), name: 'x'.repeat(129) })],
    ['conditions', () => ({ ...good(), conditions: {} })],
    ['conditions', () => ({ ...good(), conditions: undefined })],
    ['conditions.app', () => ({ ...good(), conditions: { app: ' ' } })],
    ['conditions.app', () => ({ ...good(), conditions: { app: 'x'.repeat(301) } })],
    ['conditions.titleContains', () => ({ ...good(), conditions: { titleContains: 7 } })],
    ['conditions.titleContains', () => ({ ...good(), conditions: { titleContains: '\ud800' } })],
    ['conditions.titleRegex', () => ({ ...good(), conditions: { titleRegex: '' } })],
    ['conditions.titleRegex', () => ({ ...good(), conditions: { titleRegex: 'x'.repeat(501) } })],
    ['conditions.titleRegex', () => ({ ...good(), conditions: { titleRegex: '(a' } })],
    ['conditions.titleRegex', () => ({ ...good(), conditions: { titleRegex: '(?=a)b' } })],
    ['conditions.titleRegex', () => ({ ...good(), conditions: { titleRegex: '(a)\\1' } })],
    ['conditions.titleRegex', () => ({ ...good(), conditions: { titleRegex: '.{1000}' } })],
    ['conditions.source', () => ({ ...good(), conditions: { source: 'afk' } })],
    ['conditions.machine', () => ({ ...good(), conditions: { app: 'x', machine: 'x' } })],
    ['target', () => ({ ...good(), target: undefined })],
    ['target.projectId', () => ({ ...good(), target: {} })],
    ['target.milestoneId', () => ({ ...good(), target: { projectId: project, milestoneId: elsewhere } })],
    ['target.activity', () => ({ ...good(), target: { projectId: project, activity: 'x'.repeat(65) } })],
    [
      'target.commentTemplate',
      () => ({ ...good(), target: { projectId: project, commentTemplate: '{titel}' } }),
    ],
    [
      'target.commentTemplate',
      () => ({ ...good(), target: { projectId: project, commentTemplate: 'x'.repeat(2001) } }),
    ],
    ['priority', () => ({ ...good(), priority: 1.5 })],
    ['priority', () => ({ ...good(), priority: 1_000_001 })],
    ['enabled', () => ({ ...good(), enabled: 'yes' })],
    ['user', () => ({ ...good(), user: 'nobody-of-this-name' })],
    ['user', () => ({ ...good(), user: '' })],
    ['wage', () => ({ ...good(), wage: 12 })],
  ])('is refused a wrong %s', async (field, body) => {
    const { status, code, fields } = await refused('POST', '/api/rules', body())
    expect([status, code, Object.keys(fields)]).toEqual([422, 'invalid', [field]])
  })

  test('says what of a regular expression is not supported', async () => {
    const { fields } = await refused('POST', '/api/rules', {
      ...good(),
      conditions: { titleRegex: '(?<!a)b' },
    })
    expect(fields['conditions.titleRegex']).toMatch(/^looking ahead or behind, .* is not supported/)
  })

  test('for a project or milestone that there is not answers 404', async () => {
    const to = (target: object) => refused('POST', '/api/rules', { ...good(), target })
    expect((await to({ projectId: 999999 })).status).toBe(404)
    expect((await to({ projectId: project, milestoneId: 999999 })).status).toBe(404)
  })

  test('that there is not answers 404', async () => {
    expect((await refused('PATCH', '/api/rules/999999', { enabled: false })).status).toBe(404)
    expect((await remove(999999)).status).toBe(404)
  })
})

describe('a change of a rule', () => {
  const versions = (id: number) =>
    world.rows(`SELECT version, definition FROM rule_versions WHERE rule_id = ${id} ORDER BY version`)

  test('of what it says makes a new version; what it said before is kept', async () => {
    const id = await makeRule(world, { conditions: CONDITIONS, target: { projectId: project } })
    const answer = await change(id, {
      conditions: { titleContains: 'WHN' },
      target: { projectId: project, activity: 'x' },
    })
    expect(answer.json).toMatchObject({
      version: 2,
      conditions: { titleContains: 'WHN' },
      target: { activity: 'x', milestoneId: null },
    })
    expect((await change(id, { name: 'Anders' })).json).toMatchObject({
      version: 3,
      conditions: { titleContains: 'WHN' },
    })
    expect(versions(id).map(({ definition }) => JSON.parse(String(definition)) as unknown)).toMatchObject([
      { conditions: { app: 'acad' } },
      { conditions: { titleContains: 'WHN' }, target: { activity: 'x' } },
      { name: 'Anders' },
    ])
  })

  test('of when it is tried, or whether, makes none', async () => {
    const id = await makeRule(world, { conditions: CONDITIONS, target: { projectId: project } })
    expect((await change(id, { enabled: false })).json).toMatchObject({ enabled: false, version: 1 })
    expect((await change(id, { priority: -3, conditions: CONDITIONS })).json).toMatchObject({
      priority: -3,
      version: 1,
    })
    expect(versions(id)).toHaveLength(1)
  })

  test.each([
    ['conditions', { conditions: {} }],
    ['conditions.titleRegex', { conditions: { titleRegex: '[' } }],
    ['target.commentTemplate', { target: { projectId: 1, commentTemplate: '{x}' } }],
    ['user', { user: 'nobody-of-this-name' }],
  ])('to a wrong %s is refused and changes nothing', async (field, fields) => {
    const id = await makeRule(world, { conditions: CONDITIONS, target: { projectId: project } })
    const answer = await refused('PATCH', `/api/rules/${id}`, fields)
    expect([answer.status, Object.keys(answer.fields)]).toEqual([422, [field]])
    expect(versions(id)).toHaveLength(1)
  })

  test('of its person: everybody again', async () => {
    const id = await makeRule(world, { user: 'anna', conditions: CONDITIONS, target: { projectId: project } })
    expect((await change(id, { user: null })).json).toMatchObject({ user: null, version: 2 })
  })
})

describe('the order of rules', () => {
  test('is by priority, among equal ones the older first, and can be set as a whole', async () => {
    await removeAll()
    const make = (priority: number) =>
      makeRule(world, { priority, conditions: CONDITIONS, target: { projectId: project } })
    const [a, b, c] = [await make(1), await make(5), await make(5)]
    expect(await ids()).toEqual([b, c, a])
    const answer = await world.call('PUT', '/api/rules/order', { ids: [a, c, b] })
    expect((answer.json as { items: Rule[] }).items.map(({ id, priority }) => [id, priority])).toEqual([
      [a, 3],
      [c, 2],
      [b, 1],
    ])
    expect(await ids()).toEqual([a, c, b])
  })

  test('must name every rule once', async () => {
    const all = await ids()
    const [first = 0, ...rest] = all
    for (const wrong of [rest, [...all, first], [...rest, first, first], [...rest, 999999], []]) {
      expect(await refused('PUT', '/api/rules/order', { ids: wrong })).toMatchObject({
        status: 409,
        fields: { ids: expect.any(String) },
      })
    }
    expect(await ids()).toEqual(all)
  })
})

describe('a project that rules point to', () => {
  test.each(['/api/projects', '/api/milestones'])('is not deleted: %s', async (path) => {
    const target = { projectId: await makeProject(world), milestoneId: 0 }
    target.milestoneId = await makeMilestone(world, target.projectId)
    const rule = await makeRule(world, { conditions: CONDITIONS, target })
    const id = path.endsWith('projects') ? target.projectId : target.milestoneId
    expect(await world.send(`${path}/${id}`, { method: 'DELETE' })).toMatchObject({
      status: 409,
      json: { error: { message: expect.stringContaining('archive it instead') } },
    })
    await world.call('PATCH', `${path}/${id}`, { archived: true })
    expect(await list()).toContainEqual(expect.objectContaining({ id: rule, dead: true }))
    await world.call('PATCH', `${path}/${id}`, { archived: false })
    expect(await list()).toContainEqual(expect.objectContaining({ id: rule, dead: false }))
    await remove(rule)
    expect((await world.send(`${path}/${id}`, { method: 'DELETE' })).status).toBe(204)
  })

  test('takes its rule along when a milestone moves to another one', async () => {
    const from = await makeProject(world)
    const moving = await makeMilestone(world, from)
    const rule = await makeRule(world, {
      conditions: CONDITIONS,
      target: { projectId: from, milestoneId: moving },
    })
    await world.call('PATCH', `/api/milestones/${moving}`, { projectId: project })
    expect(await list()).toContainEqual(
      expect.objectContaining({
        id: rule,
        target: expect.objectContaining({ projectId: project, milestoneId: moving }),
      }),
    )
  })
})

describe('rules as a file', () => {
  const file = async () => (await world.get('/api/rules/export')).json as RuleFile
  const take = (body: object) => world.call('POST', '/api/rules/import', body)

  test('go to another hub, where the same projects have other ids, and come back the same', async () => {
    await removeAll()
    const target = { projectId: project, milestoneId: milestone, activity: 'a', commentTemplate: '{title}' }
    await makeRule(world, { name: 'Zwei', priority: 2, conditions: { titleRegex: 'ß|🏗️' }, target })
    await makeRule(world, {
      name: 'Zwei',
      priority: 1,
      user: 'anna',
      enabled: false,
      conditions: CONDITIONS,
      target: { projectId: project },
    })
    const exported = await file()
    expect(exported.rules[0]).toEqual({
      name: 'Zwei',
      priority: 2,
      enabled: true,
      user: null,
      conditions: { titleRegex: 'ß|🏗️' },
      target: { project: 'Werkhalle', milestone: 'Planung', activity: 'a', commentTemplate: '{title}' },
    })
    const other = await startWorld()
    try {
      await makeProject(other)
      const there = await makeProject(other, { name: 'Werkhalle' })
      await makeMilestone(other, there, { name: 'Planung' })
      await recordOne(other, { user: 'anna' })
      expect((await other.call('POST', '/api/rules/import', exported)).json).toEqual({
        created: 2,
        changed: 0,
        unchanged: 0,
      })
      expect((await other.get('/api/rules/export')).json).toEqual(exported)
      expect((await other.call('POST', '/api/rules/import', exported)).json).toEqual({
        created: 0,
        changed: 0,
        unchanged: 2,
      })
    } finally {
      await other.close()
    }
  })

  test('change the rules of their name, whatever else there is', async () => {
    await removeAll()
    const kept = await makeRule(world, {
      name: 'Bleibt',
      conditions: CONDITIONS,
      target: { projectId: project },
    })
    const known = await makeRule(world, {
      name: 'Anders',
      conditions: CONDITIONS,
      target: { projectId: project },
    })
    const exported = await file()
    const rules = exported.rules
      .filter(({ name }) => name === 'Anders')
      .map((rule) => ({ ...rule, conditions: { app: 'revit' } }))
    expect((await take({ ...exported, rules })).json).toEqual({ created: 0, changed: 1, unchanged: 0 })
    expect((await list()).map(({ id, version, conditions }) => [id, version, conditions])).toEqual([
      [known, 2, { app: 'revit' }],
      [kept, 1, CONDITIONS],
    ])
  })

  const good = {
    name: 'Neu',
    priority: 1,
    enabled: true,
    user: null,
    conditions: CONDITIONS,
    target: { project: 'Werkhalle', milestone: null, activity: null, commentTemplate: null },
  }
  const FILE = { format: 'timetrack-rules', version: 1 }
  test.each<[string, object]>([
    ['rules.1.target.project', { ...good, target: { ...good.target, project: 'Gibt es nicht' } }],
    ['rules.1.target.milestone', { ...good, target: { ...good.target, milestone: 'Gibt es nicht' } }],
    ['rules.1.conditions.titleRegex', { ...good, conditions: { titleRegex: '(?=x)' } }],
    ['rules.1.target.commentTemplate', { ...good, target: { ...good.target, commentTemplate: '{x}' } }],
    ['rules.1.user', { ...good, user: 'nobody-of-this-name' }],
    ['rules.1.conditions', { ...good, conditions: {} }],
    ['rules.1.name', { ...good, name: '' }],
  ])('are taken whole or not at all: %s', async (field, wrong) => {
    const answer = await refused('POST', '/api/rules/import', { ...FILE, rules: [good, wrong, good] })
    expect([answer.status, Object.keys(answer.fields)]).toEqual([422, [field]])
  })

  test('name all that is wrong, up to twenty', async () => {
    const wrong = { ...good, target: { ...good.target, project: '?' } }
    const answer = await refused('POST', '/api/rules/import', { ...FILE, rules: Array(30).fill(wrong) })
    expect(Object.keys(answer.fields)).toHaveLength(20)
  })

  test.each([
    { format: 'other', version: 1, rules: [] },
    { format: 'timetrack-rules', version: 2, rules: [] },
    { rules: [good] },
    [],
  ])('that are none are refused: %j', async (body) => {
    expect((await refused('POST', '/api/rules/import', body)).status).toBe(422)
  })
})

test('regular expressions have a size together', async () => {
  await removeAll()
  const regex = (index: number) => ({ titleRegex: `${index}[a-z]{480}` })
  const size = Math.floor(RULE_LIMITS.allRegexSize / 485)
  for (let index = 0; index < size; index++)
    await makeRule(world, { conditions: regex(index), target: { projectId: project } })
  const answer = await refused('POST', '/api/rules', {
    name: 'x',
    conditions: regex(size),
    target: { projectId: project },
  })
  expect(answer).toMatchObject({
    status: 422,
    fields: { 'conditions.titleRegex': expect.stringContaining('together') },
  })
  // One that goes gives its room back.
  await remove((await ids())[0] ?? 0)
  await makeRule(world, { conditions: regex(size), target: { projectId: project } })
  await removeAll()
})
