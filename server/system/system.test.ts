import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { HostReport } from '../../contract/host.ts'
import { System } from '../../contract/system.ts'
import { SCHEMA_VERSION } from '../../db/migrations/list.ts'
import { MEMORY } from '../host/memory-limits.ts'
import { recordOne } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
const opened: World[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

async function other(options: Parameters<typeof startWorld>[0]): Promise<World> {
  const made = await startWorld(options)
  opened.push(made)
  return made
}

/** The answer, as the contract describes it. */
async function read(from: World): Promise<System> {
  const answer = await from.get('/api/system')
  expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store'])
  return System.strict().parse(answer.json)
}

const at = (time: string) => Date.parse(`2026-11-24T${time}Z`)

/** What Electron's main would say. */
const REPORT: HostReport = {
  at: at('09:00:00'),
  since: at('06:00:00'),
  electron: '45.4.1',
  readings: [
    { part: 'main', pid: 10, rssMb: 200, pssMb: 120, ownMb: 90.5 },
    { part: 'server', pid: 11, rssMb: 480.2, pssMb: 300, ownMb: 150.2 },
    { part: 'renderer', pid: 12, rssMb: 220, pssMb: null, ownMb: null },
    { part: 'other', pid: 13, rssMb: 40, pssMb: 20, ownMb: 10.1 },
    { part: 'other', pid: 14, rssMb: 41, pssMb: null, ownMb: 5.2 },
  ],
  totalMb: 256,
  caps: { ...MEMORY.caps, total: MEMORY.total },
  heaps: {
    server: { askedMb: 216, reportedMb: 216, isInForce: true },
    main: { askedMb: 140, reportedMb: 2096, isInForce: false },
    renderer: { askedMb: 280, reportedMb: null, isInForce: null },
  },
  ends: [
    { at: at('07:00:00'), reason: 'ended by SIGKILL' },
    { at: at('08:00:00'), reason: 'over its memory: 420 MB, at most 400' },
  ],
  endCount: 73,
  unit: { state: 'enforced', maxMb: 1200, highMb: 1100 },
}

describe('the system', () => {
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.close())

  test('of a hub that somebody started by hand: what it knows by itself', async () => {
    const system = await read(world)
    expect(system).toMatchObject({
      zone: 'Europe/Berlin',
      versions: { app: '1.2.3', node: process.version, schema: SCHEMA_VERSION, electron: null },
      server: { problem: null },
      host: null,
      memory: { cap: null, parts: [{ part: 'server', processes: 1, cap: null, heap: null }] },
      database: { migration: null, backup: null },
    })
    expect(system.versions.sqlite).toMatch(/^3\./)
    expect(system.server.threads).toEqual(
      ['reader 1', 'reader 2', 'writer'].map((name) => ({
        name,
        state: 'ok',
        restarts: 0,
        lastReason: null,
      })),
    )
    expect(system.memory.totalMb).toBeGreaterThan(10)
    expect(system.database.bytes).toBeGreaterThan(10_000)
    expect(system.database.diskFreeBytes).toBeGreaterThan(1_000_000)
    expect(Date.parse(system.server.startedAt)).toBeLessThanOrEqual(Date.parse(system.now))
  })

  test('counts requests by route, whatever was asked for, and the unknown as one', async () => {
    const count = async (method: string, route: string) =>
      (await read(world)).requests.routes.find((one) => one.method === method && one.route === route)
    const before = (await count('GET', '/api/events/:id'))?.count ?? 0
    const others = (await count('GET', 'other'))?.count ?? 0
    for (let id = 1; id <= 20; id++) {
      await world.get(`/api/events/${id}`)
      await world.get(`/nowhere/${id}`)
    }
    const route = await count('GET', '/api/events/:id')
    expect(route).toMatchObject({ count: before + 20, failed: 0 })
    expect(route?.p50Ms).toBeGreaterThan(0)
    expect(route?.p95Ms).toBeGreaterThanOrEqual(route?.p50Ms ?? 0)
    expect(route?.maxMs).toBeGreaterThanOrEqual(route?.p99Ms ?? 0)
    expect((await count('GET', 'other'))?.count).toBe(others + 20)
    const { all, perSecond, routes } = (await read(world)).requests
    expect(all.count).toBe(routes.reduce((sum, one) => sum + one.count, 0))
    expect(perSecond).toBeGreaterThan(0)
    expect(routes.length).toBeLessThan(10)
  })

  test('counts no event stream: it is open for as long as its page is', async () => {
    await world.send('/api/live', { method: 'HEAD' })
    const { routes } = (await read(world)).requests
    expect(routes.map(({ route }) => route)).not.toContain('/api/live')
  })

  test('shows what the host said last, in three places', async () => {
    world.hub.hostSaid({ ...REPORT, totalMb: 1 })
    world.hub.hostSaid(REPORT)
    const system = await read(world)
    expect(system.versions.electron).toBe('45.4.1')
    expect(system.host).toEqual({
      kind: 'electron',
      since: '2026-11-24T07:00:00+01:00',
      restarts: {
        count: 73,
        last: [
          { at: '2026-11-24T09:00:00+01:00', reason: 'over its memory: 420 MB, at most 400' },
          { at: '2026-11-24T08:00:00+01:00', reason: 'ended by SIGKILL' },
        ],
      },
      unit: { state: 'enforced', maxMb: 1200, highMb: 1100 },
    })
    expect(system.memory).toEqual({
      at: '2026-11-24T10:00:00+01:00',
      totalMb: 256,
      cap: { softMb: 900, hardMb: 1024 },
      parts: [
        {
          part: 'server',
          processes: 1,
          ownMb: 150.2,
          rssMb: 480.2,
          pssMb: 300,
          cap: { softMb: 300, hardMb: 400 },
          heap: REPORT.heaps.server,
        },
        {
          part: 'main',
          processes: 1,
          ownMb: 90.5,
          rssMb: 200,
          pssMb: 120,
          cap: null,
          heap: REPORT.heaps.main,
        },
        {
          part: 'renderer',
          processes: 1,
          ownMb: null,
          rssMb: 220,
          pssMb: null,
          cap: { softMb: 450, hardMb: 600 },
          heap: REPORT.heaps.renderer,
        },
        { part: 'other', processes: 2, ownMb: 15.3, rssMb: 81, pssMb: 20, cap: null, heap: null },
      ],
    })

    expect((await world.get('/health')).json).toMatchObject({
      host: {
        memoryMb: 256,
        cap: { softMb: 900, hardMb: 1024 },
        restarts: 73,
        lastRestart: { at: '2026-11-24T09:00:00+01:00', reason: 'over its memory: 420 MB, at most 400' },
      },
    })

    const metrics = (await world.get('/metrics')).bytes.toString().split('\n')
    const MB = 1024 * 1024
    for (const line of [
      `timetrack_process_memory_bytes{part="server"} ${150.2 * MB}`,
      `timetrack_process_memory_bytes{part="other"} ${10.1 * MB + 5.2 * MB}`,
      `timetrack_process_resident_bytes{part="renderer"} ${220 * MB}`,
      `timetrack_memory_cap_bytes{part="server",kind="soft"} ${300 * MB}`,
      `timetrack_memory_cap_bytes{part="total",kind="hard"} ${1024 * MB}`,
      `timetrack_heap_limit_bytes{part="main",kind="asked"} ${140 * MB}`,
      `timetrack_heap_limit_bytes{part="main",kind="reported"} ${2096 * MB}`,
      `timetrack_unit_memory_max_bytes{kind="max"} ${1200 * MB}`,
      'timetrack_server_restarts_total 73',
      '# TYPE timetrack_server_restarts_total counter',
      'timetrack_newest_backup_timestamp_seconds 0',
    ])
      expect(metrics).toContain(line)
    // What could not be read is left out: it is not nothing.
    expect(
      metrics.filter((line) => line.startsWith('timetrack_process_memory_bytes{part="renderer"')),
    ).toEqual([])
  })

  test('tells no more of a part that is gone', async () => {
    world.hub.hostSaid({
      ...REPORT,
      readings: REPORT.readings.filter(({ part }) => part === 'server'),
      unit: { state: 'ignored' },
    })
    const metrics = (await world.get('/metrics')).bytes.toString()
    expect(metrics).toContain('timetrack_process_memory_bytes{part="server"}')
    expect(metrics).not.toMatch(/timetrack_process_memory_bytes\{part="(main|other)"/)
    expect(metrics).not.toContain('timetrack_unit_memory_max_bytes{')
    const { host, memory } = await read(world)
    expect(host?.unit).toEqual({ state: 'ignored' })
    expect(memory.parts.map(({ part }) => part)).toEqual(['server'])
  })

  test('the newest backup, and the migration that an older one tells of', async () => {
    const folder = join(world.folder, 'backups')
    mkdirSync(folder)
    writeFileSync(join(folder, `timetrack-v${SCHEMA_VERSION - 1}-20261101-080000.db`), 'x'.repeat(70))
    writeFileSync(join(folder, `timetrack-v${SCHEMA_VERSION}-20261123-203000.db`), 'x'.repeat(80))
    expect((await read(world)).database).toMatchObject({
      migration: { from: SCHEMA_VERSION - 1, to: SCHEMA_VERSION, at: '2026-11-01T09:00:00+01:00' },
      backup: {
        name: `timetrack-v${SCHEMA_VERSION}-20261123-203000.db`,
        at: '2026-11-23T21:30:00+01:00',
        bytes: 80,
      },
    })
    expect((await world.get('/metrics')).bytes.toString()).toContain(
      `timetrack_newest_backup_timestamp_seconds ${Date.parse('2026-11-23T20:30:00Z') / 1000}\n`,
    )
  })
})

describe('slow requests', () => {
  test('are remembered with route and rows, the newest 200, and without anybody’s words', async () => {
    const slow = await other({ slowMs: 0 })
    await recordOne(slow, { title: 'Kündigung.docx', user: 'anna' })
    for (let n = 0; n < 110; n++) {
      await slow.get(`/api/events?user=anna&limit=${1 + (n % 50)}`)
      await slow.get(`/secret-${n}`)
    }
    const { requests } = await read(slow)
    expect(requests.slowMs).toBe(0)
    expect(requests.slow).toHaveLength(200)
    expect(requests.slow[0]).toMatchObject({ method: 'GET', route: 'other', status: 404, rows: null })
    expect(requests.slow[1]).toMatchObject({ method: 'GET', route: '/api/events', status: 200, rows: 1 })
    const [newest = '', oldest = ''] = [requests.slow[0]?.at, requests.slow[199]?.at]
    expect(Date.parse(newest)).toBeGreaterThanOrEqual(Date.parse(oldest))
    expect(JSON.stringify(requests)).not.toMatch(/ndigung|anna|secret/)
  })

  test('are none where everything is quick', async () => {
    expect((await read(await other({ slowMs: 60_000 }))).requests.slow).toEqual([])
  })
})
