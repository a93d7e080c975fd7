import { fork } from 'node:child_process'
import { FromServer } from '../../contract/host.ts'
import type { StartChild } from './child.ts'

export type ForkOptions = {
  /** Entry file of the server. */
  entry: string
  args: readonly string[]
  /** Heap limit in MB; also keep the young generation small, or V8 adds it on top. */
  heapMb: number
  semiSpaceMb: number
  env: Record<string, string | undefined>
}

/** The server as a child of plain Node. */
export function forkChild({ entry, args, heapMb, semiSpaceMb, env }: ForkOptions): StartChild {
  return ({ onMessage, onExit }) => {
    const child = fork(entry, [...args], {
      execArgv: [`--max-old-space-size=${heapMb}`, `--max-semi-space-size=${semiSpaceMb}`],
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // A terminal's ctrl+c goes to the whole group: the supervisor alone decides how the server ends.
      detached: true,
    })
    let ended = false
    const end = (code: number | null, signal: string | null) => {
      if (ended) return
      ended = true
      onExit({ code, signal })
    }
    child.on('message', (message) => {
      const parsed = FromServer.safeParse(message)
      if (parsed.success) onMessage(parsed.data)
    })
    child.on('exit', end)
    child.on('error', () => end(null, null))
    return {
      pid: child.pid,
      send(message) {
        if (child.connected) child.send(message)
      },
      kill: (signal) => void child.kill(signal),
    }
  }
}
