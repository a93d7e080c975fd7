import { afterEach, expect, test, vi } from 'vitest'
import { ApiError, addressOf, ask, askAhead, upload } from './api.ts'
import { Refused, fakeHub as makeHub } from './fixtures/fake-hub.ts'

function fakeHub(answers: Parameters<typeof makeHub>[0]) {
  const hub = makeHub(answers)
  vi.stubGlobal('fetch', hub.fetch)
  return hub
}

afterEach(() => vi.unstubAllGlobals())

test('parameters go into the path, the rest into query or body', async () => {
  const hub = fakeHub({
    'get /api/days/2026-11-24': () => ({}),
    'patch /api/projects/7': () => ({}),
  })
  await ask('days.get', { day: '2026-11-24', user: 'jörg & co' })
  await ask('projects.change', { id: '7', archived: true })
  expect(hub.asked[0]?.query.get('user')).toBe('jörg & co')
  expect(hub.asked[1]?.body).toEqual({ archived: true })
})

test('what was asked ahead is for the first who asks, and only while it is new', async () => {
  const hub = fakeHub({ 'get /api/projects': () => ({ items: [] }) })
  askAhead('projects.list', { archived: 'true' })
  await ask('projects.list')
  await ask('projects.list', { archived: 'true' })
  expect(hub.asked).toHaveLength(2)
  await ask('projects.list', { archived: 'true' })
  expect(hub.asked).toHaveLength(3)
  vi.useFakeTimers()
  askAhead('projects.list')
  vi.advanceTimersByTime(10_000)
  vi.useRealTimers()
  await ask('projects.list')
  expect(hub.asked).toHaveLength(5)
})

test('addresses leave out what is not chosen', () => {
  expect(addressOf('export.csv', { from: '2026-11-23', user: '', format: 'excel-de' })).toBe(
    '/api/export/csv?from=2026-11-23&format=excel-de',
  )
})

test('a refusal keeps its code and the messages for fields', async () => {
  fakeHub({
    'post /api/projects': () => {
      throw new Refused(422, 'invalid', { name: 'must not be empty' })
    },
  })
  await expect(ask('projects.create', { name: '' })).rejects.toMatchObject({
    code: 'invalid',
    status: 422,
    fields: { name: 'must not be empty' },
  })
})

test('silence is offline, and a page that is no JSON is an internal error', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  await expect(ask('hub.get')).rejects.toMatchObject({ code: 'offline' })
  vi.stubGlobal('fetch', async () => new Response('<h1>Bad gateway</h1>', { status: 502 }))
  await expect(ask('hub.get')).rejects.toBeInstanceOf(ApiError)
  await expect(ask('hub.get')).rejects.toMatchObject({ code: 'internal', status: 502 })
})

test('a hub that is not well still says how it is', async () => {
  vi.stubGlobal('fetch', async () =>
    Response.json({ status: 'degraded', uptimeSeconds: 5, problem: 'writer down' }, { status: 503 }),
  )
  expect(await ask('hub.health')).toMatchObject({ problem: 'writer down' })
})

test('a file is sent as the form field that the hub reads', async () => {
  let sent: unknown
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    sent = init.body
    return Response.json({})
  })
  await upload('import.preview', new File(['a;b'], 'erp.csv'))
  expect((sent as FormData).get('file')).toBeInstanceOf(File)
})
