import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { heapFlags } from '../server/host/heap-limit.ts'
import { MEMORY } from '../server/host/memory-limits.ts'
import type { Options } from './options.ts'

export interface WindowStart {
  binary: string
  /** Folder of the built app: `dist`. */
  app: string
  options: Options
  env: NodeJS.ProcessEnv
}

/** Electron's command line for our options. */
export function windowArguments({ app, options }: Pick<WindowStart, 'app' | 'options'>): string[] {
  const { port, host, data, windowed } = options
  return [
    // The heap of Electron's main process is made at launch: what the program sets later is for its pages.
    `--js-flags=${heapFlags(MEMORY.heaps.main).join(' ')}`,
    app,
    '--port',
    String(port),
    '--host',
    host,
    '--data',
    data,
    ...(windowed ? ['--windowed'] : []),
  ]
}

/** Runs the window until it ends; resolves with its exit code. */
export function runWindow({ binary, app, options, env }: WindowStart): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  // With this variable (editors set it for their terminals) Electron would be no more than Node.
  const { ELECTRON_RUN_AS_NODE: _, ...clean } = env
  const window = spawn(binary, windowArguments({ app, options }), {
    stdio: 'inherit',
    env: clean,
    // A terminal's ctrl+c goes to the whole group, and a second signal ends Electron without a drain.
    detached: true,
  })
  let isAsked = false
  const ask = () => {
    if (isAsked) return
    isAsked = true
    window.kill('SIGTERM')
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, ask)
  const settle = () => {
    for (const signal of signals) process.off(signal, ask)
  }
  window.on('error', (error) => {
    settle()
    reject(new Error(`Electron could not be started: ${error.message}`))
  })
  window.on('exit', (code, signal) => {
    settle()
    resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
  })
  return promise
}
