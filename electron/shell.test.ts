import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ShellState } from '../contract/bridge.ts'
import { systemClock } from '../contract/time.ts'
import { claim } from '../db/claim.ts'
import { openWriter } from '../db/open.ts'
import { databaseFile } from '../server/host/data-folder.ts'
import { healthRequest } from '../server/host/health-request.ts'
import { MEMORY } from '../server/host/memory-limits.ts'
import { RESTARTS } from '../server/host/restarts.ts'
import { createSupervisor } from '../server/host/supervisor.ts'
import { prepareDatabaseFor } from './database.ts'
import { hubPage, SPLASH_URL } from './origins.ts'
import { createShell, type Shell } from './shell.ts'
import { AppDouble, compileCache, serverEntry, utilityDouble } from './testing/utility-double.ts'
import { utilityChild } from './utility-child.ts'

type Wishes = { port?: number; budget?: number; patienceMs?: number; delayMs?: number; isSafe?: boolean }

describe('the shell over real servers', { timeout: 60_000 }, () => {
  let data: string
  let shell: Shell | undefined

  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'timetrack-shell-'))
  })
  afterEach(async () => {
    await shell?.stop()
    shell = undefined
    rmSync(data, { recursive: true, force: true })
  })

  /** Main's logic with a window that only notes what it is to show. */
  function world({ port = 0, budget = 8, patienceMs = 30_000, delayMs = 10, isSafe = true }: Wishes = {}) {
    const app = new AppDouble()
    const { fork } = utilityDouble(app)
    const loaded: string[] = []
    const told: ShellState[] = []
    const log = () => undefined
    const made = createShell({
      prepare: () => prepareDatabaseFor(data, log),
      createSupervisor: (onChange) =>
        createSupervisor({
          start: utilityChild({
            fork,
            app,
            entry: serverEntry,
            args: ['--port', String(port), '--data', data],
            env: { ...process.env, ...compileCache },
            cwd: data,
            output: () => undefined,
            killPid: (pid, signal) => void process.kill(pid, signal),
            ...MEMORY.heaps.server,
          }),
          health: healthRequest(1000),
          clock: systemClock,
          log,
          onChange,
          restarts: { ...RESTARTS, firstDelayMs: delayMs, longestDelayMs: delayMs, budget },
          limitsMs: { ready: 30_000, ping: 1000, health: 2000, drain: 8000 },
          misses: 3,
        }),
      hubPage: (at) => hubPage(at, false),
      load: async (url) => void loaded.push(url),
      tell: (state) => told.push(state),
      assertSafe() {
        if (!isSafe) throw new Error('the window is not safe')
      },
      clock: systemClock,
      log,
      recovery: { delaysMs: [10, 10, 10], healthyMs: 60_000, splashMs: 10 },
      patienceMs,
    })
    shell = made
    const until = (step: ShellState['step']) =>
      expect.poll(() => made.state().step, { timeout: 50_000, interval: 20 }).toBe(step)
    const page = () => hubPage(made.hubPort() ?? 0, false)
    return { shell: made, loaded, told, until, page }
  }

  const server = (of: Shell) => {
    const { pid } = of.supervisor.state()
    // 0 would be the test itself.
    if (pid === null) throw new Error('no server runs')
    return pid
  }
  const steps = (told: ShellState[]) => told.map(({ step }) => step)

  test('prepares the database, starts the server, shows the kiosk, and drains at the end', async () => {
    const { shell, loaded, told, until, page } = world()
    await shell.start()
    await until('ready')
    expect(steps(told)).toEqual(['database', 'starting', 'starting', 'ready'])
    expect(loaded).toEqual([SPLASH_URL, page()])
    expect((await fetch(new URL('/health', page()))).status).toBe(200)
    const address = page()
    await shell.stop()
    expect(shell.supervisor.state()).toMatchObject({ phase: 'stopped', ends: [] })
    await expect(fetch(address)).rejects.toThrow()
  })

  test('a server that dies is replaced behind the page that is there', async () => {
    const { shell, loaded, told, until } = world({ port: await freePort() })
    await shell.start()
    await until('ready')
    const first = server(shell)
    process.kill(first, 'SIGKILL')
    await until('restarting')
    await until('ready')
    expect(server(shell)).not.toBe(first)
    expect(told.find(({ step }) => step === 'restarting')).toMatchObject({ reason: /killed from outside/ })
    expect(loaded).toHaveLength(2)
  })

  test('a server that hangs is replaced', async () => {
    const { shell, until } = world()
    await shell.start()
    await until('ready')
    process.kill(server(shell), 'SIGSTOP')
    await until('restarting')
    await until('ready')
    expect(shell.supervisor.state().ends[0]?.reason).toMatch(/^no answer/)
  })

  test('when that takes long, the splash page says so, and the kiosk comes back', async () => {
    const { shell, loaded, until, page } = world({ patienceMs: 20, delayMs: 300, port: await freePort() })
    await shell.start()
    await until('ready')
    process.kill(server(shell), 'SIGKILL')
    await until('restarting')
    await until('ready')
    expect(loaded).toEqual([SPLASH_URL, page(), SPLASH_URL, page()])
  })

  test('too many ends in a row: what is wrong stands there until somebody asks for another try', async () => {
    const { shell, loaded, until } = world({ budget: 1 })
    await shell.start()
    const seen = new Set<number>([0])
    for (let kills = 0; kills < 2; kills++) {
      await until('ready')
      await expect.poll(() => seen.has(server(shell)), { timeout: 50_000 }).toBe(false)
      seen.add(server(shell))
      process.kill(server(shell), 'SIGKILL')
      await expect.poll(() => shell.state().step, { timeout: 50_000, interval: 5 }).not.toBe('ready')
    }
    await until('problem')
    expect(shell.state()).toMatchObject({ problem: 'server', detail: /killed from outside/ })
    expect(loaded.at(-1)).toBe(SPLASH_URL)
    shell.startAgain()
    await until('ready')
    expect(loaded.at(-1)).not.toBe(SPLASH_URL)
  })

  test('with the product’s own patience ten kills in a row end there too, and nothing starts any more', async () => {
    const { shell, loaded, told } = world({ budget: RESTARTS.budget, port: await freePort() })
    await shell.start()
    const killed = new Set<number>()
    const isOver = () => shell.state().step === 'problem'
    // The first ones in service, the others on their way to it: either is an end.
    const isNew = () => !killed.has(server(shell)) && (killed.size >= 2 || shell.state().step === 'ready')
    while (killed.size < 10 && !isOver()) {
      await expect.poll(() => isOver() || isNew(), { timeout: 50_000, interval: 5 }).toBe(true)
      if (isOver()) break
      const pid = server(shell)
      killed.add(pid)
      process.kill(pid, 'SIGKILL')
    }
    expect(killed.size).toBe(RESTARTS.budget + 1)
    expect(shell.state()).toMatchObject({ step: 'problem', problem: 'server', detail: /killed from outside/ })
    expect(loaded.at(-1)).toBe(SPLASH_URL)
    expect(shell.supervisor.state()).toMatchObject({ phase: 'failed', pid: null })
    expect(told.filter(({ step }) => step === 'ready')).toHaveLength(2)
  })

  test('a port that is taken is named; once it is free, another try helps', async () => {
    const port = await freePort()
    const other = createServer().listen(port, '127.0.0.1')
    const { shell, until, page } = world({ port })
    await shell.start()
    await until('problem')
    expect(shell.state()).toMatchObject({ problem: 'port_in_use', detail: /--port/ })
    await new Promise((resolve) => other.close(resolve))
    shell.startAgain()
    await until('ready')
    expect((await fetch(new URL('/health', page()))).status).toBe(200)
  })

  test('a database in use or from a newer version is a problem before any server starts', async () => {
    const held = claim(databaseFile(data))
    const { shell, until } = world()
    await shell.start()
    expect(shell.state()).toMatchObject({ step: 'problem', problem: 'in_use' })
    held.release()
    prepareDatabaseFor(data, () => undefined)
    const sql = openWriter(databaseFile(data))
    sql.pragma('user_version = 9999')
    sql.close()
    shell.startAgain()
    await until('problem')
    await expect.poll(() => shell.state()).toMatchObject({ problem: 'newer' })
    expect(shell.supervisor.state().phase).toBe('stopped')
  })

  test('a page that is lost comes back by way of the splash page, and not for ever', async () => {
    const { shell, loaded, until, page } = world()
    await shell.start()
    await until('ready')
    for (let losses = 0; losses < 3; losses++) {
      shell.pageFailed('the page’s process ended (oom)')
      expect(loaded.at(-1)).toBe(SPLASH_URL)
      await expect.poll(() => loaded.at(-1), { timeout: 10_000 }).toBe(page())
    }
    shell.pageFailed('the page’s process ended (oom)')
    expect(shell.state()).toMatchObject({ step: 'problem', problem: 'page' })
    expect(loaded.at(-1)).toBe(SPLASH_URL)
    shell.startAgain()
    expect(loaded.at(-1)).toBe(page())
  })

  test('a page that is lost while its server is, waits for the server on the splash page', async () => {
    const { shell, loaded, until, page } = world({ delayMs: 300, port: await freePort() })
    await shell.start()
    await until('ready')
    process.kill(server(shell), 'SIGKILL')
    await until('restarting')
    shell.pageFailed('the page could not be loaded')
    expect(loaded.at(-1)).toBe(SPLASH_URL)
    await until('ready')
    expect(loaded.at(-1)).toBe(page())
  })

  test('a page is refreshed by way of another origin, so that it gets a process of its own', async () => {
    const { shell, loaded, until, page } = world()
    await shell.start()
    await until('ready')
    shell.refreshPage('over its memory')
    await expect.poll(() => loaded).toEqual([SPLASH_URL, page(), SPLASH_URL, page()])
  })

  test('a window with too many rights never sees the hub', async () => {
    const { shell, loaded, until } = world({ isSafe: false })
    await shell.start()
    await until('problem')
    expect(shell.state()).toMatchObject({ problem: 'unexpected', detail: /not safe/ })
    expect(loaded).toEqual([SPLASH_URL])
  })
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', () => resolve()))
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return port
}
