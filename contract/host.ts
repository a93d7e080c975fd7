import { z } from 'zod'

/**
 * What the server process and whoever started it (Electron main, `npm start`) say to each other:
 * over `child_process` messages in plain Node, over `parentPort` in Electron. Validated on both sides.
 */

/** MB; null: could not be read, which is not the same as nothing. */
const Mb = z.number().nullable()

/** `softMb`: replaced at a quiet moment. `hardMb`: ended at once. */
export const MemoryCap = z.object({ softMb: z.number(), hardMb: z.number() })

/** A V8 heap: what it was asked to stay within, what its process says it has, and whether the two agree. */
export const HeapLimit = z.object({ askedMb: z.number(), reportedMb: Mb, isInForce: z.boolean().nullable() })
export type HeapLimit = z.infer<typeof HeapLimit>

/**
 * Whether the kernel holds the unit to its `MemoryMax`. `ignored`: the unit runs without the kernel's memory
 * controller, as on Raspberry Pi OS unless it is switched on, so a limit does nothing. `none`: nothing is
 * limited. `unknown`: this system does not say.
 */
export const UnitMemory = z.discriminatedUnion('state', [
  z.object({ state: z.literal('enforced'), maxMb: z.number(), highMb: Mb }),
  z.object({ state: z.literal('ignored') }),
  z.object({ state: z.literal('none') }),
  z.object({ state: z.literal('unknown') }),
])
export type UnitMemory = z.infer<typeof UnitMemory>

/** What only the host knows. Instants are milliseconds since 1970 UTC. */
export const HostReport = z.object({
  at: z.int(),
  /** Since when it supervises. */
  since: z.int(),
  electron: z.string().nullable(),
  readings: z.array(
    z.object({
      part: z.enum(['main', 'renderer', 'server', 'gpu', 'other']),
      pid: z.int(),
      rssMb: Mb,
      pssMb: Mb,
      ownMb: Mb,
    }),
  ),
  totalMb: Mb,
  caps: z.object({ renderer: MemoryCap, server: MemoryCap, total: MemoryCap }),
  heaps: z.partialRecord(z.enum(['main', 'renderer', 'server']), HeapLimit),
  /** Why servers ended, newest last; `endCount` counts those that are no longer listed, too. */
  ends: z.array(z.object({ at: z.int(), reason: z.string() })),
  endCount: z.int(),
  unit: UnitMemory,
})
export type HostReport = z.infer<typeof HostReport>

export const ToServer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ping'), n: z.int() }),
  /** Finish what is open, close the database, end with code 0. */
  z.object({ kind: z.literal('drain'), reason: z.string() }),
  /** How things stand: at the start, when the server is ready, and with every look at the memory. */
  z.object({ kind: z.literal('host'), report: HostReport }),
])
export type ToServer = z.infer<typeof ToServer>

export const FromServer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ready'),
    /** What the first admin has to type; null once there is one. */
    setupCode: z.string().nullable().default(null),
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
