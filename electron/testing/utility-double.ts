import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type { Details, ForkOptions } from 'electron'
import type { Utility, UtilityOptions } from '../utility-child.ts'

/** The server's sources, compiled once for all that a test starts. */
export const serverEntry = join(import.meta.dirname, '../../server/main.ts')
export const compileCache = {
  NODE_COMPILE_CACHE: join(import.meta.dirname, '../../node_modules/.cache/timetrack/compiled'),
}

/** Stands in for Electron's `app` as far as processes that end are concerned. */
export class AppDouble extends EventEmitter {
  gone(name: string, reason: Details['reason']): void {
    this.emit('child-process-gone', {}, { type: 'Utility', name, reason, exitCode: 1 } satisfies Details)
  }
}

export type Forked = { process: ChildProcess; options: ForkOptions; args: readonly string[] }

/**
 * `utilityProcess.fork` over a real process of Node, with the habits of Electron that matter here: V8's flags
 * count in `--js-flags` only, a killed process is reported with code 0 and by `child-process-gone`, the pid is
 * known from `spawn` until `exit`, and messages to a dead process vanish.
 */
export function utilityDouble(app: AppDouble): { fork: UtilityOptions['fork']; forked: Forked[] } {
  const forked: Forked[] = []
  return {
    forked,
    fork(entry, args, options) {
      const flags = (options.execArgv ?? []).flatMap((flag) =>
        flag.startsWith('--js-flags=') ? flag.slice('--js-flags='.length).split(' ') : [],
      )
      const process = fork(entry, args, {
        execArgv: flags,
        env: options.env as NodeJS.ProcessEnv,
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      })
      forked.push({ process, options, args })
      return imitate(process, app, options.serviceName ?? '')
    },
  }
}

function imitate(process: ChildProcess, app: AppDouble, name: string): Utility {
  const events = new EventEmitter()
  const double = Object.assign(events, {
    pid: undefined as number | undefined,
    stdout: process.stdout,
    stderr: process.stderr,
    postMessage: (message: object) => void (process.connected && process.send(message)),
    kill: () => process.kill('SIGTERM'),
  })
  process.on('spawn', () => {
    double.pid = process.pid
    events.emit('spawn')
  })
  process.on('message', (message) => events.emit('message', message))
  process.on('exit', (code, signal) => {
    double.pid = undefined
    events.emit('exit', code ?? 0)
    if (signal !== null || code !== 0) app.gone(name, reasonOf(signal))
  })
  return double
}

function reasonOf(signal: NodeJS.Signals | null): Details['reason'] {
  if (signal === 'SIGKILL' || signal === 'SIGTERM') return 'killed'
  return signal === null ? 'abnormal-exit' : 'crashed'
}
