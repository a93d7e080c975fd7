import { ToServer, type FromServer } from '../../contract/host.ts'

export type Parent = {
  /** False when the server was started by hand. */
  readonly connected: boolean
  /**
   * How long the process has to live on after its last words. Node hands them over before `send` returns;
   * in Electron 37 and later `process.exit` ends the process at once, whatever its port still holds.
   */
  readonly lingerMs: number
  send: (message: FromServer) => void
  /** `gone`: nobody is left to serve for. */
  listen: (handlers: { onMessage: (message: ToServer) => void; onGone: () => void }) => void
}

type Port = {
  postMessage: (message: unknown) => void
  on: (event: 'message', listener: (event: { data: unknown }) => void) => void
}

const PARENT_POLL_MS = 5000
const LINGER_MS = 200

/**
 * The process that started this one: by Electron's `parentPort`, by Node's channel, or nobody when
 * the server was started by hand.
 */
export function connectParent(from: NodeJS.Process & { parentPort?: Port }): Parent {
  const { parentPort } = from
  return {
    connected: parentPort !== undefined || from.connected,
    lingerMs: parentPort ? LINGER_MS : 0,
    send(message) {
      if (parentPort) parentPort.postMessage(message)
      else if (from.connected) from.send?.(message)
    },
    listen({ onMessage, onGone }) {
      const receive = (message: unknown) => {
        const parsed = ToServer.safeParse(message)
        if (parsed.success) onMessage(parsed.data)
      }
      if (parentPort) {
        parentPort.on('message', ({ data }) => receive(data))
        // A port does not tell when the other side is gone (killed, out of memory).
        const first = from.ppid
        const look = setInterval(() => {
          if (from.ppid === first) return
          clearInterval(look)
          onGone()
        }, PARENT_POLL_MS)
        look.unref()
      } else if (from.send) {
        from.on('message', receive)
        from.once('disconnect', onGone)
      }
    },
  }
}
