import {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  session,
  utilityProcess,
} from 'electron'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { getHeapStatistics } from 'node:v8'
import { channels } from '../contract/bridge.ts'
import { systemClock } from '../contract/time.ts'
import { storedSetting } from '../db/settings.ts'
import { databaseFile } from '../server/host/data-folder.ts'
import { memoryLimits } from '../server/host/memory-limits.ts'
import { watchMemory } from '../server/host/memory-watchdog.ts'
import { readProcessMemory } from '../server/host/process-memory.ts'
import { createReporter } from '../server/host/reporter.ts'
import { serveSplash, splashScheme } from './app-protocol.ts'
import { profileFolder, readArguments } from './arguments.ts'
import { answerPage, tellPage } from './bridge.ts'
import { prepareDatabaseFor } from './database.ts'
import { displayPower } from './display-power.ts'
import { careForGpu, gpuNote } from './gpu.ts'
import { superviseServer } from './host.ts'
import { install, type Installer } from './install/install.ts'
import { thisMachine } from './install/machine.ts'
import { readRequest } from './install/request.ts'
import { createLog } from './log.ts'
import { readAll } from './memory.ts'
import { hubPage, isOurs } from './origins.ts'
import { careForPage } from './page-care.ts'
import { quitGracefully } from './quit.ts'
import { RECOVERY } from './recovery.ts'
import { toolRunner } from './run-tool.ts'
import { createScreen } from './screen.ts'
import { denyPermissions, guardContents, type Guard } from './security.ts'
import { createShell, type Shell } from './shell.ts'
import { switchesFor } from './switches.ts'
import { utilityChild } from './utility-child.ts'
import { assertSafe } from './web-preferences.ts'
import { careForWindow, raise, rightsOf, windowOptions } from './window.ts'

const SCREEN_TICK_MS = 5000
const HANG_MS = 10_000

// Before anything of a window: nothing below happens, and nothing needs a display.
const request = orExit(() => readRequest(process.argv.slice(1)))
if (request) process.exit(await install(request, installer()))

const options = orExit(() => readArguments(process.argv.slice(1), process.env, homedir()))
const log = createLog((line) => void process.stdout.write(line), systemClock)
// A log reader that went away must not end the kiosk.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

const limits = memoryLimits(storedSetting(databaseFile(options.data), 'memory'))

// What has to be said before `ready`. No `await` from here on: Electron is only ready once this file has run.
app.enableSandbox()
for (const { name, value } of switchesFor({
  kiosk: !options.windowed,
  rendererHeap: limits.heaps.renderer,
  env: process.env,
  hasPlatform: app.commandLine.hasSwitch('ozone-platform'),
})) {
  app.commandLine.appendSwitch(name, value)
}
const gpu = gpuNote(useProfile())
const isGpuOff = gpu.isOff(app.getVersion())
if (isGpuOff) app.disableHardwareAcceleration()
protocol.registerSchemesAsPrivileged([splashScheme])
Menu.setApplicationMenu(null)

if (app.requestSingleInstanceLock()) void app.whenReady().then(run)
else app.exit(0)

