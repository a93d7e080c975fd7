import type { Request } from '../../contract/calls.ts'
import { formatUtc, parseInstant, zone } from '../../contract/time.ts'
import type { World } from './world.ts'

export type SentEvent = Request<'events.create'>['events'][number]

let made = 0

/** An event of an hour on 24 November 2026 in Berlin: `makeEvent({ start: '09:00' })`. */
export function makeEvent(fields: Partial<SentEvent> = {}): SentEvent {
  const { start = '09:00', ...rest } = fields
  const from = start.length === 5 ? `2026-11-24T${start}:00+01:00` : start
  const at = parseInstant(from, zone('UTC'))
  return {
    key: `made-${++made}`,
    source: 'window',
    user: 'anna',
    title: 'Statik_Rev3.pdf - Acrobat',
    app: 'acrobat.exe',
    start: from,
    end: at === null ? from : formatUtc(at + 3_600_000),
    ...rest,
  }
}

type Created = { items: { key: string; id: number; status: string }[] }

/** Stores events, returns their ids. */
export async function record(world: World, ...events: Partial<SentEvent>[]): Promise<number[]> {
  const answer = await world.call('POST', '/api/events', { events: events.map(makeEvent) })
  if (answer.status !== 201) throw new Error(`POST /api/events: ${answer.status} ${answer.bytes.toString()}`)
  return (answer.json as Created).items.map(({ id }) => id)
}

/** Stores one event, returns its id. */
export async function recordOne(world: World, event: Partial<SentEvent> = {}): Promise<number> {
  const [id] = await record(world, event)
  if (id === undefined) throw new Error('nothing was stored')
  return id
}

async function created(world: World, path: string, body: object): Promise<number> {
  const answer = await world.call('POST', path, body)
  if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.status} ${answer.bytes.toString()}`)
  return (answer.json as { id: number }).id
}

export function makeProject(
  world: World,
  fields: { name?: string; [field: string]: unknown } = {},
): Promise<number> {
  return created(world, '/api/projects', { name: `Projekt ${++made}`, ...fields })
}

export function makeMilestone(world: World, project: number, fields: object = {}): Promise<number> {
  return created(world, `/api/projects/${project}/milestones`, { name: `Meilenstein ${++made}`, ...fields })
}

/** Stores a rule, before all others unless said; `{ conditions, target }` at least. */
export function makeRule(world: World, fields: object): Promise<number> {
  return created(world, '/api/rules', { name: `Regel ${++made}`, ...fields })
}

/** Assigns events to a project; the batch that does it. */
export async function assign(
  world: World,
  eventIds: number[],
  projectId: number,
  milestoneId: number | null = null,
): Promise<number> {
  const answer = await world.call('PUT', '/api/assignments', { eventIds, target: { projectId, milestoneId } })
  const { batch } = answer.json as { batch: number | null }
  if (batch === null) throw new Error('nothing was assigned')
  return batch
}
