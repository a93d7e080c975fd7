import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseInstant, zone } from '../../contract/time.ts'
import { recordOne } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'
import type { FieldEvent } from './shapes.ts'

const NOW = parseInstant('2026-11-24T12:00:00', zone('Europe/Berlin')) ?? 0

let world: World
beforeAll(async () => {
  world = await startWorld({ zone: 'Europe/Berlin', clock: () => NOW })
})
afterAll(() => world.close())

const WINDOW = {
  timestamp_start: '2025-11-15T10:00:00.123456',
  timestamp_end: '2025-11-15T10:20:00.123456',
  window_title: 'Statik_Rev3.pdf - Adobe Acrobat',
  process_name: 'acrobat.exe',
  machine_id: 'PC-07',
  device_id: 'd-1',
  user_id: 'anna',
}
const CALL = {
  timestamp_start: '2025-11-15T11:00:00',
  timestamp_end: '2025-11-15T11:05:30',
  duration_seconds: 330,
  phone_number: '+49 170 1234567',
  contact_name: 'Frau Yıldız',
  direction: 'INCOMING',
  user_id: 'anna',
}

async function post(kind: 'window' | 'phone', body: object): Promise<FieldEvent> {
  const answer = await world.call('POST', `/events/${kind}`, body)
  expect(answer.status, answer.bytes.toString()).toBe(201)
  return answer.json as FieldEvent
}

async function list(query: string): Promise<FieldEvent[]> {
  const answer = await world.get(`/events?${query}`)
  expect(answer.status, answer.bytes.toString()).toBe(200)
  return answer.json as FieldEvent[]
}
const idsOf = (events: FieldEvent[]) => events.map(({ id }) => id)

describe('the tray agent', () => {
  test('gets its window event back with every key, its times naive as it sent them', async () => {
    expect(await post('window', WINDOW)).toEqual({
      id: expect.any(Number),
      source_type: 'window',
      timestamp_start: '2025-11-15T10:00:00.123000',
      timestamp_end: '2025-11-15T10:20:00.123000',
      duration_seconds: 1200,
      is_private: false,
      phone_number: null,
      contact_name: null,
      direction: null,
      window_title: 'Statik_Rev3.pdf - Adobe Acrobat',
      process_name: 'acrobat.exe',
      machine_id: 'PC-07',
      device_id: 'd-1',
      user_id: 'anna',
    })
  })

  test('sends an event again when the answer was lost, and it is stored once', async () => {
    const first = await post('window', { ...WINDOW, machine_id: 'again' })
    const before = world.counts()
    expect(await post('window', { ...WINDOW, machine_id: 'again' })).toEqual(first)
    expect(world.counts()).toEqual(before)
    const other = await post('window', { ...WINDOW, machine_id: 'again', window_title: 'another' })
    expect(other.id).not.toBe(first.id)
  })

  test('may say next to nothing: the event begins now and lasts no time', async () => {
    expect(await post('window', { window_title: 'x', process_name: 'y' })).toMatchObject({
      timestamp_start: '2026-11-24T12:00:00',
      timestamp_end: '2026-11-24T12:00:00',
      duration_seconds: 0,
      machine_id: null,
      device_id: null,
      user_id: null,
    })
  })

  test('may send a duration in place of an end', async () => {
    const body = { ...WINDOW, timestamp_end: undefined, duration_seconds: 90, device_id: 'by-duration' }
    expect(await post('window', body)).toMatchObject({
      timestamp_end: '2025-11-15T10:01:30.123000',
      duration_seconds: 90,
    })
  })

  test('may send an end and no start', async () => {
    const body = { ...WINDOW, timestamp_start: undefined, duration_seconds: 90, device_id: 'by-end' }
    expect(await post('window', body)).toMatchObject({
      timestamp_start: '2025-11-15T10:18:30.123000',
      timestamp_end: '2025-11-15T10:20:00.123000',
    })
  })

  test('never waits behind an odd title: half an emoji is mended, NUL dropped, what is too long cut', async () => {
    const odd = (window_title: string) => post('window', { ...WINDOW, window_title, device_id: 'odd' })
    expect(await odd('Angebot \ud83d')).toMatchObject({ window_title: 'Angebot \ufffd' })
    expect(await odd('Ange\0bot')).toMatchObject({ window_title: 'Angebot' })
    expect((await odd('x'.repeat(5000))).window_title).toHaveLength(2000)
  })

  test('is refused a title that no window can have', async () => {
    const before = world.counts()
    const answer = await world.call('POST', '/events/window', {
      ...WINDOW,
      window_title: 'x'.repeat(100_000),
    })
    expect(answer.status).toBe(422)
    expect(answer.json).toEqual({ detail: [expect.objectContaining({ loc: ['body', 'window_title'] })] })
    expect(world.counts()).toEqual(before)
  })

  test.each(['window_title', 'process_name'])('must say %s', async (field) => {
    const before = world.counts()
    const answer = await world.call('POST', '/events/window', { ...WINDOW, [field]: undefined })
    expect(answer.status).toBe(422)
    expect(answer.json).toEqual({ detail: [expect.objectContaining({ loc: ['body', field] })] })
    expect(world.counts()).toEqual(before)
  })

  test('may send more than is asked for', async () => {
    await post('window', { ...WINDOW, device_id: 'more', version: '4.2', idle: false })
  })
})

