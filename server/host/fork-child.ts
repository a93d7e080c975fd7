import { fork } from 'node:child_process'
import { FromServer } from '../../contract/host.ts'
import type { StartChild } from './child.ts'
import { heapFlags, type HeapRequest } from './heap-limit.ts'

export type ForkOptions = HeapRequest & {
  /** Entry file of the server. */
  entry: string
  args: readonly string[]
  env: Record<string, string | undefined>
}

/** The server as a child of plain Node. */
export function forkChild({ entry, args, env, ...heap }: ForkOptions): StartChild {
  return ({ onMessage, onExit }) => {
    const child = fork(entry, [...args], {
      execArgv: heapFlags(heap),
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
