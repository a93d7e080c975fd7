import Database from 'better-sqlite3'
import { migrate } from './migrate.ts'
import type { Sqlite } from './open.ts'
import { DatabaseProblem } from './problem.ts'

export type SchemaKind = 'index' | 'trigger'

export type SchemaRepair = {
  kind: SchemaKind
  /** How many the schema has. */
  wanted: number
  created: string[]
  /** Those of the schema's name that did something else. */
  replaced: string[]
  /** Somebody's own: they are none of our business. */
  unknown: string[]
}

type Made = { name: string; sql: string }
type Column = { table: string; column: string; type: string; required: number; key: number; hidden: number }

/**
 * Gives `sql` the indexes and triggers that the migrations up to `version` make, by comparing it with
 * a fresh database in memory. Call it in a transaction.
 * @throws DatabaseProblem when tables differ: rows are nothing that could be made up
 */
export function repairSchema(
  sql: Sqlite,
  file: string,
  version: number,
  migrations: readonly string[],
): SchemaRepair[] {
  const fresh = new Database(':memory:')
  try {
    migrate(fresh, 0, migrations.slice(0, version))
    compareColumns(sql, fresh, file, version)
    // Triggers last: while they are made, the indexes that they use are there.
    return [repairKind(sql, fresh, 'index'), repairKind(sql, fresh, 'trigger')]
  } finally {
    fresh.close()
  }
}

function repairKind(sql: Sqlite, fresh: Sqlite, kind: SchemaKind): SchemaRepair {
  const wanted = made(fresh, kind)
  const found = made(sql, kind)
  const repair: SchemaRepair = { kind, wanted: wanted.size, created: [], replaced: [], unknown: [] }
  for (const [key, { name, sql: text }] of wanted) {
    const present = found.get(key)
    if (present && normalised(present.sql) === normalised(text)) continue
    if (present) sql.exec(`DROP ${kind} ${quoted(present.name)}`)
    sql.exec(text)
    repair[present ? 'replaced' : 'created'].push(name)
  }
  for (const [key, { name }] of found) if (!wanted.has(key)) repair.unknown.push(name)
  return repair
}

/** By lower-case name, as SQLite compares them; indexes that a UNIQUE implies have no SQL and stay out. */
function made(sql: Sqlite, kind: SchemaKind): Map<string, Made> {
  const rows = sql
    .prepare<[string], Made>(
      'SELECT name, sql FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL ORDER BY rowid',
    )
    .all(kind)
  return new Map(rows.map((row) => [row.name.toLowerCase(), row]))
}

function normalised(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

function compareColumns(sql: Sqlite, fresh: Sqlite, file: string, version: number): void {
  const found = new Map(columns(sql).map((column) => [`${column.table}.${column.column}`, column]))
  const wrong = columns(fresh).filter((wanted) => {
    const present = found.get(`${wanted.table}.${wanted.column}`)
    return (
      present?.type !== wanted.type ||
      present.required !== wanted.required ||
      present.key !== wanted.key ||
      present.hidden !== wanted.hidden
    )
  })
  if (wrong.length === 0) return
  const names = wrong
    .slice(0, 3)
    .map(({ table, column }) => `${table}.${column}`)
    .join(', ')
  throw new DatabaseProblem(
    'corrupt',
    `${file} says that it has schema ${version}, but lacks columns of it or has them otherwise (${names}${wrong.length > 3 ? ', …' : ''}). Put the newest file from the folder "backups" in its place; nothing was changed.`,
  )
}

/** Columns of the tables that migrations write out; those inside full-text search are SQLite's affair. */
function columns(sql: Sqlite): Column[] {
  return sql
    .prepare<[], Column>(
      `SELECT t.name AS "table", c.name AS "column", c.type, c."notnull" AS required, c.pk AS key, c.hidden
       FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c
       WHERE t.schema = 'main' AND t.type IN ('table', 'virtual') AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
    )
    .all()
}