function run(): void {
  const shell: Shell = createShell({
    prepare: () => prepareDatabaseFor(options.data, log),
    createSupervisor: (onChange) =>
      superviseServer({
        start: utilityChild({
          fork: (entry, args, fork) => utilityProcess.fork(entry, args, fork),
          app,
          entry: join(import.meta.dirname, '../server/main.js'),
          args: ['--port', String(options.port), '--host', options.host, '--data', options.data],
          env: process.env,
          cwd: options.data,
          output: (text) => void process.stdout.write(text),
          killPid: (pid, signal) => void process.kill(pid, signal),
          ...limits.heaps.server,
        }),
        onChange(state) {
          reporter.changed(state)
          onChange(state)
        },
        log,
      }),
    hubPage: (port) => hubPage(port, options.windowed),
    // What became of it is told to careForPage.
    load: async (url) => {
      if (!window.isDestroyed()) await contents.loadURL(url).catch(() => undefined)
    },
    tell: (state) => tellPage(contents, channels.stateChanged, state),
    assertSafe: () => assertSafe(rightsOf(contents) ?? wishes.webPreferences ?? null),
    clock: systemClock,
    log,
    recovery: RECOVERY,
    patienceMs: 5000,
  })
  const sample = () => readAll(app.getAppMetrics(), readProcessMemory)
  const reporter = createReporter({
    limits,
    heaps: {
      main: { reportedMb: getHeapStatistics().heap_size_limit / 1024 / 1024 },
      // Nobody outside a page can ask its V8; its own command line shows the flags (docs/on-a-real-pi.md).
      renderer: { reportedMb: null },
    },
    sample,
    state: () => shell.supervisor.state(),
    send: (message) => shell.supervisor.send(message),
    electron: process.versions.electron ?? null,
    clock: systemClock,
    log,
  })
  const isAtHome = (url: string) => isOurs(url, shell.hubPort())

  const quit = quitGracefully(app, {
    stop: () => shell.stop(),
    deadlineMs: 12_000,
    onQuitting: () => screen.light(),
    isUnit: process.env['SYSTEMD_EXEC_PID'] === String(process.pid),
    log,
  })
  process.on('uncaughtException', (error) => {
    log({ error: error.stack }, 'Unexpected error in the shell')
    quit.end('failure')
  })
  process.on('unhandledRejection', (error) =>
    log({ error: String(error) }, 'Unhandled rejection in the shell'),
  )
  powerMonitor.on('shutdown', () => quit.end('exit'))

  const guard: Guard = { isOurs: isAtHome, allowsDownloads: options.windowed, log }
  guardContents(app, guard)
  denyPermissions(session.defaultSession, guard)
  serveSplash(session.defaultSession.protocol, join(import.meta.dirname, 'splash'))

  const wishes = windowOptions(join(import.meta.dirname, 'preload.cjs'), options.windowed)
  assertSafe(wishes.webPreferences ?? null)
  const window = new BrowserWindow(wishes)
  const contents = window.webContents
  careForWindow(window, { windowed: options.windowed, isQuitting: quit.isQuitting, raiseAfterMs: 3000 })
  app.on('second-instance', () => raise(window))

  const screen = createScreen({
    darkAfterMs: options.windowed ? 0 : options.darkAfterMinutes * 60_000,
    clock: systemClock,
    mayDarken: () => shell.state().step === 'ready',
    tellPage: (dark) => tellPage(contents, channels.dark, dark),
    power: displayPower(toolRunner(process.env), log),
  })
  setInterval(() => screen.tick(), SCREEN_TICK_MS)
  // The compositor's own blanking would not swallow the first touch.
  if (!options.windowed) powerSaveBlocker.start('prevent-display-sleep')

  answerPage({
    ipc: ipcMain,
    contents,
    isOurs: isAtHome,
    info: { version: app.getVersion(), kiosk: !options.windowed },
    state: shell.state,
    startAgain: () => shell.startAgain(),
    touched: (touch) => screen.touched(touch),
    darkened: (dark) => screen.darkened(dark),
    log,
  })
  careForPage(contents, {
    onFailed: (why) => !quit.isQuitting() && shell.pageFailed(why),
    onLoaded: () => screen.pageLoaded(),
    hangMs: HANG_MS,
    log,
  })
  const gpuGone = careForGpu({
    note: gpu,
    version: app.getVersion(),
    isOff: isGpuOff,
    relaunch: () => quit.end('relaunch'),
    clock: systemClock,
    log,
  })
  app.on('child-process-gone', (_event, details) => gpuGone(details))

  watchMemory({
    limits,
    sample,
    onSample: reporter.sampled,
    quietForMs: () => screen.quietForMs(),
    replace: (part, why) => {
      if (part === 'renderer') shell.refreshPage(why)
      else void shell.supervisor.restart(why)
    },
    kill: (part, why) => {
      if (part === 'renderer') contents.forcefullyCrashRenderer()
      else shell.supervisor.kill(why)
    },
    clock: systemClock,
    log,
  })

  log({ version: app.getVersion(), electron: process.versions.electron, isGpuOff }, 'Shell started')
  if (app.commandLine.hasSwitch('no-sandbox')) log({}, 'Running without the sandbox of Chromium')
  void shell.start()
}

function orExit<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    console.error(`timetrack: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(2)
  }
}

function installer(): Installer {
  // app.asar is copied as the file that it is; Electron's `fs` would show it as a folder.
  process.noAsar = true
  return {
    ...thisMachine(process.env, process.execPath),
    home: homedir(),
    isRoot: process.getuid?.() === 0,
    env: process.env,
    version: app.getVersion(),
    say: (line) => console.log(line),
  }
}

/** Where that is not possible, Electron's own place serves to show what is wrong with the data folder. */
function useProfile(): string {
  const folder = profileFolder(options.data)
  try {
    mkdirSync(folder, { recursive: true })
    app.setPath('userData', folder)
    return folder
  } catch (error) {
    log({ error: String(error) }, 'The data folder cannot hold the profile of the window')
    return app.getPath('userData')
  }
}
