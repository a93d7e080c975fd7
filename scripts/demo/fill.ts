import { dayOf, systemZone, zone, type Day, type Instant } from '../../contract/time.ts'
import { assignmentWrites } from '../../db/assignments.ts'
import { batchWrites } from '../../db/batches.ts'
import { claim } from '../../db/claim.ts'
import { eventWrites } from '../../db/events.ts'
import { prepareDatabase } from '../../db/migrate.ts'
import { closeWriter, openWriter, type Sqlite, type WriteDb } from '../../db/open.ts'
import { projectWrites } from '../../db/projects.ts'
import { searchIndex } from '../../db/search-index.ts'
import { userWrites } from '../../db/users.ts'
import { json } from '../../server/assignments/batch.ts'
import { dedupeByContent } from '../../server/events/dedupe.ts'
import { inBulk } from './bulk.ts'
import { daysForEvents, demoWorld, type DemoEvent, type World, type WorldOptions } from './world.ts'

export type FillOptions = {
  now: Instant
  /** IANA zone of the hub, the machine's unless said. */
  zone?: string | undefined
  seed?: number | undefined
  people?: number | undefined
  /** Two weeks unless said. */
  days?: number | undefined
  /** Exactly so many events, on as many days as they take; instead of `days`. */
  events?: number | undefined
  /** Newest day, today unless said. */
  lastDay?: Day | undefined
  assignedShare?: number | undefined
  /** Whether assignments can be undone. Costs a row an event, so it is off for a million of them. */
  undoable?: boolean | undefined
}

export type FillResult =
  | {
      filled: true
      people: number
      projects: number
      milestones: number
      days: number
      events: number
      assignments: number
    }
  | { filled: false; why: string }

export const DEMO_PEOPLE = 5
export const DEMO_DAYS = 14

/** Fills an empty database with the demo world. One that holds anything is left as it is. */
export function fillDatabase(file: string, options: FillOptions): FillResult {
  const held = claim(file)
  try {
    prepareDatabase(file, options.now)
    // A demo that a power cut interrupts is made again: nothing waits for the disk until the end.
    const sql = openWriter(file, 'OFF')
    try {
      if (!isEmpty(sql))
        return {
          filled: false,
          why: `${file} holds data already: demo data only goes into an empty database.`,
        }
      const result = fillEmpty(sql, options)
      sql.pragma('synchronous = FULL')
      return result
    } finally {
      closeWriter(sql)
    }
  } finally {
    held.release()
  }
}

function isEmpty(sql: Sqlite): boolean {
  return ['users', 'projects', 'events'].every(
    (table) => sql.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined,
  )
}

function fillEmpty(sql: Sqlite, options: FillOptions): FillResult {
  const { world, skip } = worldOf(options)
  // Random keys and a growing text index: with the hub's cache of 10 MB a million events would spill.
  sql.pragma('cache_size = -200000')
  const put = filler({ sql, touch: () => {} }, world, options)
  const counts = inBulk(sql, () => {
    put.office()
    const counts = world.days.map((day) =>
      put.day(day === world.days[0] ? world.eventsOf(day).slice(skip) : world.eventsOf(day)),
    )
    searchIndex(sql).add(0)
    return counts
  })
  sql.exec('ANALYZE')
  const { people, projects, milestones, days } = world
  return {
    filled: true,
    people: people.length,
    projects: projects.length,
    milestones: milestones.length,
    days: days.length,
    events: sum(counts, 'events'),
    assignments: sum(counts, 'assignments'),
  }
}

function worldOf(options: FillOptions): { world: World; skip: number } {
  const hubZone = zone(options.zone ?? systemZone())
  const base: Omit<WorldOptions, 'days'> = {
    seed: options.seed ?? 7,
    zone: hubZone,
    lastDay: options.lastDay ?? dayOf(options.now, hubZone),
    people: options.people ?? DEMO_PEOPLE,
    now: options.now,
    assignedShare: options.assignedShare,
  }
  const { days, skip } =
    options.events === undefined
      ? { days: options.days ?? DEMO_DAYS, skip: 0 }
      : daysForEvents(base, options.events)
  return { world: demoWorld({ ...base, days }), skip }
}

type Assigned = { id: number; event: DemoEvent; milestone: number }

function filler(db: WriteDb, world: World, { now, undoable = true }: FillOptions) {
  const users = userWrites(db)
  const projects = projectWrites(db)
  const events = eventWrites(db)
  const assignments = assignmentWrites(db)
  const batches = batchWrites(db)
  const userIds: number[] = []
  const projectIds: number[] = []
  const milestoneIds: number[] = []

  function office(): void {
    for (const { handle, name } of world.people) userIds.push(users.ensure(handle, name))
    for (const { name, client, notes, number } of world.projects) {
      projectIds.push(projects.insert({ name, client, notes, number, colour: null, archived: 0 }))
    }
    for (const { project, name, plannedHours, doneBefore, bonusRelevant } of world.milestones) {
      milestoneIds.push(
        projects.insertMilestone({
          project_id: idAt(projectIds, project),
          name,
          planned_hours: plannedHours,
          done_before: doneBefore,
          bonus_relevant: bonusRelevant ? 1 : 0,
          archived: 0,
          number: null,
        }),
      )
    }
  }

  function day(happened: readonly DemoEvent[]): Counts {
    const assigned: Assigned[] = []
    for (const event of happened) {
      const id = record(event)
      if (event.assignment) assigned.push({ id, event, milestone: event.assignment.milestone })
    }
    // As people do it: one action for each milestone of their day, in the evening.
    const actions = [
      ...Map.groupBy(assigned, ({ event, milestone }) => event.person * 10_000 + milestone).values(),
    ]
    for (const rows of actions) assign(rows)
    return { events: happened.length, assignments: assigned.length }
  }

  function record(event: DemoEvent): number {
    const { person, ignored, assignment: _, ...row } = event
    const dedupe = dedupeByContent({ ...row, user: world.people[person]?.handle ?? null })
    // Agents report every half minute.
    const recorded_at = Math.min(now, row.end + (row.start % 30_000))
    const id = events.insert({ ...row, user_id: idAt(userIds, person), dedupe, recorded_at })
    if (id === undefined) throw new Error('the demo world made the same event twice')
    if (ignored === 1) events.setFlags(id, { private: row.private, ignored, deleted_at: null })
    return id
  }

  function assign(rows: readonly Assigned[]): void {
    const [first] = rows
    const milestone = first && world.milestones[first.milestone]
    if (!milestone) return
    const target = {
      project_id: idAt(projectIds, milestone.project),
      milestone_id: idAt(milestoneIds, milestone.index),
    }
    const at = Math.min(now, rows.reduce((latest, { event }) => Math.max(latest, event.end), 0) + 90_000)
    const batch = batches.open({ kind: 'assign', at, ...target })
    for (const { id: event_id, event } of rows) {
      const { activity = null, comment = null } = event.assignment ?? {}
      const row = { id: null, event_id, ...target, activity, comment, source: 'manual' as const }
      const id = assignments.put({ ...row, batch_id: batch })
      if (undoable) batches.add({ batch_id: batch, event_id, before: null, after: json({ ...row, id }) })
    }
    batches.close(batch, rows.length)
  }

  return { office, day }
}

function idAt(ids: readonly number[], index: number): number {
  const id = ids[index]
  if (id === undefined) throw new RangeError(`nothing stored at ${index}`)
  return id
}

type Counts = { events: number; assignments: number }

function sum(counts: readonly Counts[], key: keyof Counts): number {
  return counts.reduce((total, count) => total + count[key], 0)
}
