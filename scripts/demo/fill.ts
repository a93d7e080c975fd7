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
import { json } from '../../server/batch.ts'
import { dedupeByContent } from '../../server/events/dedupe.ts'
import type { WriteContext } from '../../server/threads/define.ts'
import { rebuilder } from '../../server/sessions/rebuild.ts'
import { inBulk } from './bulk.ts'
import { demoRules } from './rules.ts'
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
  /** Whether the office has made rules, which it has unless said. */
  rules?: boolean | undefined
  /** Whether assignments can be undone. Costs a row an event, so it is off for a million of them. */
  undoable?: boolean | undefined
}

export type FillResult =
  | {
      filled: true
      people: number
      projects: number
      milestones: number
      rules: number
      days: number
      events: number
      assignments: number
      byRules: number
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
  const db = { sql, touch: () => {}, changed: () => {} }
  const put = filler(db, world, options)
  let rules = 0
  const counts = inBulk(sql, () => {
    rules = put.office()
    const counts = world.days.map((day) =>
      put.day(day, day === world.days[0] ? world.eventsOf(day).slice(skip) : world.eventsOf(day)),
    )
    searchIndex(sql).add(0)
    return counts
  })
  sql.exec('ANALYZE')
  makeSessions(db, options)
  const { people, projects, milestones, days } = world
  return {
    filled: true,
    people: people.length,
    projects: projects.length,
    milestones: milestones.length,
    rules,
    days: days.length,
    events: sum(counts, 'events'),
    assignments: sum(counts, 'assignments'),
    byRules: sum(counts, 'byRules'),
  }
}

/** As the hub would in the background after its first start. */
function makeSessions(db: WriteDb, options: FillOptions): void {
  const rebuild = rebuilder(contextOf(db, options))
  db.sql.transaction(() => {
    while (!rebuild().isComplete);
  })()
}

function contextOf(db: WriteDb, { now, ...options }: FillOptions): WriteContext {
  return { db, zone: zone(options.zone ?? systemZone()), dayStartMinutes: 0, clock: () => now }
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

function filler(db: WriteDb, world: World, options: FillOptions) {
  const { now, undoable = true } = options
  const users = userWrites(db)
  const projects = projectWrites(db)
  const events = eventWrites(db)
  const assignments = assignmentWrites(db)
  const batches = batchWrites(db)
  const rules = demoRules(db, contextOf(db, options), world)
  const userIds: number[] = []
  const projectIds: number[] = []
  const milestoneIds: number[] = []

  /** Returns how many rules it made. */
  function office(): number {
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
    return options.rules === false ? 0 : rules.store({ projects: projectIds, milestones: milestoneIds })
  }

  function day(date: Day, happened: readonly DemoEvent[]): Counts {
    const assigned: Assigned[] = []
    let byRules = 0
    for (const event of happened) {
      const id = record(event)
      const isOpen = event.private === 0 && event.ignored === 0
      const user_id = idAt(userIds, event.person)
      if (isOpen && rules.assign({ ...event, id, user_id }, date)) byRules++
      else if (event.assignment) assigned.push({ id, event, milestone: event.assignment.milestone })
    }
    // As people do it: one action for each milestone of their day, in the evening.
    const actions = [
      ...Map.groupBy(assigned, ({ event, milestone }) => event.person * 10_000 + milestone).values(),
    ]
    for (const rows of actions) assign(rows)
    return { events: happened.length, assignments: assigned.length + byRules, byRules }
  }

  function record(event: DemoEvent): number {
    const { person, ignored, assignment: _, ...row } = event
    const dedupe = dedupeByContent({ ...row, user: world.people[person]?.handle ?? null })
    // Agents report every half minute.
    const recorded_at = Math.min(now, row.end + (row.start % 30_000))
    const id = events.insert({ ...row, user_id: idAt(userIds, person), dedupe, recorded_at })
    if (id === undefined) throw new Error('the demo world made the same event twice')
    if (ignored === 1) events.setFlags(id, { private: row.private, ignored, deleted_at: null, piece: null })
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
    const batch = batches.open({ kind: 'assign', at, user_id: null, ...target })
    for (const { id: event_id, event } of rows) {
      const { activity = null, comment = null } = event.assignment ?? {}
      const by = { source: 'manual' as const, rule_id: null, rule_version: null }
      const row = { id: null, event_id, ...target, activity, comment, ...by }
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

type Counts = { events: number; assignments: number; byRules: number }

function sum(counts: readonly Counts[], key: keyof Counts): number {
  return counts.reduce((total, count) => total + count[key], 0)
}
