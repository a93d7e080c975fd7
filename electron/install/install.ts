import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { readArguments } from '../arguments.ts'
import { backupsIn, undoMigration } from './database.ts'
import { AUTOSTART, placesIn, UNIT, withBlock, withoutBlock, type Places } from './places.ts'
import { currentProgram, installedPrograms, place, switchTo } from './programs.ts'
import { optionsFile, optionsIn, type InstallRequest } from './request.ts'
import { judge, TRIAL, type Look } from './trial.ts'

export type Installer = {
  home: string
  isRoot: boolean
  env: Record<string, string | undefined>
  /** The folder that this program runs from, and its version. */
  source: string
  version: string
  /** Runs a program of the machine; what it printed, or an Error with what it said. */
  run: (command: string, args: readonly string[]) => Promise<string>
  /** The version that answers as healthy at a port of this machine. */
  health: (port: number) => Promise<string | undefined>
  wait: (ms: number) => Promise<void>
  say: (line: string) => void
  trial?: typeof TRIAL
  everyMs?: number
}

/** Does what was asked, says each thing that it did. @returns the exit code */
export async function install(request: InstallRequest, with_: Installer): Promise<number> {
  try {
    if (request.kind === 'uninstall') return await takeAway(with_)
    return await setUp(request, with_)
  } catch (error) {
    with_.say(`Not finished: ${error instanceof Error ? error.message : String(error)}`)
    return 1
  }
}

const userctl = ({ run }: Installer, ...args: string[]) => run('systemctl', ['--user', ...args])
const stateOf = (with_: Installer) =>
  userctl(with_, 'is-active', UNIT).then(
    (text) => text.trim(),
    // Its exit code tells the same as its word.
    (error: unknown) => /\b(failed|inactive|activating|deactivating)\b/.exec(String(error))?.[1] ?? 'unknown',
  )

const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined)

/** Writes only what differs, so that a second installation says that there was nothing to do. */
function write(file: string, text: string, say: (line: string) => void): boolean {
  if (read(file) === text) return false
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  say(`Wrote ${file}`)
  return true
}

function remove(file: string, say: (line: string) => void): void {
  if (!existsSync(file)) return
  rmSync(file)
  say(`Removed ${file}`)
}

async function setUp(request: InstallRequest & { kind: 'install' }, with_: Installer): Promise<number> {
  const { home, source, version, say, isRoot } = with_
  const places = placesIn(home)
  if (isRoot)
    throw new Error('run this as the user whose desktop shows the kiosk, not as root. Nothing was changed.')
  if (!request.labwc) await userctl(with_, 'daemon-reload').catch(refuseWithoutSystemd)
  const before = currentProgram(places)
  const { folder, copied } = place(source, version, places)
  say(copied ? `Copied the program to ${folder}` : `The program is in ${folder}`)
  const hasNewOptions = request.options.length > 0 && write(places.options, optionsFile(request.options), say)

  const resource = (name: string) => readFileSync(join(folder, 'resources', name), 'utf8')
  if (request.labwc) return useLabwc(with_, places, folder, resource('labwc-autostart'))
  dropBlock(places, say)
  const hasNewUnit = write(places.unit, resource(UNIT), say)
  write(places.autostart, AUTOSTART, say)
  await userctl(with_, 'daemon-reload')
  await userctl(with_, 'enable', UNIT)

  const isRunning = ['active', 'activating', 'failed'].includes(await stateOf(with_))
  const hasDisplay = /^(?:WAYLAND_)?DISPLAY=./m.test(await userctl(with_, 'show-environment').catch(() => ''))
  if (!isRunning && !(before === undefined && hasDisplay)) {
    switchTo(places, folder)
    clearOut(places, [folder, before], say)
    say(
      hasDisplay
        ? `The kiosk was not running, so it was not started: systemctl --user start ${UNIT}`
        : 'The kiosk starts with the next login to the desktop.',
    )
    return 0
  }
  if (isRunning && before === folder && !hasNewOptions && !hasNewUnit) {
    say('This version runs already.')
    return 0
  }
  return tryOut(with_, places, folder, before)
}

