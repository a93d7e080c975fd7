import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

export function inPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file))
}

export interface RunOptions {
  env?: NodeJS.ProcessEnv
  /** For what waits for a network that may never answer. */
  limitMs?: number
}

/** Runs a tool to its end; an Error with what it said when it fails. */
export function run(command: string, args: readonly string[], { env, limitMs }: RunOptions = {}): string {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
    timeout: limitMs,
  })
  if (error && 'code' in error && error.code === 'ETIMEDOUT') {
    throw new Error(`${path.basename(command)} ${args[0] ?? ''} took more than ${(limitMs ?? 0) / 1000} s`)
  }
  if (error) throw error
  if (status !== 0) {
    throw new Error(
      `${path.basename(command)} ended with ${status}: ${(stderr + stdout).trim().slice(0, 2000)}`,
    )
  }
  return stdout
}

/** The same with its output shown, and out of the way of whoever works on this machine. */
export function runShown(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    spawn('nice', ['-n', '10', command, ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    })
      .on('error', reject)
      .on('exit', (code) => resolve(code ?? 1))
  })
}
