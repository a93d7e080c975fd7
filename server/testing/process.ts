import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

export type Ended = { code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string }

export type Running = {
  child: ChildProcess
  /** Where it listens; rejects when it ends before. */
  ready: Promise<string>
  ended: Promise<Ended>
}

const MAIN = join(import.meta.dirname, '..', 'main.ts')

/** The server as a process of its own; `through` starts it by way of another command. */
export function runServer(args: readonly string[], through: readonly string[] = []): Running {
  const [command = '', ...rest] = [...through, process.execPath, MAIN, ...args]
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr })),
  )
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      stdout += text.toString()
      const url = /"url":"([^"]+)"/.exec(stdout)?.[1]
      if (url !== undefined) resolve(url)
    })
    void ended.then(({ code }) => reject(new Error(`ended with ${code} before it was ready: ${stderr}`)))
  })
  ready.catch(() => {}) // not everybody waits for it
  return { child, ready, ended }
}
