import { z } from 'zod'
import { call } from './call.ts'
import { HeapLimit, MemoryCap, UnitMemory } from './host.ts'
import { Time } from './shapes.ts'

const Mb = z.number().nullable().describe('MB; null: could not be read')

const MemoryPart = z.object({
  part: z.enum(['main', 'renderer', 'server', 'gpu', 'other']),
  processes: z.int(),
  ownMb: Mb.describe(
    'what only its end gives back: without the pages of mapped files. The caps compare this',
  ),
  rssMb: Mb,
  pssMb: Mb,
  cap: MemoryCap.nullable(),
  heap: HeapLimit.nullable(),
})
export type MemoryPart = z.infer<typeof MemoryPart>

const Quantiles = z.object({
  count: z.int(),
  failed: z.int().describe('answered with a status of 500 or more'),
  p50Ms: z.number(),
  p95Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
})

const RouteTimes = Quantiles.extend({ method: z.string(), route: z.string() })
export type RouteTimes = z.infer<typeof RouteTimes>

const SlowRequest = z.object({
  at: Time,
  method: z.string(),
  route: z.string(),
  status: z.int(),
  ms: z.number(),
  rows: z.int().nullable(),
})
export type SlowRequest = z.infer<typeof SlowRequest>

export const System = z.object({
  now: Time,
  zone: z.string(),
  versions: z.object({
    app: z.string(),
    node: z.string(),
    sqlite: z.string(),
    schema: z.int(),
    electron: z.string().nullable(),
  }),
  server: z.object({
    startedAt: Time,
    problem: z.string().nullable().describe('what is wrong and what to do, as /health says it'),
    threads: z.array(
      z.object({
        name: z.string(),
        state: z.enum(['ok', 'down']),
        restarts: z.int(),
        lastReason: z.string().nullable(),
      }),
    ),
  }),
  host: z
    .object({
      kind: z.enum(['electron', 'headless']),
      since: Time,
      restarts: z.object({
        count: z.int(),
        last: z.array(z.object({ at: Time, reason: z.string() })).describe('newest first, at most 50'),
      }),
      unit: UnitMemory,
    })
    .nullable()
    .describe('whoever supervises the server; null when it was started by hand'),
  memory: z.object({
    at: Time,
    totalMb: Mb,
    cap: MemoryCap.nullable(),
    parts: z.array(MemoryPart),
  }),
  requests: z.object({
    since: Time.describe('beginning of the last hour, or of the server'),
    perSecond: z.number().describe('over the last minute'),
    all: Quantiles,
    routes: z.array(RouteTimes).describe('most time in all first'),
    slowMs: z.number().describe('requests above this are slow'),
    slow: z.array(SlowRequest).describe('of the last day, newest first, at most 200'),
  }),
  database: z.object({
    bytes: z.int(),
    walBytes: z.int(),
    diskFreeBytes: z.int().nullable(),
    migration: z
      .object({ from: z.int(), to: z.int(), at: Time })
      .nullable()
      .describe('the last one, as the copy made before it shows; null when there is none'),
    backup: z
      .object({ name: z.string(), at: Time, bytes: z.int() })
      .nullable()
      .describe('the newest copy in the folder "backups"'),
  }),
})
export type System = z.infer<typeof System>

export const systemCalls = {
  'system.get': call({
    method: 'get',
    path: '/api/system',
    tag: 'Hub',
    summary: 'How the hub is: memory against its caps, times by route, slow requests, restarts, database',
    access: 'admin',
    about:
      'Percentiles come from a histogram with eight steps an octave, so they are within 5 % of the true ones. Names no title, number or person.',
    answer: System,
  }),
} as const
