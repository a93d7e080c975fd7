import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { assign, makeMilestone, makeProject, record, recordOne } from '../testing/make.ts'
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

type Batch = { batch: number | null; changed: number[]; unchanged: number[] }
type Assignment = { id: number; projectId: number; milestoneId: number | null; comment: string | null } | null

const set = async (eventIds: number[], target: object | null, more: object = {}) =>
  (await world.call('PUT', '/api/assignments', { eventIds, target, ...more })).json as Batch
const change = async (eventIds: number[], flags: object) =>
  (await world.call('PATCH', '/api/events', { eventIds, set: flags })).json as Batch
const undo = (batch: number | null) => world.call('POST', `/api/batches/${String(batch)}/undo`, {})
const read = async (id: number) =>
  (await world.get(`/api/events/${id}`)).json as {
    assignment: Assignment
    private: boolean
    ignored: boolean
    deleted: boolean
  }
const latest = async () => {
  const { items } = (await world.get('/api/batches?limit=1')).json as {
    items: [{ id: number; kind: string }]
  }
  return items[0]
}

let a: number
let b: number
let c: number
beforeEach(async () => {
  ;[a, b, c] = (await record(world, {}, {}, {})) as [number, number, number]
})

describe('assigning', () => {
  test('gives many events one target', async () => {
    const target = { projectId: project, milestoneId: milestone, activity: 'Planung', comment: 'c' }
    expect(await set([a, b], target)).toEqual({ batch: expect.any(Number), changed: [a, b], unchanged: [] })
    expect((await read(a)).assignment).toEqual({ id: expect.any(Number), ...target, by: 'manual' })
    expect(await latest()).toMatchObject({
      kind: 'assign',
      rows: 2,
      projectId: project,
      milestoneId: milestone,
    })
  })

  test('moves only what is still where it was seen', async () => {
    await set([a], { projectId: project, milestoneId: milestone })
    await set([b], { projectId: project })
    const seen = { onlyFrom: { projectId: project, milestoneId: milestone } }
    const other = await makeProject(world)
    expect(await set([a, b, c], { projectId: other }, seen)).toMatchObject({
      changed: [a],
      unchanged: [b, c],
    })
    expect(await set([a, b], null, { onlyFrom: { projectId: project, milestoneId: null } })).toMatchObject({
      changed: [b],
      unchanged: [a],
    })
    expect((await read(a)).assignment).toMatchObject({ projectId: other })
    expect((await read(c)).assignment).toBeNull()
  })

  test('is listed with whose time it was, of which day and how much', async () => {
    const [first, second] = (await record(
      world,
      { user: 'lars', start: '2026-11-20T23:50:00+01:00', end: '2026-11-21T00:10:00+01:00' },
      { user: 'lars', start: '2026-11-20T08:00:00+01:00', end: '2026-11-20T08:05:00+01:00' },
    )) as [number, number]
    await set([first, second], { projectId: project })
    const about = async () => ((await latest()) as { about?: object }).about
    expect(await about()).toEqual({ day: '2026-11-20', user: 'lars', ms: 25 * 60_000 })
    await set([first, a], null)
    expect(await about()).toMatchObject({ user: 'lars' })
    const [ben] = (await record(world, { user: 'ben' })) as [number]
    await set([first, ben], { projectId: project })
    expect(await about()).toMatchObject({ user: null })
  })

  test('twice alike changes nothing and leaves nothing to undo', async () => {
    await set([a], { projectId: project })
    const before = world.counts()
    expect(await set([a, a], { projectId: project })).toEqual({ batch: null, changed: [], unchanged: [a] })
    expect(world.counts()).toEqual(before)
  })

  test('anew moves the hours; activity and comment stay unless said otherwise', async () => {
    await set([a], { projectId: project, milestoneId: milestone, activity: 'x', comment: 'y' })
    await set([a], { projectId: project, comment: null })
    expect((await read(a)).assignment).toMatchObject({ milestoneId: null, activity: 'x', comment: null })
  })

  test('only what is open leaves alone what somebody explained meanwhile', async () => {
    await set([a], { projectId: project, comment: 'mine' })
    const result = await set([a, b], { projectId: project, comment: 'yours' }, { onlyUnassigned: true })
    expect(result).toMatchObject({ changed: [b], unchanged: [a] })
    expect((await read(a)).assignment?.comment).toBe('mine')
  })

  test('to nothing takes assignments away', async () => {
    await set([a], { projectId: project })
    expect(await set([a, b], null)).toMatchObject({ changed: [a], unchanged: [b] })
    expect((await read(a)).assignment).toBeNull()
    expect(await latest()).toMatchObject({ kind: 'unassign' })
  })

  test('is all or nothing', async () => {
    const other = await makeProject(world)
    const before = world.counts()
    expect(
      (await world.call('PUT', '/api/assignments', { eventIds: [a, 999999], target: { projectId: project } }))
        .status,
    ).toBe(404)
    const foreign = { projectId: other, milestoneId: milestone }
    expect(await world.call('PUT', '/api/assignments', { eventIds: [a], target: foreign })).toMatchObject({
      status: 422,
      json: { error: { fields: { 'target.milestoneId': `belongs to project ${project}` } } },
    })
    expect(world.counts()).toEqual(before)
  })
})

