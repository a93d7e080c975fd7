import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { assign, makeProject, record } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
let project: number
beforeAll(async () => {
  world = await startWorld()
  project = await makeProject(world)
})
afterAll(() => world.close())

let person = 0
let user: string
beforeEach(() => {
  user = `person-${++person}`
})

type Session = { id: number; event_ids: number[]; assignment: object | null; [field: string]: unknown }

const event = (start: string, end: string, title = 'Plan_v1.dwg - AutoCAD') => ({
  user,
  title,
  app: 'acad.exe',
  start: `2026-11-24T${start}:00+01:00`,
  end: `2026-11-24T${end}:00+01:00`,
})
const list = async (query = '') => (await world.get(`/sessions?user_id=${user}${query}`)).json as Session[]

test('a session reads as the old service showed it', async () => {
  const ids = await record(world, event('09:00', '09:10'), event('09:13', '09:20'))
  const [session, ...others] = await list()
  expect(others).toEqual([])
  expect(session).toEqual({
    id: expect.any(Number),
    user_id: user,
    process_name: 'acad.exe',
    window_title_base: 'Plan_v1.dwg',
    start_time: '2026-11-24T09:00:00',
    end_time: '2026-11-24T09:20:00',
    total_duration_seconds: 1200,
    active_duration_seconds: 1020,
    event_count: 2,
    break_count: 1,
    event_ids: ids,
    is_private: false,
    assignment_id: null,
    assignment: null,
    created_at: '2026-11-24T09:20:00',
    updated_at: '2026-11-24T09:20:00',
  })
  expect((await world.get(`/sessions/${session?.id}`)).json).toEqual(session)
})

test('assigning a session assigns each of its events that has no assignment', async () => {
  const ids = await record(world, event('09:00', '09:10'), event('09:10', '09:20'), event('09:20', '09:30'))
  const other = await makeProject(world)
  await assign(world, [ids[0] as number], other)
  const [session] = await list()
  const answer = await world.call('POST', `/sessions/${session?.id}/assign`, {
    project_id: project,
    comment: 'c',
  })
  expect(answer).toMatchObject({ status: 200, json: { id: session?.id, assignment: { project_id: other } } })
  const assigned = (await world.get('/assignments?limit=3')).json as {
    event_id: number
    project_id: number
  }[]
  expect(assigned.map(({ event_id, project_id }) => [event_id, project_id])).toEqual([
    [ids[2], project],
    [ids[1], project],
    [ids[0], other],
  ])
})

test('lists are newest first, bounded and of a range', async () => {
  await record(world, event('09:00', '09:10'), event('11:00', '11:10'), event('13:00', '13:10'))
  const starts = async (query: string) =>
    (await list(query)).map(({ start_time }) => String(start_time).slice(11, 16))
  expect(await starts('')).toEqual(['13:00', '11:00', '09:00'])
  expect(await starts('&limit=1&offset=1')).toEqual(['11:00'])
  expect(await starts('&start=2026-11-24T10:00:00&end=2026-11-24T13:00:00')).toEqual(['11:00'])
  expect((await world.get('/sessions?limit=501')).status).toBe(422)
})

test('aggregating says what is there', async () => {
  await record(world, event('09:00', '09:10'), event('11:00', '11:10'))
  const answer = await world.call(
    'POST',
    `/sessions/aggregate?user_id=${user}&start=2026-11-24&end=2026-11-25`,
  )
  expect(answer).toMatchObject({
    status: 201,
    json: { sessions_created: 2, start: '2026-11-24T00:00:00', end: '2026-11-25T00:00:00' },
  })
  expect((await world.call('POST', '/sessions/aggregate')).json).toMatchObject({
    sessions_created: expect.any(Number),
  })
})

test('an unknown session is not found, a foreign target is refused', async () => {
  expect(await world.get('/sessions/999999')).toMatchObject({
    status: 404,
    json: { detail: expect.any(String) },
  })
  expect((await world.call('POST', '/sessions/999999/assign', { project_id: project })).status).toBe(404)
  await record(world, event('09:00', '09:10'))
  const [session] = await list()
  expect((await world.call('POST', `/sessions/${session?.id}/assign`, { project_id: 999_999 })).status).toBe(
    404,
  )
})
