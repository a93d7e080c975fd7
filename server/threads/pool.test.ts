import { OPERATOR } from '../../contract/access.ts'
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '../../contract/errors.ts'
import { assign, makeProject, record } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'
import type { Pool } from './pool.ts'

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const linesOf = (text: string) => text.split('\r\n').length - 2

/** As the route would hand it over, times read. */
function input(...keys: string[]) {
  const start = Date.parse('2026-11-24T09:00:00Z')
  return {
    events: keys.map((key) => ({
      key,
      source: 'window' as const,
      user: 'pool',
      start,
      end: start + 1000,
      title: key,
      private: false,
    })),
  }
}

describe('commands that arrive together', () => {
  let world: World
  let pool: Pool
  beforeAll(async () => {
    world = await startWorld({ synchronous: 'FULL' })
    pool = world.hub.pool
  })
  afterAll(() => world.close())

  test('share their commits, and each is answered', async () => {
    const before = pool.commits()
    const keys = Array.from({ length: 200 }, (_, index) => `together-${index}`)
    const answers = await Promise.all(keys.map((key) => pool.command('events.create', input(key), OPERATOR)))
    expect(answers.map(({ items }) => items[0]?.key)).toEqual(keys)
    expect(new Set(answers.map(({ items }) => items[0]?.id)).size).toBe(200)
    expect(pool.commits() - before).toBeLessThan(100)
    expect(world.rows("SELECT count(*) AS n FROM events WHERE title LIKE 'together-%'")).toEqual([{ n: 200 }])
  })

  test('fail alone', async () => {
    await pool.command('projects.create', { name: 'Einmalig' }, OPERATOR)
    const before = pool.commits()
    const answers = await Promise.allSettled([
      ...Array.from({ length: 20 }, (_, index) =>
        pool.command('projects.create', { name: `Vorher ${index}` }, OPERATOR),
      ),
      pool.command('projects.create', { name: 'Einmalig' }, OPERATOR),
      // Fails after it has stored the first of its two events.
      pool.command(
        'events.create',
        {
          events: [...input('half').events, { ...input('together-1').events[0]!, title: 'another' }],
        },
        OPERATOR,
      ),
      ...Array.from({ length: 20 }, (_, index) =>
        pool.command('projects.create', { name: `Nachher ${index}` }, OPERATOR),
      ),
    ])
    expect(answers.filter(({ status }) => status === 'rejected')).toEqual([
      { status: 'rejected', reason: expect.objectContaining({ code: 'conflict' }) },
      { status: 'rejected', reason: expect.objectContaining({ code: 'conflict' }) },
    ])
    expect(pool.commits() - before).toBeLessThan(40)
    expect(world.rows("SELECT id FROM events WHERE title = 'half'")).toEqual([])
    expect(world.rows("SELECT count(*) AS n FROM projects WHERE name LIKE '%her %'")).toEqual([{ n: 40 }])
  })

  test('that change nothing make no commit known', async () => {
    const before = pool.commits()
    await pool.command('events.create', input('together-1'), OPERATOR)
    await expect(pool.command('projects.create', { name: 'Einmalig' }, OPERATOR)).rejects.toThrow(Refusal)
    expect(pool.commits()).toBe(before)
  })

  test('are seen by whoever reads after their answer', async () => {
    for (let round = 0; round < 20; round++) {
      const { id } = await pool.command('projects.create', { name: `Gelesen ${round}` }, OPERATOR)
      const { bytes } = await pool.query('projects.list', { archived: false }, OPERATOR)
      expect(textOf(bytes)).toContain(`"id":${id},`)
    }
  })

  test('tell which tables they touched', async () => {
    const heard: string[][] = []
    const stop = pool.onCommit((_commit, tables) => heard.push([...tables].sort()))
    await pool.command('projects.create', { name: 'Gehört' }, OPERATOR)
    await pool.command('events.create', input('heard'), OPERATOR)
    stop()
    await pool.command('projects.create', { name: 'Nicht gehört' }, OPERATOR)
    expect(heard).toEqual([['projects'], ['events', 'sessions']])
  })
})

