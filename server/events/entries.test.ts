import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '../../contract/calls.ts'
import { makeProject } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
let project: number
beforeAll(async () => {
  world = await startWorld()
  project = await makeProject(world)
})
afterAll(() => world.close())

let made = 0
const entry = (more: object = {}) => ({
  key: `entry-${++made}`,
  user: 'anna',
  start: '2026-11-24T14:00:00+01:00',
  end: '2026-11-24T15:30:00+01:00',
  title: 'Baubesprechung',
  target: { projectId: project, comment: 'vor Ort' },
  ...more,
})
const create = (body: object) => world.call('POST', '/api/entries', body)
const read = async (id: number) => (await world.get(`/api/events/${id}`)).json as Answer<'events.get'>

test('an entry is an event with its assignment, in one action that can be undone', async () => {
  const answer = await create(entry())
  expect(answer.status).toBe(201)
  const { event, batch } = answer.json as Answer<'entries.create'>
  expect(await read(event)).toMatchObject({
    source: 'manual',
    user: 'anna',
    title: 'Baubesprechung',
    assignment: { projectId: project, comment: 'vor Ort', by: 'manual' },
  })
  expect((await world.get('/api/batches?limit=1')).json).toMatchObject({
    items: [{ id: batch, kind: 'entry', rows: 1, projectId: project }],
  })
  const hours = () => world.rows(`SELECT coalesce(sum(ms), 0) AS ms FROM booked`)[0]?.['ms']
  expect(hours()).toBe(5_400_000)
  expect((await world.call('POST', `/api/batches/${batch}/undo`, {})).json).toEqual({
    batch,
    restored: [event],
    left: [],
  })
  expect(await read(event)).toMatchObject({ deleted: true })
  expect(hours()).toBe(0)
})

test('sent again it is stored once, and another under its key is refused', async () => {
  const sent = entry({ target: null })
  const { event } = (await create(sent)).json as Answer<'entries.create'>
  expect((await create(sent)).json).toEqual({ event, batch: null })
  const before = world.counts()
  expect(await create({ ...sent, end: '2026-11-24T15:00:00+01:00' })).toMatchObject({ status: 409 })
  expect(world.counts()).toEqual(before)
})

test.each([
  ['an end before its start', { end: '2026-11-24T13:00:00+01:00' }, 422],
  ['more than a day', { end: '2026-11-26T13:00:00+01:00' }, 422],
  ['nobody', { user: '' }, 422],
  ['an unknown project', { target: { projectId: 999_999 } }, 404],
])('%s is refused and leaves nothing', async (_what, more, status) => {
  const before = world.counts()
  expect((await create(entry(more))).status).toBe(status)
  expect(world.counts()).toEqual(before)
})
