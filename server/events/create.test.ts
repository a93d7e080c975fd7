import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeEvent, record, recordOne, type SentEvent } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

const create = (...events: SentEvent[]) => world.call('POST', '/api/events', { events })

describe('recording events', () => {
  test('answers each with its key and its id, and reads back what was sent', async () => {
    const call = makeEvent({
      source: 'phone',
      start: '2026-11-24T09:00:00.250+01:00',
      end: '2026-11-24T08:05:30Z',
      machine: 'pi',
      device: 'logger',
      title: null,
      app: null,
      url: 'tel:1',
      phoneNumber: '+49 170 1',
      contact: 'Frau Yıldız',
      direction: 'missed',
      private: true,
    })
    const answer = await create(call)
    expect(answer).toMatchObject({ status: 201, json: { items: [{ key: call.key, status: 'created' }] } })
    const { id } = (answer.json as { items: [{ id: number }] }).items[0]
    const { key: _, ...sent } = call
    expect((await world.get(`/api/events/${id}`)).json).toEqual({
      ...sent,
      // It is private, and nobody's.
      url: null,
      phoneNumber: null,
      contact: null,
      id,
      sessionId: expect.any(Number),
      awayMs: 0,
      start: '2026-11-24T09:00:00.250+01:00',
      end: '2026-11-24T09:05:30+01:00',
      ignored: false,
      deleted: false,
      assignment: null,
    })
  })

  test('takes 1000 at once', async () => {
    const before = world.counts()['events'] ?? 0
    expect(await record(world, ...Array.from({ length: 1000 }, () => ({})))).toHaveLength(1000)
    expect(world.counts()['events']).toBe(before + 1000)
  })

  test('stores a key once, however often it is sent', async () => {
    const event = makeEvent()
    const first = (await create(event)).json as { items: [{ id: number }] }
    const before = world.counts()
    expect((await create(event, event)).json).toEqual({
      items: [1, 2].map(() => ({ key: event.key, id: first.items[0].id, status: 'duplicate' })),
    })
    expect(world.counts()).toEqual(before)
  })

  test('knows a key twice within one request', async () => {
    const event = makeEvent()
    expect((await create(event, event)).json).toMatchObject({
      items: [{ status: 'created' }, { status: 'duplicate' }],
    })
  })

  test('keeps keys of different people apart', async () => {
    const event = makeEvent()
    const answer = await create(event, { ...event, user: 'ben' }, { ...event, user: null })
    expect(answer.json).toMatchObject({
      items: [{ status: 'created' }, { status: 'created' }, { status: 'created' }],
    })
  })

  test.each<[string, Partial<SentEvent>]>([
    ['start', { start: '2026-11-24T09:00:01+01:00' }],
    ['end', { end: '2026-11-24T12:00:00+01:00' }],
    ['source', { source: 'browser' }],
    ['title', { title: 'another' }],
    ['title', { title: null }],
  ])('refuses a known key with another %s, and stores none of the others', async (_what, change) => {
    const event = makeEvent({ end: '2026-11-24T11:00:00+01:00', start: '2026-11-24T09:00:00+01:00' })
    await create(event)
    const before = world.counts()
    const answer = await create(makeEvent({ user: 'somebody new' }), { ...event, ...change })
    expect(answer).toMatchObject({ status: 409, json: { error: { code: 'conflict' } } })
    expect(answer.json).toHaveProperty(['error', 'fields', 'events.1.key'])
    expect(world.counts()).toEqual(before)
  })

  test('of a deleted event with its key does not bring it back', async () => {
    const event = makeEvent()
    const { id } = ((await create(event)).json as { items: [{ id: number }] }).items[0]
    await world.call('PATCH', '/api/events', { eventIds: [id], set: { deleted: true } })
    expect((await create(event)).json).toMatchObject({ items: [{ id, status: 'duplicate' }] })
    expect((await world.get(`/api/events/${id}`)).json).toMatchObject({ deleted: true })
  })
})

describe('people', () => {
  type People = { items: { handle: string; name: string; lastEvent: string | null }[] }
  const people = async () => ((await world.get('/api/users')).json as People).items

  test('appear with their first event and are listed by name', async () => {
    expect((await people()).map(({ handle }) => handle)).not.toContain('zoë')
    await recordOne(world, { user: 'zoë', start: '10:00' })
    await recordOne(world, { user: 'zoë', start: '08:00' })
    expect(await people()).toContainEqual(
      expect.objectContaining({ handle: 'zoë', name: 'zoë', lastEvent: '2026-11-24T10:00:00+01:00' }),
    )
    const names = (await people()).filter(({ handle }) => handle !== '').map(({ name }) => name)
    expect(names).toEqual([...names].sort())
  })

  test('end with an entry of no handle for the events that name nobody, whose day is there', async () => {
    const start = '2030-02-28T10:00:00+01:00'
    const id = await recordOne(world, { user: null, start, end: start })
    expect((await people()).at(-1)).toMatchObject({ handle: '', lastEvent: start })
    const day = (await world.get('/api/days/2030-02-28?user=')).json as { events: { id: number }[] }
    expect(day.events.map((event) => event.id)).toEqual([id])
    await world.call('PATCH', '/api/events', { eventIds: [id], set: { deleted: true } })
    expect(await people()).not.toContainEqual(expect.objectContaining({ lastEvent: start }))
  })
})
