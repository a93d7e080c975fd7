import { z } from 'zod'

/**
 * What the shell (Electron main) and the page in its window say to each other. Everything that crosses is
 * validated on both sides; main answers only the main frame of its own window at an origin it knows.
 */

/** What a person has to mend: codes, so that the page can say it in their language. */
export const ShellProblem = z.enum([
  // of the database (db/problem.ts)
  'unwritable',
  'in_use',
  'newer',
  'foreign',
  'corrupt',
  'disk_full',
  'missing',
  // of the server and the page
  'port_in_use',
  'port_denied',
  'server',
  'page',
  'unexpected',
])
export type ShellProblem = z.infer<typeof ShellProblem>

export const ShellState = z.discriminatedUnion('step', [
  /** The database is looked at, and copied and migrated where it has to be. */
  z.object({ step: z.literal('database') }),
  z.object({ step: z.literal('starting') }),
  /** The server ended and a new one is on its way. */
  z.object({ step: z.literal('restarting'), reason: z.string() }),
  z.object({ step: z.literal('ready') }),
  z.object({ step: z.literal('closing') }),
  /** Nothing more happens by itself. `detail`: what was said, in the words of whoever said it. */
  z.object({ step: z.literal('problem'), problem: ShellProblem, detail: z.string() }),
])
export type ShellState = z.infer<typeof ShellState>

export const ShellInfo = z.object({ version: z.string(), kiosk: z.boolean() })
export type ShellInfo = z.infer<typeof ShellInfo>

/** `window.timetrack`, in the shell's window only: a browser has none. */
export type Bridge = {
  info(): Promise<ShellInfo>
  state(): Promise<ShellState>
  /** @returns stops listening */
  onState(listener: (state: ShellState) => void): () => void
  /** Tries again after a problem. Main listens to its own splash page only. */
  startAgain(): Promise<void>
  /** The screen went dark for want of touches, or lit up again: time for the idle screen. */
  onDark(listener: (dark: boolean) => void): () => void
}

/** Names of the channels between preload and main. */
export const channels = {
  /** page → main, answered */
  info: 'shell:info',
  state: 'shell:state',
  startAgain: 'shell:start-again',
  /** main → page */
  stateChanged: 'shell:state-changed',
  dark: 'shell:dark',
  /** page → main: the click-catcher is up (or down), so the display may be switched. */
  darkened: 'shell:darkened',
  /** page → main: a person is here. `woke`: by a touch that was swallowed. */
  touched: 'shell:touched',
} as const

export const Dark = z.boolean()
export const Touch = z.object({ woke: z.boolean() })
export type Touch = z.infer<typeof Touch>