describe('the call logger', () => {
  test('gets its call back with every key', async () => {
    expect(await post('phone', CALL)).toEqual({
      id: expect.any(Number),
      source_type: 'phone',
      timestamp_start: '2025-11-15T11:00:00',
      timestamp_end: '2025-11-15T11:05:30',
      duration_seconds: 330,
      is_private: false,
      phone_number: '+49 170 1234567',
      contact_name: 'Frau Yıldız',
      direction: 'INCOMING',
      window_title: null,
      process_name: null,
      machine_id: null,
      device_id: null,
      user_id: 'anna',
    })
  })

  test.each(['INCOMING', 'OUTGOING', 'MISSED'])('may send %s', async (direction) => {
    expect(await post('phone', { ...CALL, direction, device_id: direction })).toMatchObject({ direction })
  })

  test('may not know who called: empty strings are nothing', async () => {
    const call = await post('phone', { ...CALL, phone_number: '', contact_name: '', machine_id: '' })
    expect(call).toMatchObject({ phone_number: null, contact_name: null, machine_id: null })
  })

  test('is refused a direction that there is not', async () => {
    const answer = await world.call('POST', '/events/phone', { ...CALL, direction: 'SIDEWAYS' })
    expect(answer.status).toBe(422)
    expect(answer.json).toEqual({ detail: [expect.objectContaining({ loc: ['body', 'direction'] })] })
  })
})

