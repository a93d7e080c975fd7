import { notFound } from '../../contract/errors.ts'
import { formatWall, type Instant, type Zone } from '../../contract/time.ts'
import { fieldSessions, type FieldSessionRow } from '../../db/field-sessions.ts'
import { userReads } from '../../db/users.ts'
import { query } from '../threads/define.ts'
import type { FieldSession } from './shapes.ts'

type Filter = { user?: string | undefined; from?: Instant | undefined; to?: Instant | undefined }

/** Id that no person has: an unknown handle finds nothing. */
const NOBODY = -1

const READS = ['sessions', 'events', 'assignments', 'users'] as const

export const fieldSessionQueries = {
  'field.sessions.list': query<Filter & { limit: number; offset: number }, FieldSession[]>(
    READS,
    ({ sql, zone }) => {
      const sessions = fieldSessions(sql)
      const users = userReads(sql)
      return ({ user, ...filter }) =>
        sessions
          .list({ ...filter, user: user === undefined ? undefined : (users.idOf(user) ?? NOBODY) })
          .map((row) => sessionToField(row, sessions, zone))
    },
  ),

  'field.sessions.count': query<Filter, { count: number }>(READS, ({ sql }) => {
    const sessions = fieldSessions(sql)
    const users = userReads(sql)
    return ({ user, ...filter }) => ({
      count: sessions.count({
        ...filter,
        user: user === undefined ? undefined : (users.idOf(user) ?? NOBODY),
      }),
    })
  }),

  'field.session': query<{ id: number }, FieldSession>(READS, ({ sql, zone }) => {
    const sessions = fieldSessions(sql)
    return ({ id }) => {
      const row = sessions.byId(id)
      if (!row) throw notFound('session', id)
      return sessionToField(row, sessions, zone)
    }
  }),
}

function sessionToField(
  row: FieldSessionRow,
  sessions: ReturnType<typeof fieldSessions>,
  zone: Zone,
): FieldSession {
  const events = sessions.events(row)
  const assigned = events.find(({ assignment_id }) => assignment_id !== null)
  const end = formatWall(row.end, zone)
  return {
    id: row.id,
    user_id: row.user,
    process_name: row.stream.startsWith('phone:') ? null : row.stream.slice(row.stream.indexOf(':') + 1),
    window_title_base: row.title,
    start_time: formatWall(row.start, zone),
    end_time: end,
    total_duration_seconds: Math.floor((row.end - row.start) / 1000),
    active_duration_seconds: Math.floor(row.active_ms / 1000),
    event_count: row.event_count,
    break_count: row.break_count,
    event_ids: events.map(({ id }) => id),
    is_private: events.length > 0 && events.every((event) => event.private === 1),
    assignment_id: assigned?.assignment_id ?? null,
    assignment: assigned
      ? {
          id: assigned.assignment_id ?? 0,
          event_id: assigned.id,
          project_id: assigned.project_id ?? 0,
          milestone_id: assigned.milestone_id,
          activity_type: assigned.activity,
          comment: assigned.comment,
        }
      : null,
    // A session changes with its events, and nobody keeps when: its end is the latest that is known.
    created_at: end,
    updated_at: end,
  }
}
