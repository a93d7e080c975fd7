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
      id,
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
    const names = (await people()).map(({ name }) => name)
    expect(names).toEqual([...names].sort())
  })
})

describe('a day', () => {
  type Day = { events: { id: number; title: string }[] }
  const day = (path: string) => world.get(`/api/days/${path}`)

  test('holds what began in it, oldest first, of one person', async () => {
    const [late, early] = await record(
      world,
      { user: 'day', start: '2026-03-02T23:50:00+01:00', title: 'late' },
      { user: 'day', start: '2026-03-02T00:00:00+01:00', title: 'early' },
      { user: 'day', start: '2026-03-01T23:59:59+01:00', title: 'the day before' },
      { user: 'other', start: '2026-03-02T10:00:00+01:00', title: 'of another' },
    )
    const answer = await day('2026-03-02?user=day')
    expect(answer.json).toMatchObject({
      day: '2026-03-02',
      start: '2026-03-02T00:00:00+01:00',
      end: '2026-03-03T00:00:00+01:00',
      user: 'day',
      truncated: false,
    })
    expect((answer.json as Day).events.map(({ id }) => id)).toEqual([early, late])
  })

  test('has 23 hours in spring and 25 in autumn', async () => {
    expect((await day('2026-03-29')).json).toMatchObject({
      start: '2026-03-29T00:00:00+01:00',
      end: '2026-03-30T00:00:00+02:00',
    })
    expect((await day('2026-10-25')).json).toMatchObject({
      start: '2026-10-25T00:00:00+02:00',
      end: '2026-10-26T00:00:00+01:00',
    })
  })

  test('is summed up per person without titles: what overlaps counts once, what is ignored not at all', async () => {
    const at = (start: string, end: string) => ({
      user: 'sum',
      start: `2026-02-03T${start}:00+01:00`,
      end: `2026-02-03T${end}:00+01:00`,
    })
    const [, , ignored] = await record(
      world,
      at('09:00', '10:00'),
      at('09:30', '10:30'),
      at('12:00', '13:00'),
    )
    await world.call('PATCH', '/api/events', { eventIds: [ignored], set: { ignored: true } })
    const answer = await day('2026-02-03/summary')
    expect(answer.json).toEqual({
      day: '2026-02-03',
      people: [
        {
          user: 'sum',
          name: 'sum',
          capturedMs: 90 * 60_000,
          assignedMs: 0,
          firstStart: '2026-02-03T09:00:00+01:00',
          lastEnd: '2026-02-03T10:30:00+01:00',
        },
      ],
    })
  })

  test.each(['2026-02-30', '2026-2-3', 'today', '0000-00-00'])(
    'that is none is refused: %s',
    async (text) => {
      expect((await day(text)).status).toBe(422)
    },
  )
})
