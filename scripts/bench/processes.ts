import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

/** What a started process says when it can be used. */
type Ready = { kind: 'ready'; port: number }

export type Started = {
  child: ChildProcess
  /** Id of the Node process itself, also when another one traces it. */
  pid: number
  url: string
  stop(): Promise<void>
}

export type StartOptions = {
  /** Has every sync to disk take this many milliseconds longer, as on an SD card. */
  slowSyncMs?: number
  /** Flags for Node. */
  node?: readonly string[]
  env?: NodeJS.ProcessEnv
}

const running = new Set<ChildProcess>()
// Whatever ends this process takes along what it started; each leads a process group of its own.
process.on('exit', () => {
  for (const child of running) signal(child, 'SIGKILL')
})
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => process.exit(1))

/** Starts one of our scripts and waits until it says that it listens. */
export async function start(
  script: string,
  args: readonly string[],
  { slowSyncMs, node = [], env = {} }: StartOptions = {},
): Promise<Started> {
  const traced = slowSyncMs === undefined ? [] : slowSync(slowSyncMs)
  const [command = '', ...rest] = [...traced, process.execPath, ...node, path.join(root, script), ...args]
  const child = spawn(command, rest, {
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  const { port } = await ready(child, script)
  return {
    child,
    pid: slowSyncMs === undefined ? pidOf(child) : tracedBy(pidOf(child)),
    url: `http://127.0.0.1:${port}`,
    stop: () => stop(child),
  }
}

function slowSync(ms: number): string[] {
  const inject = `inject=fdatasync,fsync:delay_exit=${ms * 1000}`
  // With seccomp-bpf only the named calls stop the process; the others run at their own speed.
  return ['strace', '-f', '--seccomp-bpf', '-o', '/dev/null', '-e', 'trace=fdatasync,fsync', '-e', inject]
}

/** Whether syncs can be slowed down here. */
export function canSlowSync(): boolean {
  const probe = spawnSync('strace', ['-f', '--seccomp-bpf', '-o', '/dev/null', '-e', 'trace=fsync', 'true'])
  return probe.status === 0
}

function ready(child: ChildProcess, script: string): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${script} did not start within a minute`)), 60_000)
    const ended = (code: number | null) => {
      clearTimeout(late)
      reject(new Error(`${script} ended with code ${code} before it could be used`))
    }
    child.once('exit', ended)
    child.once('error', reject)
    child.on('message', function receive(message: { kind?: string }) {
      if (message.kind !== 'ready') return
      clearTimeout(late)
      child.off('exit', ended)
      child.off('message', receive)
      resolve(message as Ready)
    })
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (!running.has(child)) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  signal(child, 'SIGTERM')
  const late = setTimeout(() => signal(child, 'SIGKILL'), 15_000)
  await ended
  clearTimeout(late)
}

/** Signals the whole group of a process that we started. */
function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, name)
  } catch {
    // It ended by itself.
  }
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the process did not start')
  return child.pid
}

function tracedBy(tracer: number): number {
  return Number(readFileSync(`/proc/${tracer}/task/${tracer}/children`, 'utf8').trim().split(' ')[0])
}

/** Sends one message to a script and waits for its answer. */
export function ask<T>(child: ChildProcess, message: object): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the process ended before it answered'))
    child.once('exit', ended)
    child.once('message', (answer) => {
      child.off('exit', ended)
      resolve(answer as T)
    })
    child.send(message)
  })
}
