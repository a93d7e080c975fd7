import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeMilestone, makeProject, recordOne } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'
import type { FieldAssignment } from './shapes.ts'

let world: World
let project: number
let milestone: number
let foreign: number
beforeAll(async () => {
  world = await startWorld({ zone: 'Europe/Berlin' })
  project = await makeProject(world, { name: 'Brücke', client: 'Stadt', notes: 'n' })
  milestone = await makeMilestone(world, project, { name: 'Statik', plannedHours: 8, bonusRelevant: true })
  foreign = await makeMilestone(world, await makeProject(world))
})
afterAll(() => world.close())

const assign = (body: object) => world.call('POST', '/assignments', body)

async function list(query = ''): Promise<FieldAssignment[]> {
  const answer = await world.get(`/assignments?${query}`)
  expect(answer.status).toBe(200)
  return answer.json as FieldAssignment[]
}

describe('an assignment', () => {
  test('answers with its event, project and milestone inside it', async () => {
    const event_id = await recordOne(world, { start: '09:00' })
    const body = {
      event_id,
      project_id: project,
      milestone_id: milestone,
      activity_type: 'Planung',
      comment: 'c',
    }
    const answer = await assign(body)
    expect(answer.status).toBe(201)
    expect(answer.json).toEqual({
      id: expect.any(Number),
      ...body,
      event: {
        id: event_id,
        source_type: 'window',
        timestamp_start: '2026-11-24T09:00:00',
        timestamp_end: '2026-11-24T10:00:00',
        duration_seconds: 3600,
        is_private: false,
        phone_number: null,
        contact_name: null,
        direction: null,
        window_title: 'Statik_Rev3.pdf - Acrobat',
        process_name: 'acrobat.exe',
        machine_id: null,
        device_id: null,
        user_id: 'anna',
      },
      project: { id: project, name: 'Brücke', kunde: 'Stadt', notizen: 'n' },
      milestone: {
        id: milestone,
        project_id: project,
        name: 'Statik',
        soll_stunden: 8,
        ist_stunden: 0,
        bonus_relevant: true,
      },
    })
  })

  test('needs no milestone, activity and comment', async () => {
    const event_id = await recordOne(world)
    expect((await assign({ event_id, project_id: project })).json).toMatchObject({
      milestone_id: null,
      activity_type: null,
      comment: null,
      milestone: null,
    })
  })

  test('is refused with 400 when the event has one already, which stays', async () => {
    const event_id = await recordOne(world)
    const first = await assign({ event_id, project_id: project, comment: 'first' })
    const before = world.counts()
    expect(await assign({ event_id, project_id: project, comment: 'second' })).toMatchObject({
      status: 400,
      json: { detail: `Event ${event_id} has an assignment already.` },
    })
    expect(world.counts()).toEqual(before)
    expect(await list()).toContainEqual(first.json)
  })

  test('of an event, to a project or to a milestone that there is not answers 404', async () => {
    const event_id = await recordOne(world)
    const before = world.counts()
    for (const body of [
      { event_id: 999999, project_id: project },
      { event_id, project_id: 999999 },
      { event_id, project_id: project, milestone_id: 999999 },
    ]) {
      expect(await assign(body)).toMatchObject({
        status: 404,
        json: { detail: expect.stringContaining('999999') },
      })
    }
    expect(world.counts()).toEqual(before)
  })

  test('to a milestone of another project is refused, naming the field as it was sent', async () => {
    const event_id = await recordOne(world)
    const answer = await assign({ event_id, project_id: project, milestone_id: foreign })
    expect(answer.status).toBe(422)
    expect(answer.json).toEqual({ detail: [expect.objectContaining({ loc: ['body', 'milestone_id'] })] })
  })

  test.each([['event_id'], ['project_id']])('must name its %s', async (field) => {
    const answer = await assign({ event_id: 1, project_id: project, [field]: undefined })
    expect(answer.status).toBe(422)
    expect(answer.json).toEqual({ detail: [expect.objectContaining({ loc: ['body', field] })] })
  })
})

describe('an assignment that is replaced', () => {
  test('keeps its id; what is not sent again is gone', async () => {
    const event_id = await recordOne(world)
    const { id } = (await assign({ event_id, project_id: project, milestone_id: milestone, comment: 'c' }))
      .json as { id: number }
    const answer = await world.call('PUT', `/assignments/${id}`, { event_id, project_id: project })
    expect(answer).toMatchObject({ status: 200, json: { id, event_id, milestone_id: null, comment: null } })
  })

  test('may move to another event, which leaves the first one open', async () => {
    const from = await recordOne(world)
    const to = await recordOne(world)
    const { id } = (await assign({ event_id: from, project_id: project })).json as { id: number }
    const moved = await world.call('PUT', `/assignments/${id}`, { event_id: to, project_id: project })
    expect(moved).toMatchObject({ status: 200, json: { id, event_id: to, event: { id: to } } })
    expect((await list()).map(({ event_id }) => event_id)).not.toContain(from)
    expect((await assign({ event_id: from, project_id: project })).status).toBe(201)
  })

  test('is refused an event that has one, and 404 for unknown ids', async () => {
    const from = await recordOne(world)
    const taken = await recordOne(world)
    const { id } = (await assign({ event_id: from, project_id: project })).json as { id: number }
    await assign({ event_id: taken, project_id: project })
    const put = (path: number, event_id: number, project_id = project) =>
      world.call('PUT', `/assignments/${path}`, { event_id, project_id })
    expect((await put(id, taken)).status).toBe(400)
    expect((await put(999999, from)).status).toBe(404)
    expect((await put(id, 999999)).status).toBe(404)
    expect((await put(id, from, 999999)).status).toBe(404)
  })
})

describe('the list of assignments', () => {
  test('is newest first, by when the event began, end exclusive, at most 1000', async () => {
    const at = async (start: string) => {
      const event_id = await recordOne(world, { start: `2024-03-0${start}:00+01:00` })
      return ((await assign({ event_id, project_id: project })).json as { id: number }).id
    }
    const late = await at('2T10:00')
    const early = await at('1T10:00')
    const end = await at('3T00:00')
    const ids = async (query: string) => (await list(query)).map(({ id }) => id)
    expect(await ids('start=2024-03-01&end=2024-03-03')).toEqual([early, late])
    expect(await ids('start=2024-03-01&end=2024-03-03T00:00:01')).toEqual([end, early, late])
    expect(await ids('start=2024-03-02&end=2024-03-04&limit=1')).toEqual([end])
    expect(await ids('end=2024-03-02')).toEqual([early])
    expect((await ids('start=2024-03-01')).slice(0, 3)).toEqual([end, early, late])
    for (const limit of ['0', '1001', 'x']) {
      expect((await world.get(`/assignments?limit=${limit}`)).status).toBe(422)
    }
    expect((await world.get('/assignments?limit=1000')).status).toBe(200)
  })
})
