import { ToServer, type FromServer } from '../../contract/host.ts'

export type Parent = {
  send: (message: FromServer) => void
  /** `gone`: nobody is left to serve for. */
  listen: (handlers: { onMessage: (message: ToServer) => void; onGone: () => void }) => void
}

type Port = {
  postMessage: (message: unknown) => void
  on: (event: 'message', listener: (event: { data: unknown }) => void) => void
}

/**
 * The process that started this one: by Electron's `parentPort`, by Node's channel, or nobody when
 * the server was started by hand.
 */
export function connectParent(from: NodeJS.Process & { parentPort?: Port }): Parent {
  const { parentPort } = from
  return {
    send(message) {
      if (parentPort) parentPort.postMessage(message)
      else if (from.connected) from.send?.(message)
    },
    listen({ onMessage, onGone }) {
      const receive = (message: unknown) => {
        const parsed = ToServer.safeParse(message)
        if (parsed.success) onMessage(parsed.data)
      }
      if (parentPort) parentPort.on('message', ({ data }) => receive(data))
      else if (from.send) {
        from.on('message', receive)
        from.once('disconnect', onGone)
      }
    },
  }
}
