import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assign, makeMilestone, makeProject, recordOne } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

type Project = { id: number; name: string; bookedMs: number; milestones: { id: number; bookedMs: number }[] }
const HOUR = 3_600_000

async function list(query = ''): Promise<Project[]> {
  return ((await world.get(`/api/projects${query}`)).json as { items: Project[] }).items
}
const find = async (id: number, query = '') => (await list(query)).find((one) => one.id === id)
const remove = async (path: string) => (await world.send(path, { method: 'DELETE' })).status

describe('projects', () => {
  test('are created with what is known of them and read back with their hours', async () => {
    const fields = { client: 'Stadtwerke', notes: 'n', colour: 7, archived: false, number: 'P-1' }
    const answer = await world.call('POST', '/api/projects', { name: '  Brücke Nord ', ...fields })
    expect(answer.status).toBe(201)
    expect(answer.json).toEqual({
      id: expect.any(Number),
      name: 'Brücke Nord',
      ...fields,
      bookedMs: 0,
      milestones: [],
    })
    expect(await find((answer.json as Project).id)).toEqual(answer.json)
  })

  test('change field by field; what is not named stays', async () => {
    const id = await makeProject(world, { name: 'Alt', client: 'K', number: '4' })
    const answer = await world.call('PATCH', `/api/projects/${id}`, { name: 'Neu', number: null })
    expect(answer).toMatchObject({ status: 200, json: { name: 'Neu', client: 'K', number: null } })
    expect((await world.call('PATCH', `/api/projects/${id}`, {})).status).toBe(200)
  })

  test('have names of their own, which they may keep', async () => {
    const id = await makeProject(world, { name: 'Eigen' })
    const other = await makeProject(world)
    expect((await world.call('PATCH', `/api/projects/${id}`, { name: 'Eigen' })).status).toBe(200)
    expect((await world.call('PATCH', `/api/projects/${other}`, { name: 'Eigen' })).status).toBe(409)
    expect((await world.call('POST', '/api/projects', { name: ' Eigen ' })).status).toBe(409)
  })

  test('that are archived are out of sight until asked for', async () => {
    const id = await makeProject(world)
    await world.call('PATCH', `/api/projects/${id}`, { archived: true })
    expect(await find(id)).toBeUndefined()
    expect(await find(id, '?archived=true')).toMatchObject({ id, archived: true })
  })

  test('are deleted with their milestones, but never while hours are booked on them', async () => {
    const id = await makeProject(world)
    const milestone = await makeMilestone(world, id)
    const event = await recordOne(world)
    await assign(world, [event], id, milestone)
    expect(await remove(`/api/projects/${id}`)).toBe(409)
    expect(await remove(`/api/milestones/${milestone}`)).toBe(409)
    await world.call('PUT', '/api/assignments', { eventIds: [event], target: null })
    expect(await remove(`/api/projects/${id}`)).toBe(204)
    expect(await find(id, '?archived=true')).toBeUndefined()
    expect(await remove(`/api/milestones/${milestone}`)).toBe(404)
  })
})

describe('milestones', () => {
  test('are created and changed field by field', async () => {
    const project = await makeProject(world)
    const fields = {
      name: 'Statik',
      plannedHours: 80.5,
      doneBefore: 2,
      bonusRelevant: true,
      archived: false,
      number: 'AP1',
    }
    const answer = await world.call('POST', `/api/projects/${project}/milestones`, fields)
    expect(answer.status).toBe(201)
    expect(answer.json).toEqual({ id: expect.any(Number), projectId: project, ...fields, bookedMs: 0 })
    const { id } = answer.json as { id: number }
    const changed = await world.call('PATCH', `/api/milestones/${id}`, {
      plannedHours: null,
      bonusRelevant: false,
    })
    expect(changed.json).toEqual({
      id,
      projectId: project,
      ...fields,
      plannedHours: null,
      bonusRelevant: false,
      bookedMs: 0,
    })
  })

  test('have names of their own within a project', async () => {
    const [one, two] = [await makeProject(world), await makeProject(world)]
    await makeMilestone(world, one, { name: 'Planung' })
    const other = await makeMilestone(world, two, { name: 'Planung' })
    const again = await world.call('POST', `/api/projects/${one}/milestones`, { name: 'Planung' })
    expect(again).toMatchObject({ status: 409, json: { error: { fields: { name: expect.any(String) } } } })
    expect((await world.call('PATCH', `/api/milestones/${other}`, { projectId: one })).status).toBe(409)
    expect((await world.call('PATCH', `/api/milestones/${other}`, { projectId: 999999 })).status).toBe(404)
  })

  test('move to another project with their hours', async () => {
    const [from, to] = [await makeProject(world), await makeProject(world)]
    const milestone = await makeMilestone(world, from)
    await assign(world, [await recordOne(world)], from, milestone)
    await assign(world, [await recordOne(world)], from)
    expect(await find(from)).toMatchObject({ bookedMs: 2 * HOUR, milestones: [{ bookedMs: HOUR }] })
    expect((await world.call('PATCH', `/api/milestones/${milestone}`, { projectId: to })).status).toBe(200)
    expect(await find(from)).toMatchObject({ bookedMs: HOUR, milestones: [] })
    expect(await find(to)).toMatchObject({ bookedMs: HOUR, milestones: [{ id: milestone, bookedMs: HOUR }] })
  })

  test('that are archived are out of sight, their hours still count for the project', async () => {
    const project = await makeProject(world)
    const milestone = await makeMilestone(world, project)
    await assign(world, [await recordOne(world)], project, milestone)
    await world.call('PATCH', `/api/milestones/${milestone}`, { archived: true })
    expect(await find(project)).toMatchObject({ bookedMs: HOUR, milestones: [] })
    expect(await find(project, '?archived=true')).toMatchObject({ milestones: [{ id: milestone }] })
  })
})
