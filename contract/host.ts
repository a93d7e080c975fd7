import { z } from 'zod'

/**
 * What the server process and whoever started it (Electron main, `npm start`) say to each other:
 * over `child_process` messages in plain Node, over `parentPort` in Electron. Validated on both sides.
 */

export const ToServer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ping'), n: z.int() }),
  /** Finish what is open, close the database, end with code 0. */
  z.object({ kind: z.literal('drain'), reason: z.string() }),
])
export type ToServer = z.infer<typeof ToServer>

export const FromServer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ready'),
    port: z.int(),
    /** Heap limit that V8 really has, to be compared with the one that was asked for. */
    heapLimitMb: z.number(),
  }),
  z.object({
    kind: z.literal('pong'),
    n: z.int(),
    rssBytes: z.number(),
    heapUsedBytes: z.number(),
  }),
  /** Why it is about to end; `final`: starting it again would not help. `problem`: its code, when it has one. */
  z.object({
    kind: z.literal('failed'),
    message: z.string(),
    final: z.boolean(),
    problem: z.string().optional(),
  }),
])
export type FromServer = z.infer<typeof FromServer>
