import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeMilestone, makeProject, makeRule, recordOne } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'
import type { FieldRule } from './rule-shapes.ts'

let world: World
let project: number
let milestone: number
let foreign: number
beforeAll(async () => {
  world = await startWorld({ zone: 'Europe/Berlin' })
  project = await makeProject(world)
  milestone = await makeMilestone(world, project)
  foreign = await makeMilestone(world, await makeProject(world))
  await recordOne(world, { user: 'anna' })
})
afterAll(() => world.close())

const list = async () => (await world.get('/rules')).json as FieldRule[]
const create = (body: object) => world.call('POST', '/rules', body)
const full = () => ({
  name: 'Pläne',
  user_id: 'anna',
  enabled: false,
  priority: 3,
  process_pattern: 'acad*',
  title_contains: 'WHN',
  title_regex: '^\\d{4}_',
  auto_project_id: project,
  auto_milestone_id: milestone,
  auto_activity: 'Planung',
  auto_comment_template: '{title} in {process}',
})

describe('rules of the old service', () => {
  test('read back as they were sent, highest priority first', async () => {
    const answer = await create(full())
    expect(answer).toMatchObject({ status: 201, json: { id: expect.any(Number), ...full() } })
    const first = await create({
      name: 'Zuerst',
      priority: 9,
      process_pattern: 'x',
      auto_project_id: project,
    })
    expect(first.json).toMatchObject({
      user_id: null,
      enabled: true,
      title_contains: null,
      title_regex: null,
      auto_milestone_id: null,
      auto_activity: null,
      auto_comment_template: null,
    })
    expect((await list()).slice(0, 2)).toEqual([first.json, answer.json])
  })

  test('act on what arrives', async () => {
    await create({
      name: 'x',
      priority: 99,
      title_contains: 'Kran',
      auto_project_id: project,
      auto_comment_template: '{process}: {title}',
    })
    const event = await world.call('POST', '/events/window', {
      window_title: 'Kranbahn',
      process_name: 'acad.exe',
      duration_seconds: 60,
    })
    const { id } = event.json as { id: number }
    expect((await world.get('/assignments')).json).toContainEqual(
      expect.objectContaining({ event_id: id, project_id: project, comment: 'acad: Kranbahn' }),
    )
  })

  test('are replaced: what is not sent again is gone, but for what this client cannot know', async () => {
    const { id } = (await create(full())).json as FieldRule
    const answer = await world.call('PUT', `/rules/${id}`, {
      name: 'Neu',
      title_contains: 'KSH',
      auto_project_id: project,
    })
    expect(answer).toMatchObject({
      status: 200,
      json: {
        id,
        name: 'Neu',
        user_id: null,
        enabled: true,
        priority: 0,
        process_pattern: null,
        title_contains: 'KSH',
        title_regex: null,
      },
    })
    const call = await makeRule(world, { conditions: { phone: '+49*' }, target: { projectId: project } })
    await world.call('PUT', `/rules/${call}`, { name: 'Anruf', auto_project_id: project })
    expect((await world.get('/api/rules')).json).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ id: call, name: 'Anruf', conditions: { phone: '+49*' } }),
      ]),
    })
  })

  test('are deleted, and then unknown', async () => {
    const { id } = (await create(full())).json as FieldRule
    const answer = await world.send(`/rules/${id}`, { method: 'DELETE' })
    expect([answer.status, answer.bytes.length]).toEqual([204, 0])
    expect((await list()).map((rule) => rule.id)).not.toContain(id)
    expect((await world.send(`/rules/${id}`, { method: 'DELETE' })).status).toBe(404)
    expect(await world.call('PUT', `/rules/${id}`, full())).toMatchObject({
      status: 404,
      json: { detail: `There is no rule ${id}.` },
    })
  })

  test.each<[string, () => object]>([
    ['name', () => ({ ...full(), name: ' ' })],
    ['auto_project_id', () => ({ ...full(), auto_project_id: null })],
    ['auto_project_id', () => ({ ...full(), auto_project_id: 'x' })],
    ['auto_milestone_id', () => ({ ...full(), auto_milestone_id: foreign })],
    ['process_pattern', () => ({ ...full(), process_pattern: '', title_contains: null, title_regex: '' })],
    ['title_regex', () => ({ ...full(), title_regex: '(?<=WHN)_' })],
    ['title_regex', () => ({ ...full(), title_regex: '(a' })],
    ['auto_comment_template', () => ({ ...full(), auto_comment_template: '{window}' })],
    ['user_id', () => ({ ...full(), user_id: 'nobody-of-this-name' })],
    ['priority', () => ({ ...full(), priority: 'high' })],
  ])('are refused a wrong %s, in the old service’s shape', async (field, body) => {
    const before = await list()
    for (const answer of [
      await create(body()),
      await world.call('PUT', `/rules/${before[0]?.id ?? 0}`, body()),
    ]) {
      expect(answer.status).toBe(422)
      expect(answer.json).toEqual({
        detail: [expect.objectContaining({ loc: ['body', field], msg: expect.any(String) })],
      })
    }
    expect(await list()).toEqual(before)
  })

  test('say what of a regular expression is not supported', async () => {
    const answer = await create({ ...full(), title_regex: '(?<=WHN)_' })
    expect(answer.json).toMatchObject({
      detail: [{ msg: expect.stringContaining('looking ahead or behind') }],
    })
  })

  test('for a project that there is not answer 404', async () => {
    expect((await create({ ...full(), auto_project_id: 999999, auto_milestone_id: null })).status).toBe(404)
  })
})
