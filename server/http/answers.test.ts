import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeProject, record, recordOne } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
  await record(world, ...Array.from({ length: 100 }, () => ({})))
})
afterAll(() => world.close())

const get = (path: string, headers: Record<string, string> = {}) => world.send(path, { headers })
const cacheOf = ({ headers }: { headers: Record<string, string | undefined> }) =>
  /desc=(\w+)/.exec(headers['server-timing'] ?? '')?.[1]

describe('an answer', () => {
  test('carries a tag by which the client need not get it again', async () => {
    const first = await get('/api/events')
    expect(first.headers).toMatchObject({
      etag: expect.stringMatching(/^"[\w-]+"$/),
      'cache-control': 'private, no-cache',
      vary: expect.stringContaining('Accept-Encoding'),
    })
    const again = await get('/api/events', { 'if-none-match': `W/"x", ${first.headers['etag']}` })
    expect([again.status, again.bytes.length]).toEqual([304, 0])
    expect(again.headers['etag']).toBe(first.headers['etag'])
    expect((await get('/api/events', { 'if-none-match': '"other"' })).status).toBe(200)
  })

  test('is kept until a table that it was read from changes', async () => {
    const first = await get('/api/events?limit=7')
    expect(cacheOf(first)).toBe('miss')
    expect(cacheOf(await get('/api/events?limit=7'))).toBe('hit')

    await makeProject(world) // not a table of events
    const still = await get('/api/events?limit=7', { 'if-none-match': first.headers['etag'] ?? '' })
    expect(still.status).toBe(304)

    await recordOne(world, { start: '22:00', title: 'new' })
    const after = await get('/api/events?limit=7', { 'if-none-match': first.headers['etag'] ?? '' })
    expect([after.status, cacheOf(after)]).toEqual([200, 'miss'])
    expect(after.bytes.toString()).toContain('"title":"new"')
    expect(after.headers['etag']).not.toBe(first.headers['etag'])
  })

  test('of projects changes with the hours booked on them', async () => {
    const project = await makeProject(world)
    const event = await recordOne(world)
    const booked = async () => (await get('/api/projects')).bytes.toString()
    const before = await booked()
    await world.call('PUT', '/api/assignments', { eventIds: [event], target: { projectId: project } })
    const assigned = await booked()
    expect(assigned).not.toBe(before)
    await world.call('PATCH', '/api/events', { eventIds: [event], set: { ignored: true } })
    expect(await booked()).toBe(before)
  })

  test('is never that of another URL', async () => {
    const paths = [
      '/api/events?limit=1',
      '/api/events?limit=2',
      '/events?limit=2',
      '/api/events?limit=1&order=oldest',
    ]
    const once = await Promise.all(paths.map((path) => get(path)))
    const twice = await Promise.all(paths.map((path) => get(path)))
    expect(new Set(once.map(({ bytes }) => bytes.toString())).size).toBe(4)
    expect(twice.map(({ bytes }) => bytes.toString())).toEqual(once.map(({ bytes }) => bytes.toString()))
  })

  test('that refuses is not kept', async () => {
    const next = Number(world.rows('SELECT max(id) + 1 AS id FROM events')[0]?.['id'])
    expect((await get(`/api/events/${next}`)).status).toBe(404)
    expect(await recordOne(world)).toBe(next)
    expect((await get(`/api/events/${next}`)).status).toBe(200)
  })

  test('to a POST is never served to a GET', async () => {
    const upload = await world.upload('/api/import/projects/preview', 'Projekte\nHalle\n')
    expect(upload.status).toBe(200)
    expect(upload.headers['etag']).toBeUndefined()
    expect((await get('/api/import/projects/preview')).status).toBe(404)
    const event_id = await recordOne(world)
    const created = await world.call('POST', '/assignments', {
      event_id,
      project_id: await makeProject(world),
    })
    expect(created.status).toBe(201)
    expect((await get('/assignments')).json).toBeInstanceOf(Array)
    const patched = await world.call('PATCH', `/events/${event_id}`, { is_private: true })
    expect(patched.status).toBe(200)
    expect((await get(`/events/${event_id}`)).status).toBe(404)
  })

  test('to HEAD is that to GET without its body', async () => {
    const whole = await get('/api/events?limit=3')
    const head = await world.send('/api/events?limit=3', { method: 'HEAD' })
    expect([head.status, head.bytes.length]).toEqual([200, 0])
    for (const name of ['etag', 'content-length', 'content-type', 'vary', 'cache-control'])
      expect(head.headers[name]).toBe(whole.headers[name])
  })
})

describe('compression', () => {
  const plain = () => get('/api/events?limit=50')

  test.each(['gzip', 'gzip, deflate, br, zstd', 'deflate, gzip;q=0.5', 'br;q=1, gzip;q=1'])(
    'is gzip for a client that takes %s',
    async (accepted) => {
      for (const round of ['computed', 'kept']) {
        const answer = await get('/api/events?limit=50', { 'accept-encoding': accepted })
        expect(answer.headers['content-encoding'], round).toBe('gzip')
        expect(answer.headers['vary']).toContain('Accept-Encoding')
        expect(answer.headers['content-length']).toBe(String(answer.bytes.length))
        expect(gunzipSync(answer.bytes).equals((await plain()).bytes)).toBe(true)
      }
    },
  )

  test.each(['', 'identity', 'br', 'deflate', 'gzip;q=0', 'gzip;q=0.0, identity'])(
    'is left out for a client that takes %j',
    async (accepted) => {
      const path = `/api/events?limit=50&user=anna${'&order=newest'.repeat(Number(accepted === 'br'))}`
      for (const round of ['computed', 'kept']) {
        const answer = await get(path, accepted === '' ? {} : { 'accept-encoding': accepted })
        expect(answer.headers['content-encoding'], round).toBeUndefined()
        expect(answer.headers['vary']).toContain('Accept-Encoding')
        expect(answer.json).toHaveProperty('items')
      }
    },
  )

  test('has tags of its own, which a commit ends as well', async () => {
    const path = '/api/events?limit=20'
    const gzip = await get(path, { 'accept-encoding': 'gzip' })
    const identity = await get(path)
    expect(gzip.headers['etag']).not.toBe(identity.headers['etag'])
    const other = await get(path, { 'if-none-match': gzip.headers['etag'] ?? '' })
    expect([other.status, other.headers['content-encoding']]).toEqual([200, undefined])
    await recordOne(world, { start: '23:00' })
    const headers = { 'accept-encoding': 'gzip', 'if-none-match': gzip.headers['etag'] ?? '' }
    expect((await get(path, headers)).status).toBe(200)
  })

  test('covers downloads and documents', async () => {
    for (const path of ['/docs', '/api/openapi.json']) {
      const answer = await get(path, { 'accept-encoding': 'gzip' })
      expect(answer.headers['content-encoding']).toBe('gzip')
      expect(gunzipSync(answer.bytes).equals((await get(path)).bytes)).toBe(true)
    }
  })
})

test('what is kept stays within its bounds', async () => {
  const small = await startWorld({ cacheBytes: 40_000 })
  try {
    await record(small, ...Array.from({ length: 50 }, () => ({})))
    for (let limit = 1; limit <= 50; limit++) await small.get(`/api/events?limit=${limit}`)
    const metrics = (await small.get('/metrics')).bytes.toString()
    const bytes = Number(/^timetrack_answer_cache_bytes (\d+)$/m.exec(metrics)?.[1])
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(40_000)
    // One that would fill an eighth of it is not kept at all.
    expect(cacheOf(await small.get('/api/events?limit=50'))).toBe('miss')
  } finally {
    await small.close()
  }
})