describe('times', () => {
  const event = (timestamp_start: string, timestamp_end: string, device_id = timestamp_start) =>
    post('window', { ...WINDOW, timestamp_start, timestamp_end, device_id })

  test('with Z or an offset are instants and read back on the office clock', async () => {
    expect(await event('2025-07-01T10:00:00Z', '2025-07-01T11:00:00Z')).toMatchObject({
      timestamp_start: '2025-07-01T12:00:00',
      timestamp_end: '2025-07-01T13:00:00',
    })
    expect(await event('2025-07-01T10:00:00+05:30', '2025-07-01T11:00:00+0530')).toMatchObject({
      timestamp_start: '2025-07-01T06:30:00',
    })
  })

  test('from 02:50 to 02:10 on the night that clocks go back are twenty minutes', async () => {
    const made = await event('2025-10-26T02:50:00', '2025-10-26T02:10:00')
    expect(made).toMatchObject({
      duration_seconds: 1200,
      timestamp_start: '2025-10-26T02:50:00',
      timestamp_end: '2025-10-26T02:10:00',
    })
  })

  test('in the hour that clocks show twice follow the order in which a machine sends them', async () => {
    const night = [
      ['2025-10-26T01:50:00', '2025-10-26T02:20:00'],
      ['2025-10-26T02:20:00', '2025-10-26T02:50:00'],
      ['2025-10-26T02:50:00', '2025-10-26T02:10:00'],
      ['2025-10-26T02:10:00', '2025-10-26T02:55:00'],
      ['2025-10-26T02:55:00', '2025-10-26T03:05:00'],
    ] as const
    const send = () => Promise.all(night.map(([start, end]) => event(start, end, 'night')))
    const ids: number[] = []
    for (const [start, end] of night) ids.push((await event(start, end, 'night')).id)
    const starts = []
    for (const id of ids)
      starts.push(((await world.get(`/api/events/${id}`)).json as { start: string }).start.slice(11))
    expect(starts).toEqual([
      '01:50:00+02:00',
      '02:20:00+02:00',
      '02:50:00+02:00',
      '02:10:00+01:00',
      '02:55:00+01:00',
    ])
    expect((await send()).map(({ id }) => id)).toEqual(ids)
    const noon = await event('2025-10-26T12:00:00', '2025-10-26T12:10:00', 'night')
    expect(noon.timestamp_start).toBe('2025-10-26T12:00:00')
  })

  test('within the hour that the spring night skips move ahead by it', async () => {
    expect(await event('2025-03-30T01:50:00', '2025-03-30T03:10:00')).toMatchObject({
      duration_seconds: 1200,
    })
    expect(await event('2025-03-30T02:30:00', '2025-03-30T03:30:00')).toMatchObject({ duration_seconds: 0 })
  })

  test.each([
    ['timestamp_start', { timestamp_start: 'yesterday' }],
    ['timestamp_start', { timestamp_start: '2025-02-30T10:00:00' }],
    ['timestamp_start', { timestamp_start: '0000-01-01T10:00:00' }],
    ['timestamp_start', { timestamp_start: '9999-01-01T10:00:00', timestamp_end: '9999-01-01T11:00:00' }],
    ['timestamp_end', { timestamp_end: 'later' }],
    ['timestamp_end', { timestamp_end: '2025-11-15T09:59:00' }],
    ['duration_seconds', { duration_seconds: -1 }],
    ['duration_seconds', { duration_seconds: 1e300 }],
    ['duration_seconds', { duration_seconds: '5' }],
  ])('that cannot be are refused by name: %s in %j', async (field, wrong) => {
    const before = world.counts()
    const answer = await world.call('POST', '/events/window', { ...WINDOW, ...wrong })
    expect(answer.status).toBe(422)
    expect(answer.json).toEqual({
      detail: [{ loc: ['body', field], msg: expect.any(String), type: 'value_error' }],
    })
    expect(world.counts()).toEqual(before)
  })
})

