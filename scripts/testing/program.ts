import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'

const scripts = path.resolve(import.meta.dirname, '..')

export interface Program {
  child: ChildProcess
  /** Code, or signal. */
  ended: Promise<number | string | null>
  /** Everything that it has said. */
  output: () => string
}

/** Runs a few lines of TypeScript as a program of its own; `scripts/…` in them is our folder. */
export function runProgram(
  folder: string,
  lines: string,
  env: NodeJS.ProcessEnv,
  as?: { uid: number; gid: number },
): Program {
  const file = path.join(folder, 'program.ts')
  writeFileSync(file, lines.replaceAll("'scripts/", `'${scripts}/`))
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'], env, ...as })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => (output += text.toString()))
  }
  const ended = new Promise<number | string | null>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal))
  })
  return { child, ended, output: () => output }
}

export function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    return text.split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', () => resolve()))
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return port
}
