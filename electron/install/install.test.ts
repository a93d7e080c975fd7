import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { install } from './install.ts'
import { healthyVersion, runner } from './machine.ts'
import type { InstallRequest } from './request.ts'

// Over a real file system in a home of its own, a `systemctl` on PATH that keeps one state, and a hub that
// answers for the version that `current` leads to, as the real one would.

const SYSTEMCTL = `#!/bin/sh
echo "$@" >>"$HOME/asked"
case "$2" in
  start) echo active >"$HOME/state" ;;
  stop) echo inactive >"$HOME/state" ;;
  disable) echo inactive >"$HOME/state" ;;
  is-active) cat "$HOME/state"; [ "$(cat "$HOME/state")" = active ] ;;
  show-environment) cat "$HOME/session" ;;
  daemon-reload) [ ! -e "$HOME/no-manager" ] || { echo 'Failed to connect to bus' >&2; exit 1; } ;;
esac
`
const LABWC = '# >>> TimeTrack\ntimetrack &\n# <<< TimeTrack\n'

let home: string
let hub: Server
let port: number
let said: string[]
/** Versions that never become healthy. */
let broken: Set<string>

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'timetrack-install-'))
  mkdirSync(join(home, 'bin'))
  writeFileSync(join(home, 'bin/systemctl'), SYSTEMCTL, { mode: 0o755 })
  writeFileSync(join(home, 'state'), 'inactive\n')
  writeFileSync(join(home, 'session'), 'WAYLAND_DISPLAY=wayland-0\n')
  said = []
  broken = new Set()
  hub = createServer((_request, response) => {
    const version = running()
    response.writeHead(version === undefined || broken.has(version) ? 503 : 200)
    response.end(JSON.stringify(broken.has(version ?? '') ? {} : { status: 'ok', version }))
  })
  await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve))
  ;({ port } = hub.address() as AddressInfo)
})
afterEach(() => {
  hub.close()
  rmSync(home, { recursive: true, force: true })
})

const text = (file: string) => readFileSync(join(home, file), 'utf8')
const asked = () => (existsSync(join(home, 'asked')) ? text('asked').trim().split('\n') : [])
const current = () => readlinkSync(join(home, 'timetrack/current'))
const running = () =>
  text('state').trim() === 'active' && existsSync(join(home, 'timetrack/current'))
    ? readFileSync(join(home, 'timetrack/current/resources/app.asar'), 'utf8').split(' ')[0]
    : undefined

/** A program as an AppImage shows it: mounted somewhere, read-only. */
function makeProgram(version: string, build = ''): string {
  const folder = join(home, `mounted-${version}${build}`)
  if (existsSync(folder)) return folder
  mkdirSync(join(folder, 'resources'), { recursive: true })
  writeFileSync(join(folder, 'timetrack'), '#!/bin/sh\n')
  chmodSync(join(folder, 'timetrack'), 0o555)
  symlinkSync('timetrack', join(folder, '.DirIcon'))
  writeFileSync(join(folder, 'resources/app.asar'), `${version} ${build}`)
  writeFileSync(join(folder, 'resources/timetrack.service'), `[Unit]\n`)
  writeFileSync(join(folder, 'resources/labwc-autostart'), LABWC)
  return folder
}

type Extra = { source?: string; isRoot?: boolean; options?: string[]; labwc?: boolean; steadyMs?: number }

function run(version: string, request: InstallRequest['kind'], extra: Extra = {}): Promise<number> {
  const { source = makeProgram(version), isRoot = false, options, labwc = false, steadyMs = 30 } = extra
  const env = { PATH: `${join(home, 'bin')}${delimiter}${process.env['PATH']}`, HOME: home }
  return install(
    request === 'install'
      ? { kind: request, labwc, options: options ?? ['--port', String(port)] }
      : { kind: request },
    {
      home,
      isRoot,
      env,
      source,
      version,
      run: runner(env),
      health: healthyVersion,
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      say: (line) => said.push(line),
      trial: { limitMs: 200, steadyMs },
      everyMs: 10,
    },
  )
}

describe('a first installation', () => {
  test('copies the program, enables the unit, starts it, and says all of it', async () => {
    expect(await run('1.0.0', 'install')).toBe(0)
    expect(current()).toBe('1.0.0')
    expect(lstatSync(join(home, 'timetrack/1.0.0/.DirIcon')).isSymbolicLink()).toBe(true)
    expect(lstatSync(join(home, 'timetrack/1.0.0/timetrack')).mode & 0o111).not.toBe(0)
    expect(text('.config/timetrack/kiosk.env')).toContain(`TIMETRACK_OPTIONS="--port ${port}"`)
    expect(asked()).toContain('--user enable timetrack.service')
    expect(running()).toBe('1.0.0')
    expect(said.join('\n')).toContain('Version 1.0.0 is running.')
    expect(said.filter((line) => line.startsWith('Wrote'))).toHaveLength(3)
  })

  test('again, it finds nothing to do and leaves the kiosk running', async () => {
    const source = makeProgram('1.0.0')
    await run('1.0.0', 'install', { source })
    said = []
    rmSync(join(home, 'asked'))
    expect(await run('1.0.0', 'install', { source })).toBe(0)
    expect(said).toEqual([`The program is in ${join(home, 'timetrack/1.0.0')}`, 'This version runs already.'])
    expect(asked().filter((line) => /\b(?:start|stop)\b/.test(line))).toEqual([])
  })

  test('without a desktop it waits for the next login', async () => {
    writeFileSync(join(home, 'session'), 'LANG=de_DE.UTF-8\n')
    expect(await run('1.0.0', 'install')).toBe(0)
    expect(current()).toBe('1.0.0')
    expect(text('state')).toBe('inactive\n')
    expect(said.at(-1)).toContain('next login')
  })

  test('changes nothing for root, or without a user manager', async () => {
    expect(await run('1.0.0', 'install', { isRoot: true })).toBe(1)
    writeFileSync(join(home, 'no-manager'), '')
    expect(await run('1.0.0', 'install')).toBe(1)
    expect(said.join('\n')).toMatch(/not as root.*\n.*Failed to connect to bus/)
    expect(existsSync(join(home, 'timetrack'))).toBe(false)
    expect(existsSync(join(home, '.config'))).toBe(false)
  })

  test('by labwc: its own lines stay, ours are there once, and going back to systemd removes them', async () => {
    mkdirSync(join(home, '.config/labwc'), { recursive: true })
    writeFileSync(join(home, '.config/labwc/autostart'), 'kanshi &')
    for (let time = 0; time < 2; time++) expect(await run('1.0.0', 'install', { labwc: true })).toBe(0)
    expect(text('.config/labwc/autostart')).toBe(`kanshi &\n${LABWC}`)
    expect(existsSync(join(home, '.config/systemd'))).toBe(false)
    await run('1.0.0', 'install')
    expect(text('.config/labwc/autostart')).toBe('kanshi &\n')
    expect(existsSync(join(home, '.config/systemd/user/timetrack.service'))).toBe(true)
  })
})

