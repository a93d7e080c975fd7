import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { withoutElectron } from './electron.ts'
import { openChromium } from './kiosk.ts'
import { MEMORY } from '../server/host/memory-limits.ts'
import { kioskArguments } from './kiosk-arguments.ts'
import { readChromium } from './kiosk-memory.ts'
import { endLeftover, kioskProfile, prepareProfile } from './kiosk-profile.ts'
import { childrenOf, freePort, isAlive, runProgram, type Program } from './testing/program.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'timetrack-kiosk-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const STAYS = 'while :; do sleep 0.05; done'

/** An executable in place of Chromium: notes each start and how it was called, then does as told. */
function standIn(then: string): { binary: string; starts: () => { pid: number; args: string[] }[] } {
  const binary = path.join(folder, 'chromium')
  const notes = path.join(folder, 'notes')
  const script = `[ "$1" = --version ] && exit 0\n{ echo $$; printf '%s\\n' "$@"; echo; } >> '${notes}'\n${then}\n`
  writeFileSync(binary, `#!/bin/sh\n${script}`)
  chmodSync(binary, 0o755)
  const starts = () => {
    const text = existsSync(notes) ? readFileSync(notes, 'utf8') : ''
    const entries = [...text.matchAll(/(\d+)\n((?:.+\n)*)\n/g)]
    return entries.map(([, pid, args]) => ({ pid: Number(pid), args: args?.trim().split('\n') ?? [] }))
  }
  return { binary, starts }
}

