import { EventEmitter } from 'node:events'
import type { BrowserWindowConstructorOptions, Details } from 'electron'
import { AppDouble, utilityDouble } from './utility-double.ts'

/**
 * Stands in for the package `electron` in a process of Node, so that the built main.js runs as it is: its calls
 * are noted to the parent process, the parent plays the people and pages (`Cue`), servers are real processes.
 */

/** What main did, in order. */
export type Note = { did: string; with?: unknown }

/** What the parent wants to happen. */
export type Cue =
  | { cue: 'emit'; on: 'app' | 'contents'; event: string; args: unknown[] }
  | { cue: 'invoke'; channel: string; origin: string; value?: unknown }

const note = (did: string, details?: unknown) =>
  process.connected && process.send?.({ did, with: details } satisfies Note)

const noting = (name: string) => (details?: unknown) => void note(name, details)

const [self] = process.argv.slice(-1)
const paths: Record<string, string> = {}
const processes = new AppDouble()
const double = utilityDouble(processes)

class App extends EventEmitter {
  commandLine = {
    appendSwitch: (name: string, value?: string) => note('switch', { name, value }),
    hasSwitch: () => false,
  }
  isPackaged = false
  enableSandbox = noting('enableSandbox')
  disableHardwareAcceleration = noting('disableHardwareAcceleration')
  relaunch = noting('relaunch')
  getVersion = () => '1.2.3'
  getPath = (name: string) => paths[name] ?? '/nowhere'
  setPath = (name: string, path: string) => void (paths[name] = path)
  requestSingleInstanceLock = () => self !== '--second'
  whenReady = () => new Promise<void>((resolve) => setImmediate(resolve))
  getAppMetrics = () => []

  quit(): void {
    this.emit('before-quit', { preventDefault: () => note('quit prevented') })
  }

  exit(code: number): void {
    note('exit', code)
    // eslint-disable-next-line no-restricted-properties -- this is what Electron's own does
    process.exit(code)
  }
}

export const app = new App()
processes.on('child-process-gone', (event: unknown, details: Details) => {
  app.emit('child-process-gone', event, details)
})
process.on('SIGTERM', () => app.quit())

class Contents extends EventEmitter {
  isDestroyed = () => false
  isCrashed = () => false
  setZoomFactor = () => undefined
  setWindowOpenHandler = noting('setWindowOpenHandler')
  send = (channel: string, value: unknown) => note('send', { channel, value })
  forcefullyCrashRenderer = () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })

  async loadURL(url: string): Promise<void> {
    note('load', url)
    await new Promise((resolve) => setImmediate(resolve))
    this.emit('did-finish-load')
  }
}

const pages: Contents[] = []

export class BrowserWindow extends EventEmitter {
  webContents = new Contents()
  show = noting('show')
  focus = noting('focus')
  restore = noting('restore')
  setFullScreen = noting('setFullScreen')
  isDestroyed = () => false
  isVisible = () => false
  isMinimized = () => true

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    note('window', options)
    pages.push(this.webContents)
    app.emit('web-contents-created', {}, this.webContents)
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'))
  }
}

const handlers = new Map<string, (event: unknown, value: unknown) => unknown>()
const take = (channel: string, handler: (event: unknown, value: unknown) => unknown) =>
  void handlers.set(channel, handler)

export const ipcMain = { handle: take, on: take }
export const Menu = { setApplicationMenu: noting('menu') }
export const powerMonitor = new EventEmitter()
export const powerSaveBlocker = { start: noting('powerSaveBlocker') }
export const protocol = { registerSchemesAsPrivileged: noting('schemes') }
export const session = {
  defaultSession: Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: () => note('permissions'),
    setPermissionCheckHandler: () => undefined,
    setDevicePermissionHandler: () => undefined,
    setDisplayMediaRequestHandler: () => undefined,
    protocol: { handle: noting('protocol') },
  }),
}
export const utilityProcess = { fork: double.fork }

async function play(cue: Cue): Promise<void> {
  if (cue.cue === 'emit') {
    const target = cue.on === 'app' ? app : pages[0]
    target?.emit(cue.event, {}, ...cue.args)
    return
  }
  const event = { sender: pages[0], senderFrame: { origin: cue.origin, parent: null } }
  const answer = await Promise.resolve()
    .then(() => handlers.get(cue.channel)?.(event, cue.value))
    .catch((error: unknown) => String(error))
  note('answer', answer)
}

process.on('message', (cue: Cue) => void play(cue))
// The parent's channel must not keep a process that main has finished with.
process.channel?.unref()