describe('an update', () => {
  beforeEach(() => run('1.0.0', 'install'))

  test('takes over, keeps the version before it, and clears out older ones', async () => {
    mkdirSync(join(home, 'timetrack/1.0.5.partial')) // a copy that lost its power
    mkdirSync(join(home, 'timetrack/my notes'))
    expect(await run('1.1.0', 'install', { options: [] })).toBe(0)
    expect(running()).toBe('1.1.0')
    expect(readdirSync(join(home, 'timetrack')).sort()).toEqual(['1.0.0', '1.1.0', 'current', 'my notes'])
    expect(text('.config/timetrack/kiosk.env')).toContain(`--port ${port}`)
    await run('1.2.0', 'install', { options: [] })
    expect(readdirSync(join(home, 'timetrack')).sort()).toEqual(['1.1.0', '1.2.0', 'current', 'my notes'])
  })

  test('that does not become healthy goes back, and says why', async () => {
    broken.add('1.1.0')
    expect(await run('1.1.0', 'install')).toBe(1)
    expect(running()).toBe('1.0.0')
    expect(said.join('\n')).toMatch(
      /1\.1\.0 does not work: it was not healthy.*\n.*Went back to version 1\.0\.0/,
    )
  })

  test('that has migrated the database gives it back as it was, and keeps the migrated one', async () => {
    const data = join(home, '.local/share/timetrack')
    mkdirSync(join(data, 'backups'), { recursive: true })
    writeFileSync(join(data, 'backups/timetrack-v1-20250101-000000.db'), 'long ago')
    writeFileSync(join(data, 'timetrack.db'), 'old')
    broken.add('1.1.0')
    hub.once('request', () => {
      writeFileSync(join(data, 'backups/timetrack-v2-20261124-093000.db'), 'old')
      writeFileSync(join(data, 'timetrack.db'), 'migrated')
      writeFileSync(join(data, 'timetrack.db-wal'), 'and more')
    })
    expect(await run('1.1.0', 'install')).toBe(1)
    expect(readFileSync(join(data, 'timetrack.db'), 'utf8')).toBe('old')
    expect(existsSync(join(data, 'timetrack.db-wal'))).toBe(false)
    const kept = join(data, 'backups/timetrack-v2-20261124-093000-as-1.1.0-left-it.db')
    expect(readFileSync(kept, 'utf8')).toBe('migrated')
    expect(readFileSync(`${kept}-wal`, 'utf8')).toBe('and more')
    expect(said.join('\n')).toContain(kept)
  })

  test('to another build of the same version gets a folder of its own', async () => {
    expect(await run('1.0.0', 'install', { source: makeProgram('1.0.0', 'b') })).toBe(0)
    expect(current()).toBe('1.0.0-2')
  })

  test('of a kiosk that somebody has stopped does not start it', async () => {
    writeFileSync(join(home, 'state'), 'inactive\n')
    expect(await run('1.1.0', 'install')).toBe(0)
    expect(current()).toBe('1.1.0')
    expect(text('state')).toBe('inactive\n')
  })

  test('of options alone starts it anew', async () => {
    rmSync(join(home, 'asked'))
    const source = join(home, 'timetrack/1.0.0')
    await run('1.0.0', 'install', { source, options: ['--port', String(port), '--dark-after', '0'] })
    expect(asked()).toContain('--user start timetrack.service')
    expect(running()).toBe('1.0.0')
  })
})

test('uninstalling takes away what was installed, and nothing that was recorded', async () => {
  const data = join(home, '.local/share/timetrack')
  mkdirSync(data, { recursive: true })
  writeFileSync(join(data, 'timetrack.db'), 'hours')
  await run('1.0.0', 'install')
  await run('1.1.0', 'install')
  expect(await run('1.1.0', 'uninstall', { source: join(home, 'timetrack/1.1.0') })).toBe(0)
  expect(existsSync(join(home, 'timetrack'))).toBe(false)
  const files = readdirSync(join(home, '.config'), { recursive: true, withFileTypes: true })
  expect(files.filter((entry) => entry.isFile())).toEqual([])
  expect(asked()).toContain('--user disable --now timetrack.service')
  expect(text('.local/share/timetrack/timetrack.db')).toBe('hours')
  expect(said.at(-1)).toContain(data)
  expect(await run('1.1.0', 'uninstall', { source: join(home, 'timetrack/1.1.0') })).toBe(0)
})
