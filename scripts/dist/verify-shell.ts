import { fork } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Findings } from './findings.ts'

const LIMIT_MS = 60_000

/** A note of the double: what was done with Electron. */
interface Note {
  did: string
  with?: unknown
}

/**
 * Starts the shell out of the opened package, over the tests' double of Electron: it finds its own files, forks
 * the packed server and gets as far as the kiosk's page.
 */
export async function verifyShell(
  findings: Findings,
  app: string,
  { root, work }: { root: string; work: string },
): Promise<void> {
  const data = path.join(work, 'shell-data')
  rmSync(data, { recursive: true, force: true })
  mkdirSync(data, { recursive: true })
  const main = fork(path.join(app, 'electron/main.js'), ['--port', '0', '--data', data], {
    execArgv: ['--import', path.join(root, 'electron/testing/electron-hook.ts')],
    env: { ...process.env, WAYLAND_DISPLAY: '', APPDIR: '' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  for (const stream of [main.stdout, main.stderr]) {
    stream?.on('data', (text: Buffer) => (output = (output + text.toString()).slice(-2000)))
  }
  const ended = new Promise<number | null>((resolve) => main.once('exit', resolve))
  try {
    const shown = await new Promise<string>((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`no kiosk after ${LIMIT_MS / 1000} s: ${output}`)),
        LIMIT_MS,
      )
      main.on('message', (note: Note) => {
        const url = note.did === 'load' ? String(note.with) : ''
        if (!url.startsWith('http:')) return
        clearTimeout(late)
        resolve(url)
      })
      void ended.then((code) => reject(new Error(`it ended with ${String(code)}: ${output}`)))
    })
    main.kill('SIGTERM')
    const code = await ended
    findings.judge('shell: starts from the package (over a double of Electron), shows the kiosk, quits', [
      ...(new URL(shown).pathname === '/kiosk' ? [] : [`it shows ${shown}`]),
      ...(code === 0 ? [] : [`it ended with ${String(code)}`]),
    ])
  } finally {
    main.kill('SIGKILL')
    await ended
  }
}
