import type { Source } from '../contract/events.ts'
import type { Instant } from '../contract/time.ts'
import type { Sqlite } from './open.ts'

/** An event as rules look at it. */
export type RuleEventRow = {
  id: number
  source: Source
  user_id: number | null
  title: string | null
  app: string | null
  url: string | null
  phone_number: string | null
  contact: string | null
}

/** With its time and how it is explained; the assignment's columns are null when it is not. */
export type PastEventRow = RuleEventRow & {
  start: Instant
  counted_ms: number
  assignment_id: number | null
  project_id: number | null
  milestone_id: number | null
  activity: string | null
  comment: string | null
  assigned_by: 'manual' | 'rule' | 'import' | null
  rule_id: number | null
  rule_version: number | null
  /** Its project or milestone is archived. */
  archived: 0 | 1
}

/** A place in the order of time. */
export type PastPosition = { start: Instant; id: number }
export type PastRange = { from: Instant; to: Instant }

const EVENT = 'e.id, e.source, e.user_id, e.title, e.app, e.url, e.phone_number, e.contact'
/** Absence is nobody's work; what is private or ignored is no rule's business. */
const OPEN = "e.deleted_at IS NULL AND e.private = 0 AND e.ignored = 0 AND e.source <> 'afk'"

const PAST = `SELECT ${EVENT}, e.start, e.counted_ms, a.id AS assignment_id, a.project_id, a.milestone_id, a.activity, a.comment,
    a.source AS assigned_by, a.rule_id, a.rule_version, coalesce(p.archived, 0) = 1 OR coalesce(m.archived, 0) = 1 AS archived
  FROM events e INDEXED BY events_start LEFT JOIN assignments a ON a.event_id = e.id
  LEFT JOIN projects p ON p.id = a.project_id LEFT JOIN milestones m ON m.id = a.milestone_id
  WHERE ${OPEN} AND e.start >= @from AND e.start < @to`

export function ruleEventReads(sql: Sqlite) {
  const unassigned = `NOT EXISTS (SELECT 1 FROM assignments a WHERE a.event_id = e.id)`
  const after = sql.prepare<[number, number], RuleEventRow>(
    `SELECT ${EVENT} FROM events e WHERE e.id > ? AND ${OPEN} AND ${unassigned} ORDER BY e.id LIMIT ?`,
  )
  const past = sql.prepare<PastRange, PastEventRow>(`${PAST} ORDER BY e.start, e.id`)
  const page = sql.prepare<PastRange & { id: number; limit: number }, PastEventRow>(
    `${PAST} AND (e.start > @from OR e.id > @id) ORDER BY e.start, e.id LIMIT @limit`,
  )
  const count = sql
    .prepare<PastRange, number>(
      'SELECT count(*) FROM events INDEXED BY events_start WHERE deleted_at IS NULL AND start >= @from AND start < @to',
    )
    .pluck()
  const byId = sql.prepare<[number], RuleEventRow & { open: 0 | 1 }>(
    `SELECT ${EVENT}, ${OPEN} AS open FROM events e WHERE e.id = ?`,
  )
  const takenAway = sql
    .prepare<[number]>(
      `SELECT 1 FROM batch_rows r JOIN batches b ON b.id = r.batch_id
       WHERE r.event_id = ? AND b.kind = 'unassign' AND b.undone_at IS NULL LIMIT 1`,
    )
    .pluck()
  return {
    /** Events stored after the one of that id that rules may assign, in order of their id. */
    after: (id: number, limit: number) => after.all(id, limit),
    /** Events that began in the range, by start. One read transaction as long as it is iterated. */
    past: (range: PastRange) => past.iterate(range),
    /** The same from after a position on, so many at most. */
    page: ({ start, id }: PastPosition, to: Instant, limit: number) =>
      page.all({ from: start, id, to, limit }),
    /** About how many there are; those that rules leave alone are among them. */
    count: (range: PastRange) => count.get(range) ?? 0,
    /** `open`: rules may look at it. */
    byId: (id: number) => byId.get(id),
    /** Whether a person took its assignment away, and meant it. */
    wasTakenAway: (event: number) => takenAway.get(event) !== undefined,
  }
}
