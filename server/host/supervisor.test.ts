import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeNewerDatabase } from '../testing/database.ts'
import { SERVER, signal, supervise, type Wishes } from '../testing/supervised.ts'
import type { Supervisor } from './supervisor.ts'

const node = join(import.meta.dirname, '../../node_modules/.bin/node')

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

  function started(wishes?: Wishes) {
    const made = supervise(data, process.env, wishes)
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
    signal(first.pid, 'SIGKILL')
    const second = await until(({ phase, pid }) => phase === 'ready' && pid !== first.pid)
    expect(await answers(second.port)).toBe('ok')
    expect(second.ends.map(({ reason }) => reason)).toEqual([expect.stringMatching(/^killed from outside/)])
  })

  test('replaces a server that hangs', async () => {
    const { until } = started()
    const first = await until(({ phase }) => phase === 'ready')
    signal(first.pid, 'SIGSTOP')
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

  test('asked to end while the server is starting, it does, and nothing starts any more', async () => {
    const { supervisor, phases } = started()
    await supervisor.stop()
    expect(phases).toEqual(['starting', 'draining', 'stopped'])
    expect(supervisor.state()).toMatchObject({ pid: null, ends: [] })
  })

  test('a restart that comes amid the end does not undo it', async () => {
    const { supervisor, until, phases } = started()
    await until(({ phase }) => phase === 'ready')
    await Promise.all([supervisor.stop(), supervisor.restart('over its memory')])
    expect(phases).toEqual(['starting', 'ready', 'draining', 'stopped'])
  })

  test('gives up after too many ends in a row, with the last reason', async () => {
    const { until } = started({ restarts: { budget: 2 } })
    const seen = new Set<number | null>([null])
    for (let kills = 0; kills < 3; kills++) {
      const { pid } = await until((state) => state.phase === 'ready' && !seen.has(state.pid))
      seen.add(pid)
      signal(pid, 'SIGKILL')
    }
    const failed = await until(({ phase }) => phase === 'failed')
    expect(failed.ends).toHaveLength(3)
    expect(failed.ends.at(-1)?.reason).toMatch(/^killed from outside/)
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

  test('nor a database of a newer version, which stays as it is', async () => {
    makeNewerDatabase(data)
    const { until, phases } = started()
    const failed = await until(({ phase }) => phase === 'failed')
    expect(failed).toMatchObject({ problem: 'newer', ends: [{ reason: /newer TimeTrack/ }] })
    expect(phases).toEqual(['starting', 'failed'])
  })

  test('nor a folder that cannot be written', async () => {
    writeFileSync(join(data, 'plain'), '')
    const made = supervise(join(data, 'plain', 'data'), process.env)
    running = made.supervisor
    made.supervisor.start()
    const failed = await made.until(({ phase }) => phase === 'failed')
    expect(failed).toMatchObject({ problem: 'unwritable', ends: [{ reason: /Cannot write .*--data/ }] })
    expect(made.phases).toEqual(['starting', 'failed'])
  })

  test('forgets ends once a server has been in service for a while', async () => {
    const { until } = started({ restarts: { budget: 1, healthyMs: 0 } })
    const seen = new Set<number | null>([null])
    for (let kills = 0; kills <= 2; kills++) {
      const { pid, port } = await until(({ phase, pid }) => phase === 'ready' && !seen.has(pid))
      seen.add(pid)
      expect(await answers(port)).toBe('ok')
      signal(pid, 'SIGKILL')
    }
    const { ends } = await until(({ phase, pid }) => phase === 'ready' && !seen.has(pid))
    expect(ends).toHaveLength(3)
  })

  test('a server whose parent is gone ends by itself', async () => {
    const program = `
      const child = require('node:child_process').fork(${JSON.stringify(SERVER)}, ['--port', '0', '--data', ${JSON.stringify(data)}], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
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
