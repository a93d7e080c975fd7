import type { Sqlite } from '../../db/open.ts'

/** What a large insert does better afterwards, all at once, than row by row. */
type Postponed = { drop: string; restore: string[] }

/**
 * Runs `insert` in one transaction (all of it or nothing) with the indexes of its tables put off until
 * its end, which makes a million rows several times quicker. What the schema says is taken down and
 * put up again word for word.
 */
export function inBulk<T>(sql: Sqlite, insert: () => T): T {
  return sql
    .transaction(() => {
      const postponed = [...indexes(sql), ...textIndex(sql)]
      for (const { drop } of postponed) sql.exec(drop)
      const result = insert()
      for (const { restore } of postponed) for (const statement of restore) sql.exec(statement)
      return result
    })
    .immediate()
}

type SchemaRow = { name: string; sql: string }

function indexes(sql: Sqlite): Postponed[] {
  const found = sql
    .prepare<[], SchemaRow>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('events', 'assignments', 'batch_rows')",
    )
    .all()
  return found.map(({ name, sql }) => ({ drop: `DROP INDEX ${name}`, restore: [sql] }))
}

/**
 * Full-text search writes a segment of its index for every statement, so that a trigger per row costs
 * five times the work. The trigger's INSERT … VALUES (…new.title…) is therefore run once at the end, as
 * INSERT … SELECT …new.title… FROM events AS new.
 */
function textIndex(sql: Sqlite): Postponed[] {
  const trigger = sql
    .prepare<[], SchemaRow>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name = 'events_insert_indexes'",
    )
    .get()
  const body = trigger && /\bBEGIN\s+(INSERT INTO .*?)\bVALUES\s*\((.*)\)\s*;\s*END\s*$/s.exec(trigger.sql)
  // A schema that does it otherwise is merely slower to fill.
  if (!trigger || !body) return []
  const all = `${body[1] ?? ''} SELECT ${body[2] ?? ''} FROM events AS new ORDER BY new.start, new.id`
  return [{ drop: `DROP TRIGGER ${trigger.name}`, restore: [all, trigger.sql] }]
}
