import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expectedLimitMb } from '../server/host/heap-limit.ts'
import { MEMORY } from '../server/host/memory-limits.ts'
import { installedChromium } from './chromium.ts'
import { readChromium } from './kiosk-memory.ts'
import { kioskProfile } from './kiosk-profile.ts'
import { childrenOf, freePort, isAlive, runProgram, type Program } from './testing/program.ts'

/** Chromium keeps its sandbox, so root lends the test to nobody. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined

const binary = installedChromium(process.env)
const succeeds = (command: string, ...args: string[]) =>
  spawnSync(command, args, { stdio: 'ignore', timeout: 20_000, ...NOBODY }).status === 0

function whyNot(): string | null {
  if (spawnSync('Xvfb', ['-help']).error) return 'there is no Xvfb'
  if (binary === undefined) return 'there is no Chromium'
  if (!succeeds('unshare', '--user', 'true')) return 'no user namespaces, which its sandbox needs'
  if (!succeeds('test', '-r', import.meta.filename)) return 'nobody but root may read these files'
  return null
}

const missing = whyNot()
if (missing !== null) console.log(`The kiosk in a real Chromium is not tried: ${missing}.`)

/** Of Chromium's DevTools. */
type OpenPage = { id: string; type: string; webSocketDebuggerUrl: string }

const KIOSK = `({
  path: location.pathname,
  isFullScreen: matchMedia('(display-mode: fullscreen)').matches,
  hasClock: /\\d\\d:\\d\\d/.test(document.querySelector('.clock')?.textContent),
})`

async function evaluate(page: string, expression: string): Promise<unknown> {
  const socket = new WebSocket(page)
  try {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    socket.onerror = () => reject(new Error('the page does not answer'))
    socket.onmessage = ({ data }) => {
      const { result } = JSON.parse(String(data)) as { result?: { result?: { value?: unknown } } }
      resolve(result?.result?.value)
    }
    socket.onopen = () => {
      const params = { expression, returnByValue: true }
      socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }))
    }
    return await promise
  } finally {
    socket.close()
  }
}

describe.skipIf(missing !== null)('a real Chromium on a virtual screen', { timeout: 180_000 }, () => {
  let screen: ChildProcess
  let display: string
  let folder: string
  let running: Program | undefined

  beforeAll(async () => {
    screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '800x480x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    const number = await new Promise<string>((resolve) =>
      screen.stdio[3]?.once('data', (text: Buffer) => resolve(text.toString().trim())),
    )
    display = `:${number}`
  })
  afterAll(() => void screen.kill())
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'timetrack-chromium-'))
    if (NOBODY) chownSync(folder, NOBODY.uid, NOBODY.gid)
  })
  afterEach(async () => {
    running?.child.kill('SIGTERM')
    await running?.ended
    running = undefined
    rmSync(folder, { recursive: true, force: true })
  })

  /** As `npm start` where there is no Electron; only that we may look into the browser is added. */
  async function start(windowed: boolean) {
    const observed = path.join(folder, 'observed')
    writeFileSync(observed, `#!/bin/sh\nexec '${binary}' --remote-debugging-port=0 "$@"\n`)
    chmodSync(observed, 0o755)
    const data = path.join(folder, 'data')
    const options = { port: await freePort(), host: '127.0.0.1', data }
    const program = runProgram(
      folder,
      `import { runHeadless } from 'scripts/headless.ts'
         import { openChromium } from 'scripts/kiosk.ts'
         const kiosk = ${JSON.stringify({ binary: observed, data, windowed })}
         process.exit(await runHeadless(${JSON.stringify(options)}, process.env, console.log, {
           openScreen: (onClosed, heap) => openChromium({ ...kiosk, heap, env: process.env, log: console.log, onClosed }),
         }))`,
      { ...process.env, DISPLAY: display, WAYLAND_DISPLAY: '', HOME: folder },
      NOBODY,
    )
    running = program
    const profile = kioskProfile(data)
    const browserPid = () =>
      childrenOf(program.child.pid ?? NaN).find((pid) =>
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile),
      ) ?? NaN
    return { ...program, profile, browserPid }
  }

  /** The pages that Chromium has open, once it says so. */
  async function pages(profile: string): Promise<OpenPage[]> {
    const [port] = readFileSync(path.join(profile, 'DevToolsActivePort'), 'utf8').split('\n')
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as OpenPage[]
    return targets.filter(({ type }) => type === 'page')
  }

  /** What an expression in the one page that may be open says. */
  async function see(profile: string, expression: string): Promise<unknown> {
    const [page, ...more] = await pages(profile)
    if (!page || more.length > 0) throw new Error(`${more.length + 1} pages are open`)
    return evaluate(page.webSocketDebuggerUrl, expression)
  }

  test('fills the screen with the kiosk, within its heap, and comes back by itself when it was killed', async () => {
    const { child, ended, output, profile, browserPid } = await start(false)
    const isShown = () =>
      expect
        .poll(() => see(profile, KIOSK), { timeout: 90_000, interval: 200 })
        .toEqual({ path: '/kiosk', isFullScreen: true, hasClock: true })
    await isShown()
    const heapMb = Number(await see(profile, 'performance.memory.jsHeapSizeLimit')) / 2 ** 20
    expect(heapMb / expectedLimitMb(MEMORY.heaps.renderer)).toBeCloseTo(1, 1)

    const pid = browserPid()
    const parts = readChromium(pid).map(({ part }) => part)
    expect(parts).toEqual(expect.arrayContaining(['renderer', 'gpu', 'other']))
    process.kill(pid, 'SIGKILL')
    await expect.poll(output, { timeout: 30_000 }).toContain('Opening it again')
    rmSync(path.join(profile, 'DevToolsActivePort'), { force: true })
    await isShown()

    // Nothing of it is with the browser of the person at the machine.
    expect(existsSync(path.join(folder, '.config/chromium'))).toBe(false)
    const second = browserPid()
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(output()).toContain('Draining')
    expect(isAlive(second)).toBe(false)
    expect(readChromium(second)).toEqual([])
  })

  test('in a window that is closed, the hub drains and ends', async () => {
    const { ended, output, profile } = await start(true)
    await expect
      .poll(() => see(profile, 'location.pathname'), { timeout: 90_000, interval: 200 })
      .toBe('/app/day')
    const [page] = await pages(profile)
    await fetch(new URL(`/json/close/${page?.id}`, page?.webSocketDebuggerUrl.replace('ws:', 'http:')))
    expect(await ended).toBe(0)
    expect(output()).toMatch(/The window was closed\.[^]*Draining/)
  })
})