describe('marking', () => {
  test.each([
    ['private', 'private', { private: true }],
    ['ignored', 'ignore', { ignored: true }],
    ['deleted', 'delete', { deleted: true }],
  ] as const)('events %s, and taking it back', async (flag, kind, flags) => {
    await change([b], flags)
    const { batch, changed, unchanged } = await change([a, b], flags)
    expect([changed, unchanged]).toEqual([[a], [b]])
    expect((await read(a))[flag]).toBe(true)
    expect(await latest()).toMatchObject({ id: batch, kind, rows: 1 })
    expect((await undo(batch)).json).toEqual({ batch, restored: [a], left: [] })
    expect((await read(a))[flag]).toBe(false)
    expect((await read(b))[flag]).toBe(true)
  })

  test('deleted events come back when they are restored', async () => {
    await change([a], { deleted: true })
    await change([a], { deleted: false })
    expect(await latest()).toMatchObject({ kind: 'restore' })
    expect(await read(a)).toMatchObject({ deleted: false })
  })
})

describe('undo', () => {
  test('takes a first assignment away and gives a re-assigned one its old target and id', async () => {
    await set([a], { projectId: project, comment: 'before' })
    const old = (await read(a)).assignment
    const { batch } = await set([a, b], { projectId: project, milestoneId: milestone, comment: 'after' })
    expect((await undo(batch)).json).toEqual({ batch, restored: expect.arrayContaining([a, b]), left: [] })
    expect((await read(a)).assignment).toEqual(old)
    expect((await read(b)).assignment).toBeNull()
  })

  test('brings back under its old id what was un-assigned', async () => {
    await set([a], { projectId: project, milestoneId: milestone, comment: 'c' })
    const old = (await read(a)).assignment
    const { batch } = await set([a], null)
    await set([b], { projectId: project })
    await undo(batch)
    expect((await read(a)).assignment).toEqual(old)
  })

  test('leaves what was changed again since, and says so', async () => {
    const { batch } = await set([a, b, c], { projectId: project })
    await set([b], { projectId: project, comment: 'edited since' })
    await set([c], null)
    expect((await undo(batch)).json).toEqual({ batch, restored: [a], left: [b, c] })
    expect((await read(a)).assignment).toBeNull()
    expect((await read(b)).assignment?.comment).toBe('edited since')
  })

  test('leaves what would belong to a project that is gone', async () => {
    const gone = await makeProject(world)
    await set([a], { projectId: gone })
    const { batch } = await set([a], { projectId: project })
    expect((await world.send(`/api/projects/${gone}`, { method: 'DELETE' })).status).toBe(204)
    expect((await undo(batch)).json).toEqual({ batch, restored: [], left: [a] })
    expect((await read(a)).assignment?.projectId).toBe(project)
  })

  test('leaves what would belong to a milestone that moved to another project', async () => {
    const moving = await makeMilestone(world, project)
    await set([a], { projectId: project, milestoneId: moving })
    const { batch } = await set([a], { projectId: project })
    await world.call('PATCH', `/api/milestones/${moving}`, { projectId: await makeProject(world) })
    expect((await undo(batch)).json).toEqual({ batch, restored: [], left: [a] })
  })

  test('works once', async () => {
    const { batch } = await set([a], { projectId: project })
    expect((await undo(batch)).status).toBe(200)
    const before = world.counts()
    expect(await undo(batch)).toMatchObject({ status: 409, json: { error: { code: 'conflict' } } })
    expect(world.counts()).toEqual(before)
    expect(await latest()).toMatchObject({ id: batch, undoneAt: expect.any(String) })
  })

  test('of a whole day is one step', async () => {
    const ids = await record(world, ...Array.from({ length: 300 }, () => ({ user: 'bulk' })))
    const batch = await assign(world, ids, project, milestone)
    expect((await undo(batch)).json).toEqual({ batch, restored: ids, left: [] })
    expect((await world.get('/api/events?user=bulk&assigned=true')).json).toMatchObject({ items: [] })
  })
})

describe('an assignment that moved to another event', () => {
  async function moved(): Promise<{ id: number; batch: number }> {
    await set([a], { projectId: project, comment: 'c' })
    const id = (await read(a)).assignment?.id ?? 0
    const body = { event_id: b, project_id: project, comment: 'c' }
    expect((await world.call('PUT', `/assignments/${id}`, body)).status).toBe(200)
    return { id, batch: (await latest()).id }
  }

  test('goes back with its id', async () => {
    const { id, batch } = await moved()
    expect((await undo(batch)).json).toEqual({ batch, restored: expect.arrayContaining([a, b]), left: [] })
    expect((await read(a)).assignment?.id).toBe(id)
    expect((await read(b)).assignment).toBeNull()
  })

  test('stays where it is when it was edited there since', async () => {
    const { id, batch } = await moved()
    await set([b], { projectId: project, comment: 'edited since' })
    const answer = await undo(batch)
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({ batch, restored: [], left: expect.arrayContaining([a, b]) })
    expect((await read(b)).assignment).toMatchObject({ id, comment: 'edited since' })
    expect((await read(a)).assignment).toBeNull()
  })

  test('leaves alone what took its place since', async () => {
    const { batch } = await moved()
    await set([a], { projectId: project, comment: 'new' })
    const answer = await undo(batch)
    expect(answer.status).toBe(200)
    expect((await read(a)).assignment?.comment).toBe('new')
  })
})

test('the history is newest first and as long as asked for', async () => {
  const first = await assign(world, [await recordOne(world)], project)
  const second = await assign(world, [await recordOne(world)], project)
  const { items } = (await world.get('/api/batches?limit=2')).json as { items: { id: number }[] }
  expect(items.map(({ id }) => id)).toEqual([second, first])
  expect((await world.get('/api/batches?limit=101')).status).toBe(422)
})
