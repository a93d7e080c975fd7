import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findBinary } from '../../scripts/electron.ts'

/** Electron's executable, or undefined where it could not be had. */
export const electron = process.env['TIMETRACK_ELECTRON'] ?? findBinary()

export interface RunningShell {
  app: ElectronApplication
  page: Page
  /** What the shell and the server have logged so far. */
  log: () => string
  data: string
  close: () => Promise<void>
}

const app = path.resolve(import.meta.dirname, '../../dist')
/** Longer than a drain takes; then the process is ended. */
const CLOSE_MS = 20_000

/** Starts the built app on data of its own. */
export async function startShell(args: string[] = []): Promise<RunningShell> {
  const data = mkdtempSync(path.join(tmpdir(), 'timetrack-electron-'))
  // Editors set it for their terminals; Electron would be no more than Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const running = await _electron.launch({
    ...(electron === undefined ? {} : { executablePath: electron }),
    args: [app, '--port', '0', '--data', data, ...args],
    env: env as Record<string, string>,
    timeout: 60_000,
  })
  let log = ''
  running.process().stdout?.on('data', (text: Buffer) => (log += text.toString()))
  const page = await running.firstWindow()
  return {
    app: running,
    page,
    log: () => log,
    data,
    async close() {
      const child = running.process()
      const late = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS)
      await running.close().catch(() => undefined)
      clearTimeout(late)
      rmSync(data, { recursive: true, force: true })
    },
  }
}
