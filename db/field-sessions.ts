import type { Instant } from '../contract/time.ts'
import type { Sqlite } from './open.ts'
import type { SessionRow } from './sessions.ts'
import { statementCache } from './statements.ts'

export type FieldSessionRow = SessionRow & { user: string | null }

export type FieldSessionEvent = {
  id: number
  private: 0 | 1
  assignment_id: number | null
  project_id: number | null
  milestone_id: number | null
  activity: string | null
  comment: string | null
}

export type FieldSessionFilter = {
  user?: number | undefined
  from?: Instant | undefined
  to?: Instant | undefined
}

const SELECT = 'SELECT s.*, u.handle AS user FROM sessions s LEFT JOIN users u ON u.id = s.user_id'

/** Sessions as the frozen field contract lists them. */
export function fieldSessions(sql: Sqlite) {
  const prepare = statementCache(sql)
  return {
    byId: (id: number) => prepare(`${SELECT} WHERE s.id = @id`).get({ id }) as FieldSessionRow | undefined,
    /** Newest first. */
    list: (filter: FieldSessionFilter & { limit: number; offset: number }) =>
      prepare(
        `SELECT s.*, u.handle AS user FROM sessions s INDEXED BY ${indexOf(filter)} LEFT JOIN users u ON u.id = s.user_id
         WHERE ${where(filter)} ORDER BY s.start DESC, s.id DESC LIMIT @limit OFFSET @offset`,
      ).all({ ...valuesOf(filter), limit: filter.limit, offset: filter.offset }) as FieldSessionRow[],
    count: (filter: FieldSessionFilter) =>
      prepare(`SELECT count(*) FROM sessions s INDEXED BY ${indexOf(filter)} WHERE ${where(filter)}`)
        .pluck()
        .get(valuesOf(filter)) as number,
    /** A session's events, by start. */
    events: ({ id, user_id, start, end }: SessionRow) =>
      prepare(
        `SELECT e.id, e.private, a.id AS assignment_id, a.project_id, a.milestone_id, a.activity, a.comment
         FROM events e INDEXED BY events_user_start LEFT JOIN assignments a ON a.event_id = e.id
         WHERE e.deleted_at IS NULL AND e.user_id IS @user AND e.start >= @from AND e.start <= @to AND e.session_id = @id
         ORDER BY e.start, e.id`,
      ).all({ id, user: user_id, from: start - LONGEST_MS, to: end }) as FieldSessionEvent[],
  }
}

/** A session begins where its person was there first, which may be after its first event began. */
const LONGEST_MS = 86_400_000

const indexOf = ({ user }: FieldSessionFilter) =>
  user === undefined ? 'sessions_start' : 'sessions_user_start'

function where({ user, from, to }: FieldSessionFilter): string {
  const terms = [
    ...(user === undefined ? [] : ['s.user_id = @user']),
    ...(from === undefined ? [] : ['s.start >= @from']),
    ...(to === undefined ? [] : ['s.start < @to']),
  ]
  return terms.length === 0 ? 'TRUE' : terms.join(' AND ')
}

function valuesOf({ user, from, to }: FieldSessionFilter): Record<string, number> {
  return {
    ...(user !== undefined && { user }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }
}
