import type { Details, ForkOptions, UtilityProcess } from 'electron'
import { FromServer } from '../contract/host.ts'
import type { Child, ChildEvents, StartChild } from '../server/host/child.ts'
import { heapFlags, type HeapRequest } from '../server/host/heap-limit.ts'

export type Utility = Pick<UtilityProcess, 'pid' | 'postMessage' | 'kill' | 'on' | 'stdout' | 'stderr'>

type GoneListener = (event: unknown, details: Details) => void

export type UtilityOptions = HeapRequest & {
  fork: (entry: string, args: string[], options: ForkOptions) => Utility
  /** Tells of processes that ended otherwise than asked (`child-process-gone`). */
  app: Record<'on' | 'off', (event: 'child-process-gone', listener: GoneListener) => unknown>
  entry: string
  args: readonly string[]
  env: Record<string, string | undefined>
  cwd: string
  /** Where the server's own log lines go. */
  output: (text: Buffer) => void
  /** `process.kill`: Electron's own `kill` begins with SIGTERM, which a stopped process does not hear. */
  killPid: (pid: number, signal: 'SIGKILL') => void
}

/** Every server's name begins with this in `app.getAppMetrics()`. */
export const SERVICE = 'timetrack-server'

/** `exit` and `child-process-gone` tell of the same end in either order. */
const GRACE_MS = 50

const GONE: Partial<Record<Details['reason'], string>> = {
  oom: 'out of memory',
  crashed: 'crashed',
  killed: 'killed from outside, perhaps because the machine ran out of memory',
  'memory-eviction': 'killed because the machine ran out of memory',
  'launch-failed': 'could not be started',
  'integrity-failure': 'its program file is damaged',
}

/** The server as a utility process of Electron. */
export function utilityChild(options: UtilityOptions): StartChild {
  let starts = 0
  return (events) => startOne(options, `${SERVICE}-${++starts}`, events)
}

function startOne(options: UtilityOptions, serviceName: string, { onMessage, onExit }: ChildEvents): Child {
  const { fork, app, entry, args, env, cwd, output } = options
  const child = fork(entry, [...args], {
    // Not `--max-old-space-size` itself: the child's V8 reads its flags from this switch.
    execArgv: [`--js-flags=${heapFlags(options).join(' ')}`],
    // A map replaces the environment as a whole, and a value that is no string ends the start.
    env: definedOnly(env),
    cwd,
    serviceName,
    // Both pipes have to be read, or a full one stops the child.
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout?.on('data', output)
  child.stderr?.on('data', output)

  let pid: number | undefined = child.pid
  let isOver = false
  let killedWith: 'SIGTERM' | 'SIGKILL' | null = null
  let hasSpoken = false

  const say = (message: string) => {
    // Its own last words, and ours when we ended it, know more than Electron does.
    if (hasSpoken || killedWith !== null || isOver) return
    hasSpoken = true
    onMessage({ kind: 'failed', message, final: false })
  }
  const onGone: GoneListener = (_event, details) => {
    if (details.type !== 'Utility' || details.name !== serviceName) return
    const reason = GONE[details.reason]
    if (reason !== undefined) say(reason)
  }
  app.on('child-process-gone', onGone)

  child.on('spawn', () => (pid = child.pid))
  child.on('message', (message: unknown) => {
    const parsed = FromServer.safeParse(message)
    if (!parsed.success || isOver) return
    hasSpoken ||= parsed.data.kind === 'failed'
    onMessage(parsed.data)
  })
  child.on('error', (_type, location) => say(`out of memory or another fatal error of V8 (${location})`))
  child.on('exit', (code) => {
    pid = undefined
    setTimeout(() => {
      app.off('child-process-gone', onGone)
      isOver = true
      // A killed process is reported with code 0, so what we know ourselves counts.
      onExit(killedWith === null ? { code, signal: null } : { code: null, signal: killedWith })
    }, GRACE_MS)
  })

  return {
    get pid() {
      return pid
    },
    send: (message) => child.postMessage(message),
    kill(signal) {
      if (pid === undefined && signal === 'SIGKILL') return void child.kill()
      killedWith = signal
      if (signal === 'SIGTERM') child.kill()
      else if (pid !== undefined) options.killPid(pid, 'SIGKILL')
    },
  }
}

function definedOnly(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
