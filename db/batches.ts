import type { Batch } from '../contract/assignments.ts'
import type { Instant } from '../contract/time.ts'
import type { Sqlite, WriteDb } from './open.ts'

export type BatchRow = {
  id: number
  kind: Batch['kind']
  at: Instant
  row_count: number
  project_id: number | null
  milestone_id: number | null
  /** Who did it; null: the operator. */
  user_id: number | null
  undone_at: Instant | null
}

/** One row of an action: what it found and what it left, as JSON, null where there was nothing. */
export type BatchRowChange = {
  batch_id: number
  event_id: number
  before: string | null
  after: string | null
}

/** What the events of an action are: whose (null: of nobody or of several), since when, how long. */
export type BatchAbout = { user: string | null; start: Instant; ms: number }

export function batchReads(sql: Sqlite) {
  const byId = sql.prepare<[number], BatchRow>('SELECT * FROM batches WHERE id = ?')
  const latest = sql.prepare<[number], BatchRow>('SELECT * FROM batches ORDER BY id DESC LIMIT ?')
  const latestOf = sql.prepare<[number, number], BatchRow>(
    'SELECT * FROM batches WHERE user_id = ? ORDER BY id DESC LIMIT ?',
  )
  const changes = sql.prepare<[number], BatchRowChange>(
    'SELECT * FROM batch_rows WHERE batch_id = ? ORDER BY event_id',
  )
  // Parts of an event that was split hold its time once more.
  const about = sql.prepare<[number], BatchAbout | { start: null }>(
    `SELECT CASE WHEN min(u.id) = max(u.id) AND count(u.id) = count(*) THEN min(u.handle) END AS user,
            min(e.start) AS start, sum(e."end" - e.start - e.away_ms) AS ms
     FROM batch_rows r JOIN events e ON e.id = r.event_id LEFT JOIN users u ON u.id = e.user_id
     WHERE r.batch_id = ? AND e.split_from IS NULL`,
  )
  const changesAfter = sql.prepare<[number, number, number], BatchRowChange>(
    'SELECT * FROM batch_rows WHERE batch_id = ? AND event_id > ? ORDER BY event_id LIMIT ?',
  )
  return {
    /** So many of a batch's rows, in the order of their events, after one of those. */
    changesAfter: (batch: number, event: number, limit: number) => changesAfter.all(batch, event, limit),
    byId: (id: number) => byId.get(id),
    latest: (limit: number) => latest.all(limit),
    /** What one person did. */
    latestOf: (user: number, limit: number) => latestOf.all(user, limit),
    changes: (batch: number) => changes.all(batch),
    about: (batch: number): BatchAbout | null => {
      const found = about.get(batch)
      return found && found.start !== null ? found : null
    },
  }
}

export function batchWrites(db: WriteDb) {
  const insert = db.sql.prepare<Omit<BatchRow, 'id' | 'undone_at' | 'row_count'>, { id: number }>(
    'INSERT INTO batches (kind, at, project_id, milestone_id, user_id) VALUES (@kind, @at, @project_id, @milestone_id, @user_id) RETURNING id',
  )
  const insertChange = db.sql.prepare<BatchRowChange>(
    'INSERT INTO batch_rows (batch_id, event_id, before, after) VALUES (@batch_id, @event_id, @before, @after)',
  )
  const count = db.sql.prepare<[number, number]>('UPDATE batches SET row_count = ? WHERE id = ?')
  const undone = db.sql.prepare<[Instant, number]>('UPDATE batches SET undone_at = ? WHERE id = ?')
  const drop = db.sql.prepare<[number]>('DELETE FROM batches WHERE id = ?')
  return {
    open(row: Omit<BatchRow, 'id' | 'undone_at' | 'row_count'>): number {
      const batch = insert.get(row)
      if (!batch) throw new Error('INSERT … RETURNING returned no row')
      return batch.id
    },
    add: (change: BatchRowChange) => insertChange.run(change),
    /** Ends a batch; one that changed nothing leaves no trace. Returns whether it stays. */
    close(batch: number, rows: number): boolean {
      if (rows === 0) {
        drop.run(batch)
        return false
      }
      count.run(rows, batch)
      db.touch('batches')
      return true
    },
    markUndone(batch: number, at: Instant): void {
      undone.run(at, batch)
      db.touch('batches')
    },
  }
}