async function useLabwc(with_: Installer, places: Places, folder: string, block: string): Promise<number> {
  const { say } = with_
  if (existsSync(places.unit)) await dropUnit(with_, places)
  remove(places.autostart, say)
  write(places.labwc, withBlock(read(places.labwc) ?? '', block), say)
  switchTo(places, folder)
  say('labwc starts the kiosk with the next login to the desktop.')
  return 0
}

function refuseWithoutSystemd(error: unknown): never {
  throw new Error(
    `systemd's user manager does not answer (${String(error)}). Log in as the user whose desktop shows the kiosk, not by sudo or su; or use --install --labwc. Nothing was changed.`,
  )
}

/** Starts the new version, and goes back to the one before unless it proves itself. */
async function tryOut(
  with_: Installer,
  places: Places,
  folder: string,
  before: string | undefined,
): Promise<number> {
  const { say, version, env, home } = with_
  const { data, port } = readArguments(optionsIn(read(places.options)), env, home)
  const backups = backupsIn(data)
  await userctl(with_, 'stop', UNIT)
  switchTo(places, folder)
  say(`Starting version ${version} ...`)
  await start(with_)
  const verdict = await watch(with_, port)
  if (verdict.end === 'good') {
    say(`Version ${version} is running.`)
    clearOut(places, [folder, before], say)
    return 0
  }
  const why = verdict.end === 'bad' ? verdict.why : ''
  say(`Version ${version} does not work: ${why}. What it said: journalctl --user -u ${UNIT} -n 100`)
  if (before === undefined || before === folder || !existsSync(before)) return 1
  await userctl(with_, 'stop', UNIT)
  switchTo(places, before)
  const kept = undoMigration(data, backups, version)
  if (kept)
    say(`Put the database back as it was before the update. The one of version ${version} is kept: ${kept}`)
  await start(with_)
  say(`Went back to version ${basename(before)}.`)
  return 1
}

async function start(with_: Installer): Promise<void> {
  // What either complains about shows in whether the version becomes healthy.
  await userctl(with_, 'reset-failed', UNIT).catch(() => undefined)
  await userctl(with_, 'start', UNIT).catch(() => undefined)
}

async function watch(with_: Installer, port: number) {
  const { trial = TRIAL, everyMs = 1000, version, health, wait } = with_
  const looks: Look[] = []
  const began = performance.now()
  for (;;) {
    const look = { healthy: await health(port), unit: await stateOf(with_) }
    looks.push({ afterMs: performance.now() - began, ...look })
    const verdict = judge({ version, ...trial }, looks)
    if (verdict.end !== 'wait') return verdict
    await wait(everyMs)
  }
}

/** The version in use and the one before it stay. */
function clearOut(places: Places, kept: readonly (string | undefined)[], say: (line: string) => void): void {
  for (const folder of installedPrograms(places).filter((one) => !kept.includes(one))) {
    rmSync(folder, { recursive: true })
    say(`Removed ${folder}`)
  }
}

function dropBlock(places: Places, say: (line: string) => void): void {
  const text = read(places.labwc)
  if (text === undefined || withoutBlock(text) === text) return
  if (withoutBlock(text) === '') remove(places.labwc, say)
  else write(places.labwc, withoutBlock(text), say)
}

async function dropUnit(with_: Installer, places: Places): Promise<void> {
  // Without a user manager there is nothing to stop.
  await userctl(with_, 'disable', '--now', UNIT).catch(() => undefined)
  remove(places.unit, with_.say)
  await userctl(with_, 'daemon-reload').catch(() => undefined)
}

async function takeAway(with_: Installer): Promise<number> {
  const { home, say, env } = with_
  const places = placesIn(home)
  // Asked before the options go.
  const { data } = readArguments(optionsIn(read(places.options)), env, home)
  if (existsSync(places.unit)) await dropUnit(with_, places)
  for (const file of [places.autostart, places.options]) remove(file, say)
  dropBlock(places, say)
  if (currentProgram(places) !== undefined) rmSync(places.current)
  clearOut(places, [], say)
  try {
    rmdirSync(places.programs)
  } catch {
    // Not there, or somebody keeps something else in it.
  }
  say(`TimeTrack is uninstalled. What it has recorded stays: ${data}`)
  return 0
}
