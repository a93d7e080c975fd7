import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Event } from '../../contract/events.ts'
import type { Rule } from '../../contract/rule.ts'
import {
  assign,
  makeMilestone,
  makeProject,
  makeRule,
  record,
  recordOne,
  type SentEvent,
} from '../testing/make.ts'
import { eventually, startWorld, type World } from '../testing/world.ts'

let world: World
let project: number
let milestone: number
let target: { projectId: number; milestoneId: number }
beforeAll(async () => {
  world = await startWorld()
  project = await makeProject(world)
  milestone = await makeMilestone(world, project)
  target = { projectId: project, milestoneId: milestone }
})
afterAll(() => world.close())

const assignmentOf = async (id: number) => ((await world.get(`/api/events/${id}`)).json as Event).assignment
const stored = (id: number) => world.rows(`SELECT * FROM assignments WHERE event_id = ${id}`)[0]
const isAssigned = async (event: Partial<SentEvent>) =>
  (await assignmentOf(await recordOne(world, event))) !== null
const patch = (path: string, body: object) => world.call('PATCH', path, body)
const mark = (eventIds: number[], set: object) => patch('/api/events', { eventIds, set })

beforeEach(async () => {
  for (const { id } of ((await world.get('/api/rules')).json as { items: Rule[] }).items)
    await world.send(`/api/rules/${id}`, { method: 'DELETE' })
})

describe('an event that arrives', () => {
  test('gets what the first rule says that holds for it', async () => {
    await makeRule(world, { conditions: { app: 'acrobat' }, target: { projectId: project } })
    const rule = await makeRule(world, {
      conditions: { titleContains: 'statik' },
      target: { ...target, activity: 'Planung', commentTemplate: '{title} in {app}' },
    })
    const id = await recordOne(world)
    expect(await assignmentOf(id)).toEqual({
      id: expect.any(Number),
      ...target,
      activity: 'Planung',
      comment: 'Statik_Rev3.pdf in acrobat',
      by: 'rule',
    })
    expect(stored(id)).toMatchObject({ rule_id: rule, rule_version: 1, batch_id: null })
    expect(world.rows(`SELECT ms FROM booked WHERE milestone_id = ${milestone}`)).toEqual([{ ms: 3_600_000 }])
  })

  test('gets nothing when none holds, and nothing before there are rules', async () => {
    expect(await isAssigned({})).toBe(false)
    await makeRule(world, { conditions: { titleContains: 'Brandschutz' }, target })
    expect(await isAssigned({})).toBe(false)
  })

  test.each<[string, Partial<SentEvent>]>([
    ['private', { private: true }],
    ['absence', { source: 'afk' }],
  ])('is left alone when it is %s', async (_what, event) => {
    await makeRule(world, { conditions: { app: '*' }, target })
    expect(await isAssigned(event)).toBe(false)
    expect(await isAssigned({})).toBe(true)
  })

  test('is the business of its person’s rules and of everybody’s', async () => {
    await recordOne(world, { user: 'ben' })
    await makeRule(world, { user: 'ben', conditions: { app: '*' }, target })
    expect([
      await isAssigned({ user: 'ben' }),
      await isAssigned({ user: 'anna' }),
      await isAssigned({ user: null }),
    ]).toEqual([true, false, false])
  })

  test('from an old client is looked at like any other', async () => {
    await makeRule(world, { conditions: { app: 'acad.exe' }, target })
    await makeRule(world, { conditions: { phone: '+4930*' }, target })
    const window = await world.call('POST', '/events/window', {
      window_title: 'Plan',
      process_name: 'acad.exe',
      duration_seconds: 60,
    })
    const call = await world.call('POST', '/events/phone', { phone_number: '+49 30 1', duration_seconds: 60 })
    for (const { json } of [window, call])
      expect(await assignmentOf((json as { id: number }).id)).toMatchObject({ by: 'rule' })
  })

  test('a second time is not looked at again', async () => {
    const event = { key: 'once', user: 'anna' }
    const id = await recordOne(world, event)
    await makeRule(world, { conditions: { app: '*' }, target })
    await recordOne(world, event)
    expect(await assignmentOf(id)).toBeNull()
  })

  test('among a thousand gets its own', async () => {
    await makeRule(world, { conditions: { titleRegex: '^Plan \\d*7$' }, target })
    const ids = await record(
      world,
      ...Array.from({ length: 1000 }, (_, index) => ({ title: `Plan ${index}` })),
    )
    const rows = world.rows(`SELECT event_id FROM assignments WHERE event_id >= ${ids[0] ?? 0}`)
    expect(rows.map(({ event_id }) => event_id)).toEqual(ids.filter((_, index) => index % 10 === 7))
  })
})