describe.runIf(process.platform === 'linux')('the kiosk in Chromium', { timeout: 120_000 }, () => {
  let running: Program | undefined
  let data: string

  beforeEach(() => void (data = path.join(folder, 'data')))
  afterEach(async () => {
    running?.child.kill('SIGTERM')
    await running?.ended
    running = undefined
  })

  /** The product's own hub and care over the stand-in, whose restarts do not keep the test waiting. */
  function start(then: string, { windowed = false, port = 0 } = {}) {
    const { binary, starts } = standIn(then)
    const program = runProgram(
      folder,
      `import { runHeadless } from 'scripts/headless.ts'
       import { openChromium } from 'scripts/kiosk.ts'
       const kiosk = ${JSON.stringify({ binary, data, windowed })}
       const restarts = { firstDelayMs: 100, longestDelayMs: 400, budget: Infinity, healthyMs: 60_000 }
       process.exit(await runHeadless(${JSON.stringify({ port, host: '127.0.0.1', data })}, process.env, console.log, {
         openScreen: (onClosed, heap) =>
           openChromium({ ...kiosk, heap, env: process.env, log: console.log, onClosed, restarts }),
       }))`,
      { ...process.env, WAYLAND_DISPLAY: '' },
    )
    running = program
    const opened = (times = 1) => expect.poll(() => starts().length, { timeout: 60_000 }).toBe(times)
    return { ...program, starts, opened }
  }

  const isClosed = (pid: number) => expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false)

  test('is opened when the hub answers, and closed with it', async () => {
    const { child, ended, output, starts, opened } = start(`trap 'exit 0' TERM\n${STAYS}`)
    await opened()
    const { pid = NaN, args = [] } = starts()[0] ?? {}
    const url = args.at(-1)?.replace('--app=', '') ?? ''
    expect(args).toContain('--kiosk')
    expect(args).toContain(`--user-data-dir=${path.join(data, 'chromium')}`)
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/kiosk$/)
    expect((await fetch(new URL('/health', url))).status).toBe(200)

    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(isAlive(pid)).toBe(false)
    expect(output()).toContain('Draining')
    await expect(fetch(new URL('/health', url))).rejects.toThrow()
  })

  test('that crashes is opened again, later each time; the hub serves on', async () => {
    const { output, starts, opened } = start(STAYS)
    for (let crashes = 0; crashes < 3; crashes++) {
      await opened(crashes + 1)
      process.kill(starts()[crashes]?.pid ?? NaN, 'SIGSEGV')
    }
    await opened(4)
    const said = output().match(/Chromium ended .*/g)
    expect(said).toEqual(
      [0.1, 0.2, 0.4].map((s) => `Chromium ended (SIGSEGV). Opening it again in ${s} s ...`),
    )
    expect(output()).not.toContain('The hub ended')
  })

  test('that cannot start says why, in its own words', async () => {
    const { output } = start(
      `echo '[1:2:1124/211538.25:ERROR:dbus/bus.cc:405] Failed to connect to the bus' >&2
       echo '[1:1:1124/211538.28:ERROR:ui/ozone/platform/x11.cc:257] Missing X server or $DISPLAY' >&2
       exit 1`,
    )
    await expect.poll(output, { timeout: 60_000 }).toContain('Chromium ended (Missing X server or $DISPLAY).')
  })

  test('cannot be closed by a person; a window can, and the hub drains', async () => {
    const kiosk = start('exit 0')
    await kiosk.opened(2)
    kiosk.child.kill('SIGTERM')
    expect(await kiosk.ended).toBe(0)

    rmSync(path.join(folder, 'notes'))
    const { ended, output, starts } = start('exit 0', { windowed: true })
    expect(await ended).toBe(0)
    expect(starts()).toHaveLength(1)
    expect(starts()[0]?.args.at(-1)).toMatch(/\/app\/day$/)
    expect(output()).toMatch(/The window was closed\.[^]*Draining/)
  })

  test('stays where it is when the hub is replaced', async () => {
    const { child, output, starts, opened } = start(STAYS, { port: await freePort() })
    await opened()
    const browser = starts()[0]?.pid ?? NaN
    const server = childrenOf(child.pid ?? NaN).find((pid) => pid !== browser)
    process.kill(server ?? NaN, 'SIGKILL')
    await expect.poll(() => output().match(/the kiosk at/g), { timeout: 60_000 }).toHaveLength(2)
    expect(starts()).toHaveLength(1)
    expect(isAlive(browser)).toBe(true)
  })

  test('one that does not close when asked is ended, with all that it started', async () => {
    const children = path.join(folder, 'children')
    const { child, ended, starts, opened } = start(
      `trap '' TERM\nsh -c 'trap "" TERM; ${STAYS}' &\necho $! > '${children}'\n${STAYS}`,
    )
    await opened()
    await expect.poll(() => existsSync(children)).toBe(true)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    await isClosed(starts()[0]?.pid ?? NaN)
    await isClosed(Number(readFileSync(children, 'utf8')))
  })

  test('over its memory it is opened anew, at once and with its next hub', async () => {
    const { binary, starts } = standIn(STAYS)
    const said: string[] = []
    const screen = openChromium({
      binary,
      data,
      windowed: false,
      heap: MEMORY.heaps.renderer,
      env: process.env,
      log: (line) => said.push(line),
      onClosed: () => said.push('closed'),
    })
    const opened = (times: number) => expect.poll(() => starts().length, { timeout: 20_000 }).toBe(times)
    screen.show(8123)
    await opened(1)
    screen.replace('over its memory')
    await opened(2)
    screen.show(8123)
    screen.show(8124)
    await opened(3)
    expect(starts().map(({ args }) => args.at(-1))).toEqual(
      [8123, 8123, 8124].map((port) => `--app=http://127.0.0.1:${port}/kiosk`),
    )
    await screen.close()
    expect(starts().filter(({ pid }) => isAlive(pid))).toEqual([])
    expect(said).toEqual(['Opening the window anew: over its memory.'])
  })

  test('what is left over in its profile is ended, and nobody else', async () => {
    const profile = kioskProfile(data)
    mkdirSync(profile, { recursive: true })
    const leftOver = spawn('sh', ['-c', STAYS, `--user-data-dir=${profile}`], { stdio: 'ignore' })
    const other = spawn('sh', ['-c', STAYS, `--user-data-dir=${profile}-2`], { stdio: 'ignore' })
    try {
      for (const { pid } of [other, leftOver]) {
        rmSync(path.join(profile, 'SingletonLock'), { force: true })
        symlinkSync(`some-old-name-${pid}`, path.join(profile, 'SingletonLock'))
        await endLeftover(profile)
        expect(() => readlinkSync(path.join(profile, 'SingletonLock'))).toThrow(/ENOENT/)
      }
      await isClosed(leftOver.pid ?? NaN)
      expect(isAlive(other.pid ?? NaN)).toBe(true)
    } finally {
      for (const child of [leftOver, other]) child.kill('SIGKILL')
    }
  })

  test('its processes are counted as what they are', async () => {
    const program = path.join(folder, 'program')
    const child = (type: string) => `sh -c '${STAYS}' --type=${type} &`
    writeFileSync(program, `${child('renderer')}\n${child('gpu-process')}\nwait`)
    const leader = spawn('sh', [program], { stdio: 'ignore', detached: true })
    const pid = leader.pid ?? NaN
    try {
      const parts = () => readChromium(pid).map(({ part }) => part)
      await expect.poll(() => parts().includes('renderer') && parts().includes('gpu')).toBe(true)
      const readings = readChromium(pid)
      expect(readings.find((reading) => reading.pid === pid)?.part).toBe('other')
      expect(readings.find(({ part }) => part === 'renderer')?.ownMb).toBeGreaterThan(0)
      expect(readings.map((reading) => reading.pid)).not.toContain(process.pid)
    } finally {
      process.kill(-pid, 'SIGKILL')
    }
  })
})

