import type { Source } from '../contract/events.ts'
import type { Instant } from '../contract/time.ts'
import { EVENT_COLUMNS, type EventRow } from './events.ts'
import type { Sqlite } from './open.ts'
import { statementCache } from './statements.ts'
import { timeIndex } from './time-index.ts'

/** Spans of the index `events_long`: what lasts longer is found there, not by looking back. */
const LONG_MS = 6 * 3_600_000

/** So far a list is read row by row; beyond, the rows before it are skipped in the index alone. */
const NEAR = 1000

export type OverlapFilter = {
  from?: Instant | undefined
  to?: Instant | undefined
  user?: number | undefined
  source?: Source | undefined
  limit: number
  offset: number
}

export type FieldAssignmentRow = EventRow & {
  assignment_id: number
  project_id: number
  milestone_id: number | null
  activity: string | null
  comment: string | null
  project_name: string
  client: string | null
  notes: string | null
  milestone_name: string
  planned_hours: number | null
  done_before: number
  bonus_relevant: 0 | 1
}

/** Lists as the frozen field contract orders and limits them. */
export function fieldLists(sql: Sqlite) {
  const prepare = statementCache(sql)
  return {
    /** Events that overlap a range, newest first: they start in it, or end at or after its start. */
    events(filter: OverlapFilter): EventRow[] {
      const direct = terms(filter)
      const index = timeIndex(filter)
      if (filter.from === undefined && filter.offset <= NEAR) {
        return prepare(
          `SELECT ${EVENT_COLUMNS} FROM events e INDEXED BY ${index} LEFT JOIN users u ON u.id = e.user_id
           WHERE ${[...direct, ...upTo(filter)].join(' AND ')} ORDER BY start DESC, e.id DESC LIMIT @limit OFFSET @offset`,
        ).all(valuesOf(filter)) as EventRow[]
      }
      const parts = [
        select(index, [...direct, ...(filter.from === undefined ? [] : ['start >= @from']), ...upTo(filter)]),
      ]
      if (filter.from !== undefined) {
        parts.push(
          select(index, [
            ...direct,
            'start < @from',
            'start >= @lookBack',
            '"end" >= @from',
            '"end" - start <= 21600000',
          ]),
        )
        parts.push(
          select('events_long', [...direct, 'start < @from', '"end" >= @from', '"end" - start > 21600000']),
        )
      }
      return prepare(
        `SELECT ${EVENT_COLUMNS} FROM (${parts.join(' UNION ALL ')} ORDER BY start DESC, id DESC LIMIT @limit OFFSET @offset) c
         CROSS JOIN events e ON e.id = c.id LEFT JOIN users u ON u.id = e.user_id ORDER BY c.start DESC, c.id DESC`,
      ).all(valuesOf(filter)) as EventRow[]
    },

    /** Assignments by the start of their event, newest assignment first. */
    assignments({
      from,
      to,
      limit,
    }: {
      from?: Instant | undefined
      to?: Instant | undefined
      limit: number
    }): FieldAssignmentRow[] {
      const where = [
        'e.deleted_at IS NULL',
        ...(from === undefined ? [] : ['e.start >= @from']),
        ...(to === undefined ? [] : ['e.start < @to']),
      ]
      // With both ends the range is read and sorted; without, assignments are walked from the newest.
      const source =
        from !== undefined && to !== undefined
          ? 'events e CROSS JOIN assignments a ON a.event_id = e.id'
          : 'assignments a CROSS JOIN events e ON e.id = a.event_id'
      return prepare(
        `${ASSIGNMENT_SELECT} FROM ${source} ${ASSIGNMENT_JOINS} WHERE ${where.join(' AND ')} ORDER BY a.id DESC LIMIT @limit`,
      ).all({
        limit,
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      }) as FieldAssignmentRow[]
    },

    assignment: (id: number) =>
      prepare(
        `${ASSIGNMENT_SELECT} FROM assignments a JOIN events e ON e.id = a.event_id ${ASSIGNMENT_JOINS} WHERE a.id = @id`,
      ).get({ id }) as FieldAssignmentRow | undefined,

    assignmentOfEvent: (event: number) =>
      prepare(
        `${ASSIGNMENT_SELECT} FROM assignments a JOIN events e ON e.id = a.event_id ${ASSIGNMENT_JOINS} WHERE a.event_id = @event`,
      ).get({ event }) as FieldAssignmentRow | undefined,
  }
}

const ASSIGNMENT_SELECT = `SELECT ${EVENT_COLUMNS}, a.id AS assignment_id, a.project_id, a.milestone_id, a.activity, a.comment,
  p.name AS project_name, p.client, p.notes, m.name AS milestone_name, m.planned_hours, m.done_before, m.bonus_relevant`
const ASSIGNMENT_JOINS = `LEFT JOIN users u ON u.id = e.user_id JOIN projects p ON p.id = a.project_id LEFT JOIN milestones m ON m.id = a.milestone_id`

function select(index: string, where: readonly string[]): string {
  return `SELECT id, start FROM events INDEXED BY ${index} WHERE ${where.join(' AND ')}`
}

function terms({ user, source }: OverlapFilter): string[] {
  return [
    'deleted_at IS NULL',
    ...(user === undefined ? [] : ['user_id = @user']),
    ...(source === undefined ? [] : ['source = @source']),
  ]
}

function upTo({ to }: OverlapFilter): string[] {
  return to === undefined ? [] : ['start <= @to']
}

function valuesOf({ from, to, user, source, limit, offset }: OverlapFilter): Record<string, string | number> {
  return {
    limit,
    offset,
    ...(from !== undefined && { from, lookBack: from - LONG_MS }),
    ...(to !== undefined && { to }),
    ...(user !== undefined && { user }),
    ...(source !== undefined && { source }),
  }
}
