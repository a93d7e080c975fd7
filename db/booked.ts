import type { Sqlite } from './open.ts'

const BOOKED = `SELECT a.project_id, coalesce(a.milestone_id, 0) AS milestone_id, sum(e.counted_ms) AS ms
  FROM assignments a JOIN events e ON e.id = a.event_id GROUP BY 1, 2`
const NOT_NOTHING = 'SELECT project_id, milestone_id, ms FROM booked WHERE ms <> 0'

/**
 * Corrects the hours per milestone that triggers keep, as when one was missing for a while; returns how
 * many were wrong. Call it in a transaction.
 */
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