test('a new profile asks nobody anything, one that is there keeps what is in it, and no crash stays', () => {
  const profile = kioskProfile(folder)
  const preferences = path.join(profile, 'Default/Preferences')
  const { BREAKPAD_DUMP_LOCATION: crashes = '' } = prepareProfile(profile)
  expect(JSON.parse(readFileSync(preferences, 'utf8'))).toMatchObject({ translate: { enabled: false } })
  expect(crashes).toBe(path.join(profile, 'crashes'))
  mkdirSync(crashes)
  writeFileSync(preferences, '{"chosen":1}')
  prepareProfile(profile)
  expect(readFileSync(preferences, 'utf8')).toBe('{"chosen":1}')
  expect(existsSync(crashes)).toBe(false)
})

const wishes = { profile: '/srv/tt/chromium', port: 8123, heap: MEMORY.heaps.renderer, env: {} }

test('Chromium is told to stay by itself, in the heap that the shell gives a page', () => {
  const kiosk = kioskArguments({ ...wishes, windowed: false })
  expect(kiosk).toEqual(
    expect.arrayContaining([
      '--user-data-dir=/srv/tt/chromium',
      '--js-flags=--max-old-space-size=256 --max-semi-space-size=8',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--password-store=basic',
      '--overscroll-history-navigation=0',
      '--disable-pinch',
      '--kiosk',
    ]),
  )
  expect(kiosk).not.toContain('--no-sandbox')
  const window = kioskArguments({ ...wishes, windowed: true, env: { WAYLAND_DISPLAY: 'wayland-1' } })
  expect(window).not.toContain('--kiosk')
  expect(window).toContain('--ozone-platform=wayland')
  expect(window.at(-1)).toBe('--app=http://127.0.0.1:8123/app/day')
})

test('without Electron a Chromium that starts is the next best, but not for root', () => {
  const { binary } = standIn(STAYS)
  const env = { TIMETRACK_CHROMIUM: binary }
  expect(withoutElectron('no Electron', env, false)).toEqual({ kind: 'chromium', binary, why: 'no Electron' })
  expect(withoutElectron('no Electron', { PATH: folder }, false)).toMatchObject({ kind: 'chromium', binary })
  expect(withoutElectron('no Electron', env, true)).toMatchObject({ kind: 'headless', why: /as root/ })
  writeFileSync(binary, '#!/bin/sh\nexit 1\n')
  expect(withoutElectron('no Electron', env, false)).toMatchObject({ kind: 'headless', why: /no Chromium/ })
  expect(withoutElectron('no Electron', { PATH: '/nowhere' }, false)).toMatchObject({ kind: 'headless' })
})
