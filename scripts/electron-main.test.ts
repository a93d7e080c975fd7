import { fork, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { channels } from '../contract/bridge.ts'
import type { System } from '../contract/system.ts'
import { SPLASH_ORIGIN, SPLASH_URL } from '../electron/origins.ts'
import type { Cue, Note } from '../electron/testing/electron-double.ts'
import { buildAppIfStale } from './build-app.ts'

const root = path.resolve(import.meta.dirname, '..')

// The shell as it is shipped, in a double of Electron, over the server as it is shipped.
describe('the built shell', { timeout: 120_000 }, () => {
  let data: string
  let main: ChildProcess | undefined

  beforeAll(() => buildAppIfStale(() => undefined), 120_000)
  beforeEach(() => void (data = mkdtempSync(path.join(tmpdir(), 'timetrack-main-'))))
  afterEach(async () => {
    if (main && main.exitCode === null && main.signalCode === null) {
      const gone = new Promise((resolve) => main?.once('exit', resolve))
      main.kill('SIGTERM')
      await gone
    }
    rmSync(data, { recursive: true, force: true })
  })

  function start(...args: string[]) {
    const notes: Note[] = []
    let [output, complaints] = ['', '']
    const child = fork(path.join(root, 'dist/electron/main.js'), ['--port', '0', '--data', data, ...args], {
      execArgv: ['--import', path.join(root, 'electron/testing/electron-hook.ts')],
      env: { ...process.env, WAYLAND_DISPLAY: '' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    main = child
    child.stdout?.on('data', (text: Buffer) => (output += text.toString()))
    child.stderr?.on('data', (text: Buffer) => (complaints += text.toString()))
    child.on('message', (note: Note) => notes.push(note))
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    const all = (did: string) => notes.filter((note) => note.did === did).map((note) => note.with)
    const until = (did: string, count = 1) =>
      expect.poll(() => all(did).length, { timeout: 60_000 }).toBeGreaterThanOrEqual(count)
    const cue = (wanted: Cue) => child.send(wanted)
    return { child, notes, ended, all, until, cue, output: () => output, complaints: () => complaints }
  }

  test('sets up in order, shows the splash page, then the kiosk, and drains on SIGTERM', async () => {
    const { child, notes, ended, all, until, output } = start()
    await until('load', 2)
    const [splash, hub] = all('load') as string[]
    expect(splash).toBe(SPLASH_URL)
    expect(hub).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/kiosk$/)
    const did = notes.map((note) => note.did)
    const inOrder = [
      'enableSandbox',
      'switch',
      'schemes',
      'menu',
      'permissions',
      'protocol',
      'window',
      'load',
    ]
    expect(inOrder.map((name) => did.indexOf(name))).toEqual(
      inOrder.map((name) => did.indexOf(name)).toSorted((a, b) => a - b),
    )
    expect(did.indexOf('enableSandbox')).toBe(0)
    expect(did).toContain('setWindowOpenHandler')
    expect(did).toContain('powerSaveBlocker')
    expect(all('window')).toMatchObject([{ kiosk: true, webPreferences: { sandbox: true } }])
    // Main runs without its launcher here; the server's limit is main's to see to.
    expect(output()).not.toContain('"part":"server","wantedMb"')
    expect((await fetch(new URL('/health', hub))).status).toBe(200)
    // What main knows has reached its server: limits, and that nothing ended so far.
    const { host } = (await (await fetch(new URL('/api/system', hub))).json()) as System
    expect(host?.restarts).toEqual({ count: 0, last: [] })

    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(output()).toContain('"msg":"Draining"')
    expect(all('quit prevented')).toHaveLength(1)
    await expect(fetch(new URL('/health', hub))).rejects.toThrow()
    expect(existsSync(path.join(data, 'window'))).toBe(true)
  })

  test('answers its page, replaces a page that crashed, and raises its window for a second start', async () => {
    const { cue, all, until } = start('--windowed')
    await until('load', 2)
    const hub = String(all('load')[1])
    expect(hub).toMatch(/\/app\/day$/)
    const { origin } = new URL(hub)
    cue({ cue: 'invoke', channel: channels.info, origin })
    cue({ cue: 'invoke', channel: channels.state, origin: SPLASH_ORIGIN })
    cue({ cue: 'invoke', channel: channels.startAgain, origin })
    cue({ cue: 'invoke', channel: channels.state, origin: 'http://localhost:1' })
    await until('answer', 4)
    expect(all('answer')).toEqual([
      { version: '1.2.3', kiosk: false },
      { step: 'ready' },
      'Error: not for this page',
      'Error: not for this page',
    ])
    cue({ cue: 'emit', on: 'contents', event: 'render-process-gone', args: [{ reason: 'oom', exitCode: 5 }] })
    await until('load', 4)
    expect(all('load').slice(2)).toEqual([SPLASH_URL, hub])
    cue({ cue: 'emit', on: 'app', event: 'second-instance', args: [] })
    await until('focus')
  })

  test('after three crashes of the graphics process it starts again without', async () => {
    const first = start()
    await first.until('load', 2)
    for (let crashes = 0; crashes < 3; crashes++) {
      const args = [{ type: 'GPU', reason: 'crashed', exitCode: 139 }]
      first.cue({ cue: 'emit', on: 'app', event: 'child-process-gone', args })
    }
    expect(await first.ended).toBe(0)
    expect(first.all('relaunch')).toHaveLength(1)
    const second = start()
    await second.until('load', 2)
    expect(second.all('disableHardwareAcceleration')).toHaveLength(1)
  })

  test('a second start on the same data ends at once; a mistake is said in words', async () => {
    const second = start('--second')
    expect(await second.ended).toBe(0)
    expect(second.all('window')).toEqual([])
    const mistaken = start('--port', '8o')
    expect(await mistaken.ended).toBe(2)
    expect(mistaken.complaints()).toContain('timetrack: --port 8o')
  })
})
