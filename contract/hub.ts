import { z } from 'zod'
import { call } from './call.ts'
import { MemoryCap } from './host.ts'
import { Time } from './shapes.ts'

export const Hub = z.object({
  version: z.string(),
  zone: z.string().describe('IANA zone of the hub'),
  dayStartMinutes: z.int(),
  now: Time,
  today: z.string(),
})
export type Hub = z.infer<typeof Hub>

export const Health = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  node: z.string(),
  sqlite: z.string(),
  schema: z.int(),
  uptimeSeconds: z.number(),
  databaseBytes: z.int(),
  walBytes: z.int(),
  threads: z.record(z.string(), z.enum(['ok', 'down'])),
  host: z
    .object({
      memoryMb: z.number().nullable().describe('of all processes together'),
      cap: MemoryCap,
      restarts: z.int(),
      lastRestart: z.object({ at: Time, reason: z.string() }).nullable(),
    })
    .nullable()
    .describe('what the supervisor says; null when the server was started by hand'),
  problem: z.string().nullable().describe('what is wrong and what to do'),
})
export type Health = z.infer<typeof Health>

/** Tables whose change browsers are told about. */
export const TABLES = [
  'users',
  'projects',
  'milestones',
  'events',
  'sessions',
  'assignments',
  'assignment_rules',
  'batches',
  'settings',
  'devices',
  'logins',
  'sightings',
  'attempts',
  'punches',
  'corrections',
  'running_work',
] as const
export type Table = (typeof TABLES)[number]

/** What `/api/live` sends as event `change`. */
export type LiveChange = { commit: number; tables: Table[] }

export const hubCalls = {
  'hub.get': call({
    method: 'get',
    path: '/api/hub',
    tag: 'Hub',
    summary: 'Version, time zone and the current day',
    access: 'anyone',
    answer: Hub,
  }),
  'hub.live': call({
    method: 'get',
    path: '/api/live',
    tag: 'Hub',
    summary: 'Server-sent events: `change` with the tables that a commit touched',
    access: 'page',
    produces: 'text/event-stream',
  }),
  'hub.health': call({
    method: 'get',
    path: '/health',
    tag: 'Hub',
    summary: 'Whether the hub works; 503 when a thread does not answer',
    access: 'anyone',
    answer: Health,
  }),
  'hub.metrics': call({
    method: 'get',
    path: '/metrics',
    tag: 'Hub',
    summary: 'Figures in Prometheus text format',
    access: 'monitor',
    produces: 'text/plain; version=0.0.4',
  }),
} as const
