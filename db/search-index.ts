import type { Sqlite } from './open.ts'

/** Row id of an event in `events_fts`: in the order of time, see migration 1. */
const ROW_ID = '(start / 1000) << 30 | id'

const ADD = `INSERT INTO events_fts (rowid, title, app, contact, facets)
  SELECT ${ROW_ID}, title, app, contact, 'u' || coalesce(user_id, 0) || ' s' || source FROM events e`

/**
 * The full-text index follows changes of events by triggers, but new ones are brought into it by
 * whoever inserts them, many at once, in the same transaction.
 */
export function searchIndex(sql: Sqlite) {
  const newest = sql.prepare<[], number | null>('SELECT max(id) FROM events').pluck()
  // One that a trigger has brought in already, because it was changed since, is left out.
  const add = sql.prepare<[number]>(
    `${ADD} WHERE id > ? AND NOT EXISTS (SELECT 1 FROM events_fts_docsize d WHERE d.id = ((e.start / 1000) << 30 | e.id))
     ORDER BY start, id`,
  )
  return {
    /** Id of the newest event, 0 when there is none: what {@link add} starts after. */
    newest: () => newest.get() ?? 0,
    /** Brings the events with larger ids into the index. */
    add: (after: number) => void add.run(after),
  }
}

/** Makes the index anew if `force` or if it does not hold the events; returns whether it did. */
export function repairSearch(sql: Sqlite, force: boolean): boolean {
  if (!force && holdsTheEvents(sql)) return false
  sql.exec(`INSERT INTO events_fts (events_fts) VALUES ('delete-all'); ${ADD} ORDER BY start, id`)
  return true
}

function holdsTheEvents(sql: Sqlite): boolean {
  const strangers = sql
    .prepare(
      `SELECT (SELECT count(*) FROM events) <> (SELECT count(*) FROM events_fts_docsize)
         OR EXISTS (SELECT 1 FROM events WHERE ${ROW_ID} NOT IN (SELECT id FROM events_fts_docsize))`,
    )
    .pluck()
    .get()
  return strangers === 0
}
