import type { Source } from '../contract/events.ts'
import type { Instant } from '../contract/time.ts'
import type { Sqlite } from './open.ts'
import { statementCache } from './statements.ts'
import { timeIndex } from './time-index.ts'

export type ExportFilter = {
  from?: Instant | undefined
  to?: Instant | undefined
  user?: number | undefined
  source?: Source | undefined
  project?: number | undefined
  includePrivate: boolean
}

export type ExportRow = {
  start: Instant
  end: Instant
  /** Of that time nobody sat at the machine. */
  away_ms: number
  source: Source
  user_id: number | null
  private: 0 | 1
  phone_number: string | null
  contact: string | null
  title: string | null
  app: string | null
  project: string
  milestone: string | null
  activity: string | null
  comment: string | null
}

export type ExportTotals = { count: number; total_ms: number }

/** Assigned events of a range, oldest first; ignored and deleted ones are not work. */
export function exportReads(sql: Sqlite) {
  const prepare = statementCache(sql)
  return {
    rows: (filter: ExportFilter, limit: number) =>
      prepare(rowsSql(filter, true)).all({ ...valuesOf(filter), limit }) as ExportRow[],
    /** One read transaction as long as it is iterated: give it a connection of its own. */
    iterate: (filter: ExportFilter) =>
      prepare(rowsSql(filter, false)).iterate(valuesOf(filter)) as IterableIterator<ExportRow>,
    totals: (filter: ExportFilter) =>
      prepare(
        `SELECT count(*) AS count, coalesce(sum(e.counted_ms), 0) AS total_ms
         FROM events e JOIN assignments a ON a.event_id = e.id WHERE ${where(filter)}`,
      ).get(valuesOf(filter)) as ExportTotals,
    unassignedMs: (filter: ExportFilter) =>
      prepare(
        `SELECT coalesce(sum(e.counted_ms), 0) FROM events e LEFT JOIN assignments a ON a.event_id = e.id
         WHERE ${where({ ...filter, project: undefined })} AND a.id IS NULL`,
      )
        .pluck()
        .get(valuesOf({ ...filter, project: undefined })) as number,
  }
}

function rowsSql(filter: ExportFilter, limited: boolean): string {
  // CROSS JOIN keeps events outermost, so that its index gives the order and nothing is sorted.
  return `SELECT e.start, e."end", e.away_ms, e.source, e.user_id, e.private, e.phone_number, e.contact, e.title, e.app,
      p.name AS project, m.name AS milestone, a.activity, a.comment
    FROM events e INDEXED BY ${timeIndex(filter)} CROSS JOIN assignments a ON a.event_id = e.id CROSS JOIN projects p ON p.id = a.project_id
    LEFT JOIN milestones m ON m.id = a.milestone_id
    WHERE ${where(filter)} ORDER BY e.start, e.id ${limited ? 'LIMIT @limit' : ''}`
}

function where(filter: ExportFilter): string {
  const terms = ['e.deleted_at IS NULL', 'e.ignored = 0']
  if (filter.from !== undefined) terms.push('e.start >= @from')
  if (filter.to !== undefined) terms.push('e.start < @to')
  if (filter.user !== undefined) terms.push('e.user_id = @user')
  if (filter.source !== undefined) terms.push('e.source = @source')
  if (filter.project !== undefined) terms.push('a.project_id = @project')
  if (!filter.includePrivate) terms.push('e.private = 0')
  return terms.join(' AND ')
}

function valuesOf(filter: ExportFilter): Record<string, string | number> {
  const values: Record<string, string | number> = {}
  for (const key of ['from', 'to', 'user', 'source', 'project'] as const) {
    const value = filter[key]
    if (value !== undefined) values[key] = value
  }
  return values
}
