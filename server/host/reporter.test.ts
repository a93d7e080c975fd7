import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { ToServer, type HostReport } from '../../contract/host.ts'
import type { System } from '../../contract/system.ts'
import { systemClock } from '../../contract/time.ts'
import { forkChild } from './fork-child.ts'
import { healthRequest } from './health-request.ts'
import { MEMORY } from './memory-limits.ts'
import type { Reading } from './memory-policy.ts'
import { readProcessMemory } from './process-memory.ts'
import { createReporter } from './reporter.ts'
import { RESTARTS } from './restarts.ts'
import { createSupervisor, type Supervisor, type SupervisorState } from './supervisor.ts'

const STATE: SupervisorState = {
  phase: 'starting',
  port: null,
  pid: 7,
  ends: [],
  endCount: 0,
  heapLimitMb: null,
  setupCode: null,
  problem: null,
}

/** A reporter whose words are kept. */
function world(heaps: Parameters<typeof createReporter>[0]['heaps'] = {}) {
  const said: HostReport[] = []
  const logged: string[] = []
  const reading: Reading = { pid: 7, part: 'server', rssMb: 90, pssMb: null, ownMb: 60 }
  const reporter = createReporter({
    limits: MEMORY,
    heaps,
    sample: () => [reading],
    state: () => STATE,
    send(message) {
      const parsed = ToServer.parse(message)
      if (parsed.kind === 'host') said.push(parsed.report)
    },
    electron: null,
    clock: () => 1_000_000,
    log: (fields, message) => logged.push(`${message}: ${JSON.stringify(fields)}`),
  })
  return { reporter, said, logged, reading }
}

const expected = MEMORY.heaps.server.heapMb + 3 * MEMORY.heaps.server.semiSpaceMb

test('a server hears of the ends before it when it starts, and of its own limits when it is ready', () => {
  const { reporter, said, logged } = world()
  const ends = [{ at: 5, reason: 'ended by SIGKILL' }]
  for (const phase of ['starting', 'ready', 'draining', 'waiting', 'failed', 'stopped'] as const)
    reporter.changed({ ...STATE, phase, ends, endCount: 51, heapLimitMb: expected })
  expect(said.map(({ heaps }) => heaps.server)).toEqual([
    // What an earlier server said of its heap says nothing of this one's.
    { askedMb: expected, reportedMb: null, isInForce: null },
    { askedMb: expected, reportedMb: expected, isInForce: true },
  ])
  expect(said[0]).toMatchObject({
    at: 1_000_000,
    since: expect.closeTo(1_000_000, -4),
    ends,
    endCount: 51,
    totalMb: 60,
    caps: { server: MEMORY.caps.server, renderer: MEMORY.caps.renderer, total: MEMORY.total },
  })
  expect(logged).toEqual([])
})

test('every look at the memory is handed on', () => {
  const { reporter, said, reading } = world()
  reporter.sampled([{ ...reading, ownMb: 61 }])
  reporter.sampled([])
  expect(said.map(({ readings, totalMb }) => [readings.length, totalMb])).toEqual([
    [1, 61],
    [0, null],
  ])
})

test('a heap limit that is not in force is told, and logged once', () => {
  const { reporter, said, logged } = world({ main: { reportedMb: 2096 }, renderer: { reportedMb: null } })
  expect(logged).toEqual([expect.stringMatching(/not the one that was asked for.*"main".*2096/)])
  reporter.changed({ ...STATE, phase: 'ready', heapLimitMb: 4144 })
  reporter.sampled([])
  expect(logged).toHaveLength(2)
  expect(logged[1]).toMatch(/"server".*4144/)
  expect(said[0]?.heaps).toMatchObject({
    main: { isInForce: false },
    renderer: { isInForce: null },
    server: { isInForce: false, reportedMb: 4144 },
  })
})

const folders: string[] = []
let running: Supervisor | undefined
afterEach(async () => {
  await running?.stop()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

test(
  'a real server that follows one that was killed says so, with its memory',
  { timeout: 60_000 },
  async () => {
    const data = mkdtempSync(join(tmpdir(), 'timetrack-reporter-'))
    folders.push(data)
    const sample = (): Reading[] => {
      const { pid } = supervisor.state()
      return pid === null ? [] : [{ pid, part: 'server', ...readProcessMemory(pid) }]
    }
    const supervisor = createSupervisor({
      start: forkChild({
        entry: join(import.meta.dirname, '../main.ts'),
        args: ['--port', '0', '--data', data],
        env: { ...process.env },
        complaints: () => undefined,
        ...MEMORY.heaps.server,
      }),
      health: healthRequest(1000),
      clock: systemClock,
      log: () => undefined,
      onChange: (state) => reporter.changed(state),
      restarts: RESTARTS,
      limitsMs: { ready: 30_000, ping: 1000, health: 2000, drain: 8000 },
      misses: 3,
    })
    running = supervisor
    const reporter = createReporter({
      limits: MEMORY,
      heaps: {},
      sample,
      state: supervisor.state,
      send: supervisor.send,
      electron: null,
      clock: systemClock,
      log: () => undefined,
    })
    const system = async () => {
      const { port } = supervisor.state()
      return (await (await fetch(`http://127.0.0.1:${port}/api/system`)).json()) as System
    }
    const until = (phase: string, not: number | null = null) =>
      expect
        .poll(() => supervisor.state().phase === phase && supervisor.state().pid !== not, { timeout: 40_000 })
        .toBe(true)

    supervisor.start()
    await until('ready')
    // The words about `ready` are on their way while the first question is asked.
    await expect.poll(async () => (await system()).memory.parts[0]?.heap?.isInForce).toBe(true)
    expect((await system()).host).toMatchObject({ kind: 'headless', restarts: { count: 0, last: [] } })

    const first = supervisor.state().pid
    if (first === null) throw new Error('a server that is ready has a process')
    process.kill(first, 'SIGKILL')
    await until('ready', first)
    const { host, memory } = await system()
    expect(host?.restarts.count).toBe(1)
    expect(host?.restarts.last.map(({ reason }) => reason)).toEqual([supervisor.state().ends[0]?.reason])
    expect(memory.parts).toMatchObject([{ part: 'server', cap: MEMORY.caps.server }])
    await expect.poll(async () => (await system()).memory.totalMb, { timeout: 5000 }).toBeGreaterThan(10)
  },
)
