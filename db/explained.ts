import type { Source } from '../contract/events.ts'
import type { Instant } from '../contract/time.ts'
import type { PersonSpan } from './sessions.ts'
import type { Sqlite } from './open.ts'

/** An event as it is learned from: what it says, and where it went; null while nobody has said. */
export type ExplainedRow = {
  session_id: number | null
  source: Source
  start: Instant
  end: Instant
  title: string | null
  app: string | null
  url: string | null
  phone_number: string | null
  contact: string | null
  project_id: number | null
  milestone_id: number | null
}

const COLUMNS = `e.session_id, e.source, e.start, e."end", e.title, e.app, e.url, e.phone_number, e.contact, a.project_id, a.milestone_id`
const COUNTS = `e.deleted_at IS NULL AND e.ignored = 0 AND e.private = 0 AND e.source <> 'afk'`

export function explainedReads(sql: Sqlite) {
  const latest = sql.prepare<PersonSpan & { limit: number }, ExplainedRow>(
    `SELECT ${COLUMNS} FROM events e INDEXED BY events_user_start CROSS JOIN assignments a ON a.event_id = e.id
     WHERE ${COUNTS} AND e.user_id IS @user AND e.start >= @from AND e.start < @to AND a.source <> 'import'
     ORDER BY e.start DESC LIMIT @limit`,
  )
  const all = sql.prepare<PersonSpan & { limit: number }, ExplainedRow>(
    `SELECT ${COLUMNS} FROM events e INDEXED BY events_user_start LEFT JOIN assignments a ON a.event_id = e.id
     WHERE ${COUNTS} AND e.user_id IS @user AND e.start >= @from AND e.start < @to ORDER BY e.start, e.id LIMIT @limit`,
  )
  return {
    /** What one person explained of a span, latest first. */
    latest: (span: PersonSpan, limit: number) => latest.all({ ...span, limit }),
    /** Everything of a span that counts, explained or not, by start. */
    all: (span: PersonSpan, limit: number) => all.all({ ...span, limit }),
  }
}
