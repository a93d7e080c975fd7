import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../contract/time.ts'
import { forkChild } from './fork-child.ts'
import { healthRequest } from './health-request.ts'
import { RESTARTS } from './restarts.ts'
import { createSupervisor, type Phase, type Supervisor, type SupervisorState } from './supervisor.ts'

const entry = join(import.meta.dirname, '../main.ts')
const env = {
  ...process.env,
  NODE_COMPILE_CACHE: join(import.meta.dirname, '../../node_modules/.cache/timetrack/compiled'),
}
const node = join(import.meta.dirname, '../../node_modules/.bin/node')

/** A supervisor over the real server file in real processes; `until` waits for a state. */
function world(data: string, { port = 0, budget = 8 } = {}) {
  const listeners = new Set<(state: SupervisorState) => void>()
  const phases: Phase[] = []
  const supervisor = createSupervisor({
    start: forkChild({
      entry,
      args: ['--port', String(port), '--data', data],
      heapMb: 128,
      semiSpaceMb: 4,
      env,
    }),
    health: healthRequest(1000),
    clock: systemClock,
    log: () => undefined,
    onChange(state) {
      phases.push(state.phase)
      for (const listener of listeners) listener(state)
    },
    restarts: { ...RESTARTS, firstDelayMs: 10, longestDelayMs: 20, budget },
    limitsMs: { ready: 15_000, ping: 200, health: 500, drain: 8000 },
    misses: 3,
  })
  const until = (wanted: (state: SupervisorState) => boolean) =>
    new Promise<SupervisorState>((resolve) => {
      const look = (state: SupervisorState) => {
        if (!wanted(state)) return
        listeners.delete(look)
        resolve(state)
      }
      listeners.add(look)
      look(supervisor.state())
    })
  return { supervisor, until, phases }
}

const answers = async (port: number | null) => {
  const response = await fetch(`http://127.0.0.1:${port}/health`)
  return ((await response.json()) as { status: string }).status
}

// Real processes on a machine that may be busy: the limit only ends what would never end.
describe('the supervisor', { timeout: 60_000 }, () => {
  let data: string
  let running: Supervisor | undefined

  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'timetrack-host-'))
  })
  afterEach(async () => {
    await running?.stop()
    running = undefined
    rmSync(data, { recursive: true, force: true })
  })

  function started(options?: Parameters<typeof world>[1]) {
    const made = world(data, options)
    running = made.supervisor
    made.supervisor.start()
    return made
  }

  test('brings a server to ready, with the heap limit that was asked for, and drains it on stop', async () => {
    const { supervisor, until, phases } = started()
    const ready = await until(({ phase }) => phase === 'ready')
    expect(await answers(ready.port)).toBe('ok')
    expect(ready.heapLimitMb).toBeGreaterThan(100)
    expect(ready.heapLimitMb).toBeLessThan(160)
    await supervisor.stop()
    expect(phases).toEqual(['starting', 'ready', 'draining', 'stopped'])
    expect(supervisor.state().ends).toEqual([])
    await expect(answers(ready.port)).rejects.toThrow()
  })

  test('replaces a server that was killed, and says so', async () => {
    const { until } = started()
    const first = await until(({ phase }) => phase === 'ready')
    process.kill(first.pid ?? 0, 'SIGKILL')
    const second = await until(({ phase, pid }) => phase === 'ready' && pid !== first.pid)
    expect(await answers(second.port)).toBe('ok')
    expect(second.ends.map(({ reason }) => reason)).toEqual(['ended by SIGKILL'])
  })

  test('replaces a server that hangs', async () => {
    const { until } = started()
    const first = await until(({ phase }) => phase === 'ready')
    process.kill(first.pid ?? 0, 'SIGSTOP')
    const second = await until(({ phase, pid }) => phase === 'ready' && pid !== first.pid)
    expect(second.ends[0]?.reason).toMatch(/^no answer/)
  })

  test('a restart drains the old server and is no failure', async () => {
    const { supervisor, until, phases } = started()
    await until(({ phase }) => phase === 'ready')
    await supervisor.restart('over its memory')
    expect(supervisor.state()).toMatchObject({ phase: 'ready', ends: [{ reason: 'over its memory' }] })
    expect(phases).toEqual(['starting', 'ready', 'draining', 'starting', 'ready'])
  })

  test('gives up after too many ends in a row, with the last reason', async () => {
    const { until } = started({ budget: 2 })
    const seen = new Set<number | null>([null])
    for (let kills = 0; kills < 3; kills++) {
      const { pid } = await until((state) => state.phase === 'ready' && !seen.has(state.pid))
      seen.add(pid)
      process.kill(pid ?? 0, 'SIGKILL')
    }
    const failed = await until(({ phase }) => phase === 'failed')
    expect(failed.ends).toHaveLength(3)
    expect(failed.ends.at(-1)?.reason).toBe('ended by SIGKILL')
  })

  test('does not retry what a person must mend: the port is taken', async () => {
    const taken: Server = await new Promise((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => resolve(server))
    })
    const { port } = taken.address() as { port: number }
    const { until, phases } = started({ port })
    const failed = await until(({ phase }) => phase === 'failed')
    taken.close()
    expect(failed.ends[0]?.reason).toMatch(/port is in use.*--port/)
    expect(phases).toEqual(['starting', 'failed'])
  })

  test('a server whose parent is gone ends by itself', async () => {
    const program = `
      const child = require('node:child_process').fork(${JSON.stringify(entry)}, ['--port', '0', '--data', ${JSON.stringify(data)}], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
      child.on('message', ({ kind }) => { if (kind === 'ready') { process.stdout.write(String(child.pid)); process.exitCode = 7; process.kill(process.pid, 'SIGKILL') } })`
    const parent = spawn(node, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] })
    let pid = ''
    parent.stdout.on('data', (text: Buffer) => (pid += text.toString()))
    await new Promise((resolve) => parent.once('close', resolve))
    await expect.poll(() => isAlive(Number(pid)), { timeout: 30_000 }).toBe(false)
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
