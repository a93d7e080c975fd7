import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { installedChromium } from './chromium.ts'

const root = path.resolve(import.meta.dirname, '..')
const electron = path.join(root, 'node_modules/electron')
const gaveUp = path.join(root, 'node_modules/.cache/timetrack/electron-failed')
const downloadLimit = 120_000

export type Shell =
  | { kind: 'electron'; binary: string }
  /** `why` not Electron. */
  | { kind: 'chromium'; binary: string; why: string }
  | { kind: 'headless'; why: string }

const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').trim() : '')

function version(): string {
  const { version } = JSON.parse(read(path.join(electron, 'package.json')) || '{}') as { version?: string }
  return version ?? ''
}

/** The binary that Electron's installer has left, if it is whole. */
export function findBinary(): string | undefined {
  const binary = path.join(electron, 'dist', read(path.join(electron, 'path.txt')) || 'electron')
  const isWhole = read(path.join(electron, 'dist/version')).replace(/^v/, '') === version()
  return isWhole && existsSync(binary) ? binary : undefined
}

/** Where the product was installed by another user, each start has to try. */
function noteFailure(): void {
  try {
    mkdirSync(path.dirname(gaveUp), { recursive: true })
    writeFileSync(gaveUp, version())
  } catch {
    // It starts all the same.
  }
}

/** Tries the download once per version: a network that forbids it must not delay every start. */
function download(log: (line: string) => void): string | undefined {
  if (read(gaveUp) === version()) {
    return `Electron ${version()} could not be downloaded earlier (to try again: rm ${path.relative(root, gaveUp)})`
  }
  log(`There is a display: downloading Electron ${version()} once (at most ${downloadLimit / 1000} s) ...`)
  const { status, error, stderr } = spawnSync(process.execPath, [path.join(electron, 'install.js')], {
    timeout: downloadLimit,
    killSignal: 'SIGKILL',
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (status === 0) return undefined
  noteFailure()
  const isLate = error && 'code' in error && error.code === 'ETIMEDOUT'
  const reason = isLate
    ? 'it took too long'
    : (/^.*error.*$/im.exec(stderr)?.[0] ?? `it ended with ${status}`)
  return `Electron could not be downloaded: ${reason.trim()}`
}

/** Decides how the product is shown on this machine, and why. */
export function chooseShell(headless: boolean, env: NodeJS.ProcessEnv, log: (line: string) => void): Shell {
  if (headless) return { kind: 'headless', why: 'asked for with --headless' }
  const hasDisplay = process.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
  if (!hasDisplay) return { kind: 'headless', why: 'there is no display' }
  const named = env['TIMETRACK_ELECTRON']
  if (named) {
    return existsSync(named)
      ? { kind: 'electron', binary: named }
      : { kind: 'headless', why: `there is no ${named} (TIMETRACK_ELECTRON)` }
  }
  if (!version()) return withoutElectron('the electron package is not installed', env)
  const failure = findBinary() ? undefined : download(log)
  const binary = findBinary()
  if (binary) return { kind: 'electron', binary }
  return withoutElectron(failure ?? 'the download of Electron is incomplete', env)
}

/** The next best: a Chromium of this machine, where it may run. */
export function withoutElectron(
  why: string,
  env: NodeJS.ProcessEnv,
  isRoot = process.getuid?.() === 0,
): Shell {
  const binary = installedChromium(env)
  if (!binary) return { kind: 'headless', why: `${why}, and no Chromium is installed either` }
  // Without its sandbox it would start, but what a page can do wrong it could then do to the whole machine.
  if (isRoot) {
    const advice = 'Start TimeTrack as the user whose screen it is'
    return { kind: 'headless', why: `${why}, and Chromium does not start as root. ${advice}` }
  }
  return { kind: 'chromium', binary, why }
}
