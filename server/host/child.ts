import type { FromServer, ToServer } from '../../contract/host.ts'

/** How a child ended; exactly one of the two is set by Node, Electron reports a code only. */
export type ChildExit = { code: number | null; signal: string | null }

/** A running server process, as the supervisor sees it: Node's `fork` and Electron's utility process alike. */
export type Child = {
  readonly pid: number | undefined
  send: (message: ToServer) => void
  kill: (signal: 'SIGTERM' | 'SIGKILL') => void
}

export type ChildEvents = {
  onMessage: (message: FromServer) => void
  /** Once; also when the process could not be started at all. */
  onExit: (exit: ChildExit) => void
}

export type StartChild = (events: ChildEvents) => Child