describe('what a person did stays', () => {
  test('when rules change, and when events change', async () => {
    const rule = await makeRule(world, { conditions: { app: '*' }, target })
    const [own = 0, byRule = 0, hidden = 0] = await record(world, {}, {}, { private: true })
    await assign(world, [own], project)
    await patch(`/api/rules/${rule}`, { target: { projectId: await makeProject(world) } })
    await mark([own, byRule, hidden], { ignored: true })
    await mark([own, byRule, hidden], { ignored: false, private: false })
    expect(await assignmentOf(own)).toMatchObject({ by: 'manual', projectId: project, milestoneId: null })
    // What a rule assigned stays where it is, and what it did not when it came is for a person to decide.
    expect(await assignmentOf(byRule)).toMatchObject({ by: 'rule', ...target })
    expect(await assignmentOf(hidden)).toBeNull()
    expect(stored(own)).toMatchObject({ rule_id: null, rule_version: null })
  })

  test('also when it was taken away', async () => {
    await makeRule(world, { conditions: { app: '*' }, target })
    const id = await recordOne(world)
    await world.call('PUT', '/api/assignments', { eventIds: [id], target: null })
    await recordOne(world)
    expect(await assignmentOf(id)).toBeNull()
  })

  test('and a private event keeps what a rule gave it before it was', async () => {
    await makeRule(world, { conditions: { app: '*' }, target })
    const id = await recordOne(world)
    await mark([id], { private: true })
    expect(await assignmentOf(id)).toMatchObject({ by: 'rule' })
  })

  test('and undo of a person’s assignment gives back what the rule gave', async () => {
    const rule = await makeRule(world, { conditions: { app: '*' }, target })
    const id = await recordOne(world)
    const before = stored(id)
    const batch = await assign(world, [id], await makeProject(world))
    await world.call('POST', `/api/batches/${batch}/undo`, {})
    expect({ ...stored(id), batch_id: null }).toEqual({ ...before, batch_id: null })
    expect(stored(id)).toMatchObject({ rule_id: rule, rule_version: 1 })
  })
})

describe('a rule acts at once as it is said', () => {
  test('when it is made, changed, switched off and on, reordered and removed', async () => {
    const other = await makeProject(world)
    const projectOf = async () => (await assignmentOf(await recordOne(world)))?.projectId ?? null
    const first = await makeRule(world, { conditions: { app: '*' }, target })
    expect(await projectOf()).toBe(project)
    const second = await makeRule(world, { conditions: { app: 'acrobat' }, target: { projectId: other } })
    expect(await projectOf()).toBe(other)
    await world.call('PUT', '/api/rules/order', { ids: [first, second] })
    expect(await projectOf()).toBe(project)
    await patch(`/api/rules/${first}`, { enabled: false })
    expect(await projectOf()).toBe(other)
    await patch(`/api/rules/${second}`, { conditions: { app: 'revit' } })
    expect(await projectOf()).toBeNull()
    await patch(`/api/rules/${first}`, { enabled: true })
    expect(await projectOf()).toBe(project)
    await world.send(`/api/rules/${first}`, { method: 'DELETE' })
    expect(await projectOf()).toBeNull()
  })

  test('and not while its project or milestone is archived', async () => {
    await makeRule(world, { conditions: { app: '*' }, target })
    for (const path of [`/api/projects/${project}`, `/api/milestones/${milestone}`]) {
      await patch(path, { archived: true })
      expect(await isAssigned({})).toBe(false)
      await patch(path, { archived: false })
      expect(await isAssigned({})).toBe(true)
    }
  })

  test('not when its change was refused', async () => {
    const rule = await makeRule(world, { conditions: { titleContains: 'Statik' }, target })
    const wrong = patch(`/api/rules/${rule}`, { conditions: { app: 'x' }, user: 'nobody-of-this-name' })
    const [id] = await Promise.all([recordOne(world), wrong])
    expect(await assignmentOf(id)).not.toBeNull()
    expect(await isAssigned({})).toBe(true)
  })
})

test('rules that are too slow for a flood catch up, and nobody waits long meanwhile', async () => {
  // Each takes milliseconds for a title like these, whatever engine there is.
  for (let index = 0; index < 8; index++)
    await makeRule(world, {
      conditions: { titleRegex: `a.{${30 + index}}c` },
      target: { projectId: project },
    })
  const rule = await makeRule(world, { priority: -1, conditions: { source: 'calendar' }, target })
  const random = (seed: number) => {
    let state = seed
    return Array.from(
      { length: 1999 },
      () => 'ab'[((state = (state * 1103515245 + 12345) & 0x7fffffff) >> 16) & 1],
    ).join('')
  }
  const events = Array.from({ length: 20 }, (_, index) => ({
    source: 'calendar' as const,
    title: random(index + 1),
  }))
  const ids = await record(world, ...events)
  // Another flood, while they are behind with the first one.
  ids.push(...(await record(world, ...events)))
  const later = await recordOne(world, { source: 'calendar', title: 'kurz' })
  const behind = () => world.rows('SELECT behind FROM rules_state')[0]?.['behind']
  const assigned = () =>
    world.rows(`SELECT event_id FROM assignments WHERE rule_id = ${rule} ORDER BY event_id`)
  expect(behind()).not.toBeNull()
  expect(assigned().length).toBeLessThan(ids.length)
  await eventually(() => behind() === null, 60_000)
  expect(assigned().map(({ event_id }) => event_id)).toEqual([...ids, later])
  expect(world.log.map(({ message }) => message)).not.toContain('Rules could not catch up')
}, 90_000)