describe('the list', () => {
  const user = 'list'
  let ids: number[]
  beforeAll(async () => {
    const at = (hour: number, kind: 'window' | 'phone' = 'window') => {
      const start = `2025-12-0${Math.floor(hour / 24) + 1}T${String(hour % 24).padStart(2, '0')}`
      const times = { timestamp_start: `${start}:00:00`, timestamp_end: `${start}:30:00`, user_id: user }
      return post(
        kind,
        kind === 'window' ? { ...WINDOW, ...times } : { ...CALL, duration_seconds: 1800, ...times },
      )
    }
    // Sent out of order, as after an outage.
    const made = [await at(10), await at(8), await at(9, 'phone'), await at(34), await at(12)]
    ids = idsOf(made)
  })
  const at = (...indexes: number[]) => indexes.map((index) => ids[index])

  test('is a bare array, newest start first', async () => {
    expect(idsOf(await list(`user_id=${user}`))).toEqual(at(3, 4, 0, 2, 1))
  })

  test('can be of one kind, of one person, and of a person whom nobody knows', async () => {
    expect(idsOf(await list(`user_id=${user}&source_type=phone`))).toEqual(at(2))
    expect(idsOf(await list(`user_id=${user}&source_type=window`))).toEqual(at(3, 4, 0, 1))
    expect(await list('user_id=nobody')).toEqual([])
  })

  test('is cut by limit and offset, 100 unless said', async () => {
    expect(idsOf(await list(`user_id=${user}&limit=2`))).toEqual(at(3, 4))
    expect(idsOf(await list(`user_id=${user}&limit=2&offset=2`))).toEqual(at(0, 2))
    expect(await list(`user_id=${user}&offset=5`)).toEqual([])
    const many = Array.from({ length: 101 }, (_, index) => ({ key: `m${index}`, user: 'many' }))
    const answer = await world.call('POST', '/api/events', {
      events: many.map((one) => ({
        ...one,
        source: 'window',
        start: '2025-06-01T08:00:00Z',
        end: '2025-06-01T08:00:00Z',
      })),
    })
    expect(answer.status).toBe(201)
    expect(await list('user_id=many')).toHaveLength(100)
    expect(await list('user_id=many&limit=500')).toHaveLength(101)
  })

  test.each(['limit=0', 'limit=501', 'limit=-1', 'limit=ten', 'offset=-1', 'limit=1e2', 'limit='])(
    'refuses %s',
    async (query) => {
      const answer = await world.get(`/events?${query}`)
      expect(answer.status).toBe(422)
      expect(answer.json).toEqual({ detail: [expect.objectContaining({ type: 'value_error' })] })
    },
  )

  test('holds what starts in the range, its end included, or is still going on when it begins', async () => {
    const range = (start: string, end: string) => list(`user_id=${user}&start=${start}&end=${end}`)
    expect(idsOf(await range('2025-12-01T09:00:00', '2025-12-01T10:00:00'))).toEqual(at(0, 2))
    expect(idsOf(await range('2025-12-01T08:30:00', '2025-12-01T08:45:00'))).toEqual(at(1))
    expect(idsOf(await range('2025-12-01T08:31:00', '2025-12-01T08:45:00'))).toEqual([])
    expect(idsOf(await list(`user_id=${user}&start=2025-12-01T12:15:00`))).toEqual(at(3, 4))
    expect(idsOf(await list(`user_id=${user}&end=2025-12-01T09:00:00`))).toEqual(at(2, 1))
  })

  test('takes days, offsets, and a plus that nobody escaped', async () => {
    expect(idsOf(await list(`user_id=${user}&start=2025-12-02`))).toEqual(at(3))
    expect(idsOf(await list(`user_id=${user}&start=2025-12-01T12:00:00%2B01:00`))).toEqual(at(3, 4))
    expect(idsOf(await list(`user_id=${user}&start=2025-12-01T12:00:00+01:00`))).toEqual(at(3, 4))
    expect(idsOf(await list(`user_id=${user}&start=2025-12-01T11:00:00Z`))).toEqual(at(3, 4))
    expect(idsOf(await list(`user_id=${user}&start=2025-12-01+12:00`))).toEqual(at(3, 4))
  })

  test('refuses a bound that is no time', async () => {
    const answer = await world.get('/events?start=soon')
    expect(answer.status).toBe(422)
    expect(JSON.stringify(answer.json)).toContain('start')
  })

  test('finds an event of days that was begun long before the range', async () => {
    const long = await post('window', {
      ...WINDOW,
      user_id: 'long',
      timestamp_start: '2025-01-01T08:00:00',
      timestamp_end: '2025-01-05T08:00:00',
    })
    expect(idsOf(await list('user_id=long&start=2025-01-04&end=2025-01-06'))).toEqual([long.id])
    expect(idsOf(await list('user_id=long&start=2025-01-05T08:00:00'))).toEqual([long.id])
    expect(await list('user_id=long&start=2025-01-05T08:00:01')).toEqual([])
  })

  test('leaves out what was deleted', async () => {
    const id = await recordOne(world, { user: 'gone' })
    await world.call('PATCH', '/api/events', { eventIds: [id], set: { deleted: true } })
    expect(await list('user_id=gone')).toEqual([])
  })
})

describe('an event', () => {
  test('can be made private and open again', async () => {
    const { id } = await post('window', { ...WINDOW, device_id: 'private' })
    const set = (is_private: boolean) => world.call('PATCH', `/events/${id}`, { is_private })
    expect(await set(true)).toMatchObject({ status: 200, json: { id, is_private: true } })
    expect(await set(true)).toMatchObject({ status: 200, json: { id, is_private: true } })
    expect(await set(false)).toMatchObject({ status: 200, json: { id, is_private: false } })
  })

  test('that there is not answers 404, and a wrong flag 422', async () => {
    expect(await world.call('PATCH', '/events/999999', { is_private: true })).toMatchObject({
      status: 404,
      json: { detail: 'There is no event 999999.' },
    })
    expect((await world.call('PATCH', '/events/1', { is_private: 'yes' })).status).toBe(422)
    expect((await world.call('PATCH', '/events/one', { is_private: true })).status).toBe(422)
  })
})

test('HEAD /events carries how long it took', async () => {
  const answer = await world.send('/events', { method: 'HEAD' })
  expect(answer.status).toBe(200)
  expect(answer.bytes).toHaveLength(0)
  expect(answer.headers['x-process-time']).toMatch(/^\d+\.\d{6}$/)
})