describe('streams', () => {
  let world: World
  let pool: Pool
  const ROWS = 3000
  const everything = { format: 'field', includePrivate: true } as const
  beforeAll(async () => {
    world = await startWorld()
    pool = world.hub.pool
    const project = await makeProject(world)
    for (let round = 0; round < 3; round++) {
      const ids = await record(world, ...Array.from({ length: 1000 }, () => ({ title: 'x'.repeat(200) })))
      await assign(world, ids, project)
    }
  })
  afterAll(() => world.close())

  async function all(pieces: AsyncIterable<Uint8Array>): Promise<{ text: string; pieces: number }> {
    let text = ''
    let count = 0
    for await (const piece of pieces) {
      text += textOf(piece)
      count++
    }
    return { text, pieces: count }
  }

  test('come in pieces that make a whole', async () => {
    const { text, pieces } = await all(pool.stream('export.csv', everything, OPERATOR))
    expect(linesOf(text)).toBe(ROWS)
    expect(pieces).toBeGreaterThan(5)
  })

  test('show the data as it was when they began', async () => {
    const stream = pool.stream('export.csv', everything, OPERATOR)
    const first = await stream.next()
    const { id } = await pool.command('projects.create', { name: 'Später' }, OPERATOR)
    const [extra] = await record(world, { start: '2027-01-01T00:00:00Z' })
    await pool.command(
      'assignments.set',
      {
        eventIds: [extra ?? 0],
        target: { projectId: id },
        onlyUnassigned: false,
      },
      OPERATOR,
    )
    const { text } = await all(stream)
    expect(linesOf(textOf(first.value ?? new Uint8Array()) + text)).toBe(ROWS)
    expect(linesOf((await all(pool.stream('export.csv', everything, OPERATOR))).text)).toBe(ROWS + 1)
  })

  test('whose clients pause keep nobody else waiting', async () => {
    const paused = Array.from({ length: 10 }, () => pool.stream('export.csv', everything, OPERATOR))
    await Promise.all(paused.map((stream) => stream.next()))
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        pool.query('events.list', { limit: 1, deleted: false, order: 'newest' }, OPERATOR),
      ),
    )
    expect(answers).toHaveLength(20)
    for (const stream of paused) await stream.return()
  })

  test('given up half-way leave room for others', async () => {
    for (let round = 0; round < 20; round++) {
      for await (const piece of pool.stream('export.csv', everything, OPERATOR)) {
        expect(piece.length).toBeGreaterThan(0)
        break
      }
    }
    expect(linesOf((await all(pool.stream('export.csv', everything, OPERATOR))).text)).toBe(ROWS + 1)
  })

  test('are no more than sixteen at once', async () => {
    const open = Array.from({ length: 16 }, () => pool.stream('export.csv', everything, OPERATOR))
    await Promise.all(open.map((stream) => stream.next()))
    await expect(pool.stream('export.csv', everything, OPERATOR).next()).rejects.toMatchObject({
      code: 'busy',
    })
    for (const stream of open) await stream.return()
    expect((await pool.stream('export.csv', everything, OPERATOR).next()).done).toBe(false)
  })
})

describe('closing', () => {
  test('finishes what was sent and folds the write-ahead log away', async () => {
    const world = await startWorld({ synchronous: 'FULL' })
    const { pool } = world.hub
    const writes = Array.from({ length: 50 }, (_, index) =>
      pool.command('events.create', input(`last-${index}`), OPERATOR),
    )
    await pool.close(5000)
    await Promise.all(writes)
    expect(existsSync(`${world.file}-wal`)).toBe(false)
    expect(world.rows('SELECT count(*) AS n FROM events')).toEqual([{ n: 50 }])
    expect(world.log).toEqual([])
    await world.close()
  })
})
