import { fork } from 'node:child_process'
import { FromServer } from '../../contract/host.ts'
import type { StartChild } from './child.ts'
import { expectedLimitMb, heapFlags, type HeapRequest } from './heap-limit.ts'

export type ForkOptions = HeapRequest & {
  /** Entry file of the server. */
  entry: string
  args: readonly string[]
  env: Record<string, string | undefined>
  /** Where goes what it writes to stderr: V8's last words, warnings. */
  complaints: (text: Buffer) => void
}

/** V8 writes this and aborts, as it also does for other reasons. */
const OUT_OF_MEMORY = /heap out of memory/
const TAIL = 200

/** The server as a child of plain Node. */
export function forkChild({ entry, args, env, complaints, ...heap }: ForkOptions): StartChild {
  return ({ onMessage, onExit }) => {
    const child = fork(entry, [...args], {
      execArgv: heapFlags(heap),
      env,
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
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
    let tail = ''
    child.stderr?.on('data', (text: Buffer) => {
      complaints(text)
      tail = (tail + text.toString()).slice(-TAIL - text.length)
      if (!OUT_OF_MEMORY.test(tail)) return
      tail = ''
      const message = `out of memory: it needed more than its ${expectedLimitMb(heap)} MB`
      onMessage({ kind: 'failed', message, final: false })
    })
    // Not `exit`: its last words are still on their way then.
    child.on('close', end)
    child.on('error', () => {
      // The same event tells of a message that a dying child did not take.
      if (child.pid === undefined) end(null, null)
    })
    return {
      pid: child.pid,
      send(message) {
        if (child.connected) child.send(message)
      },
      kill: (signal) => void child.kill(signal),
    }
  }
}
