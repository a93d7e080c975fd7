import type { Source } from '../contract/events.ts'
import type { Instant } from '../contract/time.ts'
import { EXPLAINED_COLUMNS, EXPLAINED_JOINS, type ExplainedEventRow } from './events.ts'
import type { Sqlite } from './open.ts'
import { statementCache } from './statements.ts'
import { timeIndex } from './time-index.ts'

/** Position in a list: (start, id) of the last event of the page before. */
export type Position = { start: Instant; id: number }

export type EventFilter = {
  from?: Instant | undefined
  to?: Instant | undefined
  /** User id; null: events of nobody. */
  user?: number | null | undefined
  source?: Source | undefined
  /** Words that must all occur, as `wordSplitter` made them; see {@link matchOf}. */
  words?: string[] | undefined
  assigned?: boolean | undefined
  private?: boolean | undefined
  ignored?: boolean | undefined
  deleted: boolean
  order: 'newest' | 'oldest'
  after?: Position | undefined
  limit: number
}

/**
 * Index entries that one page looks at before it ends early with a `next`. It bounds the time of a
 * filter that hardly ever matches: 5,000 entries are about 10 ms on a million events.
 */
export const SCAN_LIMIT = 5000

type Page = { rows: ExplainedEventRow[]; next: Position | null }
type Values = Record<string, string | number | bigint | null>

export function eventList(sql: Sqlite) {
  const prepare = statementCache(sql)

  return function list(filter: EventFilter): Page {
    const values = valuesOf(filter)
    const candidates = filter.words ? searched(filter) : indexed(filter)
    const rest = residual(filter)
    const scan = rest === '' ? filter.limit + 1 : SCAN_LIMIT
    const direction = filter.order === 'newest' ? 'DESC' : 'ASC'
    const rows = prepare(
      `SELECT ${EXPLAINED_COLUMNS}
       FROM (${candidates} LIMIT @scan) c CROSS JOIN events e ON e.id = c.id ${EXPLAINED_JOINS}
       ${rest} ORDER BY c.place ${direction}, c.id ${direction} LIMIT @rows`,
    ).all({ ...values, scan, rows: filter.limit + 1 }) as ExplainedEventRow[]

    if (rows.length > filter.limit) {
      rows.length = filter.limit
      return { rows, next: positionOf(rows.at(-1)) }
    }
    if (rest === '') return { rows, next: null }
    const last = prepare(
      `SELECT e.start, e.id FROM (${candidates} LIMIT 1 OFFSET @scan) c CROSS JOIN events e ON e.id = c.id`,
    )
    return { rows, next: (last.get({ ...values, scan: scan - 1 }) as Position | undefined) ?? null }
  }
}

function positionOf(row: ExplainedEventRow | undefined): Position | null {
  return row ? { start: row.start, id: row.id } : null
}

/** Candidates straight from the index on (user, source, start). */
function indexed(filter: EventFilter): string {
  const newest = filter.order === 'newest'
  const terms = [filter.deleted ? 'deleted_at IS NOT NULL' : 'deleted_at IS NULL']
  if (filter.user !== undefined) terms.push('user_id IS @user')
  if (filter.source !== undefined) terms.push('source = @source')
  if (filter.from !== undefined) terms.push('start >= @from')
  if (filter.to !== undefined) terms.push('start < @to')
  if (filter.after)
    terms.push(newest ? '(start, id) < (@afterStart, @afterId)' : '(start, id) > (@afterStart, @afterId)')
  const direction = newest ? 'DESC' : 'ASC'
  return `SELECT id, start AS place FROM events INDEXED BY ${timeIndex(filter)} WHERE ${terms.join(' AND ')} ORDER BY start ${direction}, id ${direction}`
}

/** Candidates from the full-text index, whose row id is (second of start, id): in the order of time. */
function searched(filter: EventFilter): string {
  const newest = filter.order === 'newest'
  const terms = ['events_fts MATCH @match']
  if (filter.from !== undefined) terms.push('rowid >= @fromRow')
  if (filter.to !== undefined) terms.push('rowid < @toRow')
  if (filter.after) terms.push(newest ? 'rowid < @afterRow' : 'rowid > @afterRow')
  return `SELECT rowid & 1073741823 AS id, rowid >> 30 AS place FROM events_fts WHERE ${terms.join(' AND ')}
    ORDER BY rowid ${newest ? 'DESC' : 'ASC'}`
}

/** What no index answers: checked event by event, on at most {@link SCAN_LIMIT} candidates. */
function residual(filter: EventFilter): string {
  const terms: string[] = []
  if (filter.words) {
    terms.push(filter.deleted ? 'e.deleted_at IS NOT NULL' : 'e.deleted_at IS NULL')
    if (filter.from !== undefined) terms.push('e.start >= @from')
    if (filter.to !== undefined) terms.push('e.start < @to')
  }
  if (filter.assigned !== undefined) terms.push(filter.assigned ? 'a.id IS NOT NULL' : 'a.id IS NULL')
  if (filter.private !== undefined) terms.push(`e.private = ${filter.private ? 1 : 0}`)
  if (filter.ignored !== undefined) terms.push(`e.ignored = ${filter.ignored ? 1 : 0}`)
  return terms.length === 0 ? '' : `WHERE ${terms.join(' AND ')}`
}

function valuesOf(filter: EventFilter): Values {
  const values: Values = {}
  if (filter.user !== undefined) values['user'] = filter.user
  if (filter.source !== undefined) values['source'] = filter.source
  if (filter.from !== undefined) Object.assign(values, { from: filter.from, fromRow: rowId(filter.from, 0) })
  if (filter.to !== undefined) Object.assign(values, { to: filter.to, toRow: rowId(filter.to + 999, 0) })
  if (filter.after) {
    const { start, id } = filter.after
    Object.assign(values, { afterStart: start, afterId: id, afterRow: rowId(start, id) })
  }
  if (filter.words) values['match'] = matchOf(filter)
  return values
}

/** Largest id that a row id in events_fts has room for. */
export const MAX_EVENT_ID = 2 ** 30 - 1

/** Row id in events_fts; beyond 2^53, therefore a bigint. */
function rowId(at: Instant, id: number): bigint {
  return (BigInt(Math.floor(at / 1000)) << 30n) | BigInt(id)
}

/** FTS5 expression: every word, as a beginning from three letters on, and the facets of user and source. */
function matchOf(filter: EventFilter): string {
  const words = (filter.words ?? []).map(
    (word) => `{title app contact} : "${word}"${[...word].length >= 3 ? ' *' : ''}`,
  )
  // An id that no person has may be negative, and a minus would make two tokens of it.
  if (filter.user !== undefined) words.push(`facets : "u${String(filter.user ?? 0).replace('-', 'x')}"`)
  if (filter.source !== undefined) words.push(`facets : "s${filter.source}"`)
  return words.join(' AND ')
}
