import { OPERATOR } from '../../contract/access.ts'
import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { LIMITS } from '../../contract/events.ts'
import { eventually, startWorld, type World } from '../testing/world.ts'

let world: World
afterEach(() => world.close())

const START = Date.parse('2026-11-24T08:00:00Z')
const DAY = { day: '2026-11-24', user: 'anna' }
const ONE = { limit: 1, deleted: false, order: 'newest' as const }

/** A day of events as large as they may be: 30 MB that a reader has to hold and compress at once. */
async function fillDay(): Promise<void> {
  for (let block = 0; block < 5; block++) {
    await world.hub.pool.command(
      'events.create',
      {
        events: Array.from({ length: 1000 }, (_, index) => ({
          key: `${block}-${index}`,
          source: 'window' as const,
          user: 'anna',
          start: START + block * 1000 + index,
          end: START + block * 1000 + index,
          title: randomBytes(LIMITS.title / 2).toString('hex'),
          url: randomBytes(LIMITS.url / 2).toString('hex'),
          private: false,
        })),
      },
      OPERATOR,
    )
  }
}

/** A project list that takes long to store and much memory to read. */
function longList(): { bytes: Uint8Array } {
  const notes = 'x'.repeat(180)
  const rows = Array.from({ length: 20_000 }, (_, index) => `Projekt ${index};${notes};Meilenstein;8`)
  return {
    bytes: new TextEncoder().encode(['Projekte;Notizen;Arbeitspaket;Sollstunden', ...rows].join('\n')),
  }
}

const small = (key: string) => ({
  events: [{ key, source: 'manual' as const, start: START, end: START, private: false }],
})
const replaced = () => world.log.filter(({ message }) => message === 'Thread replaced')

describe('a reader', () => {
  test('that runs out of memory fails its own request alone and is replaced', async () => {
    world = await startWorld({ heapMb: { reader: 20, writer: 96 } })
    await fillDay()
    const { pool } = world.hub
    const big = pool.query('days.get', DAY, OPERATOR).then(
      () => 'answered',
      (error: unknown) => error,
    )
    const others = await Promise.all(
      Array.from({ length: 10 }, () => pool.query('events.list', ONE, OPERATOR)),
    )
    expect(others.map(({ rows }) => rows)).toEqual(Array(10).fill(1))
    expect(await big).toMatchObject({ code: 'busy' })
    expect(replaced()).toEqual([
      {
        level: 'warn',
        message: 'Thread replaced',
        fields: { thread: expect.stringMatching(/^reader /), reason: expect.any(String) },
      },
    ])
    expect(pool.stats().readerRestarts).toBe(1)
    const { server } = (await world.get('/api/system')).json as { server: { threads: object[] } }
    expect(server.threads).toContainEqual(
      expect.objectContaining({ restarts: 1, lastReason: expect.stringMatching(/memory/i) }),
    )
    await eventually(async () => Object.values(await pool.ping(500)).every((state) => state === 'ok'))
    expect((await pool.query('events.list', ONE, OPERATOR)).rows).toBe(1)
  })

  test('that takes too long is ended and replaced; its request is told to come again', async () => {
    world = await startWorld({ timeoutMs: { query: 400, commit: 30_000, drain: 8000, start: 15_000 } })
    await fillDay()
    const answer = world.send('/api/days/2026-11-24?user=anna', { headers: { 'accept-encoding': 'gzip' } })
    await eventually(() => replaced().length > 0)
    expect(await answer).toMatchObject({ status: 503, json: { error: { code: 'busy' } } })
    await eventually(async () => (await world.get('/health')).status === 200)
    expect((await world.get('/api/events?limit=1')).status).toBe(200)
  })
})

describe('the writer', () => {
  test.each([
    ['runs out of memory', { heapMb: { reader: 96, writer: 20 } }],
    ['takes too long', { timeoutMs: { query: 10_000, commit: 150, drain: 8000, start: 15_000 } }],
  ])('that %s loses nothing it acknowledged, and its successor goes on', async (_what, options) => {
    world = await startWorld({ ...options, synchronous: 'FULL' })
    const { pool } = world.hub
    const stored: string[] = []
    const send = (key: string) =>
      pool.command('events.create', small(key), OPERATOR).then(
        ({ items }) => void stored.push(...items.map((item) => item.key)),
        (error: unknown) => expect(error).toMatchObject({ code: 'busy' }),
      )
    await Promise.all(Array.from({ length: 20 }, (_, index) => send(`before-${index}`)))
    const heavy = pool.command('import.apply', longList(), OPERATOR).then(
      () => 'stored',
      (error: unknown) => error,
    )
    const meanwhile = Array.from({ length: 20 }, (_, index) => send(`meanwhile-${index}`))
    expect(await heavy).toMatchObject({ code: 'busy' })
    await Promise.all(meanwhile)
    // A successor under load may be slow to its first commit: what is sent again counts as well.
    await eventually(async () => {
      await send('after')
      return stored.includes('after')
    })
    expect(stored).toEqual(
      expect.arrayContaining(Array.from({ length: 20 }, (_, index) => `before-${index}`)),
    )
    expect(world.rows('SELECT count(*) AS n FROM projects')).toEqual([{ n: 0 }])
    const events = Number(world.rows('SELECT count(*) AS n FROM events')[0]?.['n'])
    expect(events).toBeGreaterThanOrEqual(new Set(stored).size)
    expect(pool.stats().writerRestarts).toBeGreaterThan(0)
    expect(replaced()[0]).toMatchObject({ fields: { thread: 'writer' } })
  })
})

describe('health', () => {
  test('is degraded while a thread is down, and says which', async () => {
    world = await startWorld({ heapMb: { reader: 96, writer: 20 } })
    const heavy = world.hub.pool.command('import.apply', longList(), OPERATOR).catch(() => 'lost')
    const answer = await eventually(async () => {
      const health = await world.get('/health')
      return health.status === 503 && health
    })
    expect(answer.json).toMatchObject({
      status: 'degraded',
      threads: { 'reader 1': 'ok', 'reader 2': 'ok', writer: 'down' },
      problem: expect.stringContaining('writer'),
    })
    await heavy
    await eventually(async () => (await world.get('/health')).status === 200)
  })
})
