import type { Sqlite } from './open.ts'

/**
 * What triggers derive from the rows of other tables: made anew where it does not agree with them, as
 * when a trigger was missing for a while. Call it in a transaction.
 */

const BOOKED = `SELECT a.project_id, coalesce(a.milestone_id, 0) AS milestone_id, sum(e.counted_ms) AS ms
  FROM assignments a JOIN events e ON e.id = a.event_id GROUP BY 1, 2`
const NOT_NOTHING = 'SELECT project_id, milestone_id, ms FROM booked WHERE ms <> 0'

/** Corrects the hours per milestone; returns how many were wrong. */
export function repairBooked(sql: Sqlite): number {
  const wrong = sql
    .prepare(
      `SELECT count(*) FROM (
         SELECT project_id, milestone_id FROM (SELECT * FROM (${BOOKED}) WHERE ms <> 0 EXCEPT ${NOT_NOTHING})
         UNION
         SELECT project_id, milestone_id FROM (${NOT_NOTHING} EXCEPT SELECT * FROM (${BOOKED})))`,
    )
    .pluck()
    .get() as number
  if (wrong > 0) sql.exec(`DELETE FROM booked; INSERT INTO booked (project_id, milestone_id, ms) ${BOOKED}`)
  return wrong
}

/** Makes the full-text index anew if `force` or if it does not hold the events; returns whether it did. */
export function repairSearch(sql: Sqlite, force: boolean): boolean {
  if (!force && holdsTheEvents(sql)) return false
  sql.exec(`
    INSERT INTO events_fts (events_fts) VALUES ('delete-all');
    INSERT INTO events_fts (rowid, title, app, contact, facets)
      SELECT (start / 1000) << 30 | id, title, app, contact, 'u' || coalesce(user_id, 0) || ' s' || source
      FROM events ORDER BY start, id`)
  return true
}

function holdsTheEvents(sql: Sqlite): boolean {
  const strangers = sql
    .prepare(
      `SELECT (SELECT count(*) FROM events) <> (SELECT count(*) FROM events_fts_docsize)
         OR EXISTS (SELECT 1 FROM events WHERE (start / 1000) << 30 | id NOT IN (SELECT id FROM events_fts_docsize))`,
    )
    .pluck()
    .get()
  return strangers === 0
}
