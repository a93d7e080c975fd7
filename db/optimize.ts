import Database from 'better-sqlite3'
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Instant } from '../contract/time.ts'
import { claim } from './claim.ts'
import { repairBooked } from './booked.ts'
import { repairSearch } from './search-index.ts'
import { backUp, migrate, schemaVersion } from './migrate.ts'
import { MIGRATIONS } from './migrations/list.ts'
import type { Sqlite } from './open.ts'
import { DatabaseProblem, problemOf } from './problem.ts'
import { repairSchema, type SchemaRepair } from './schema-repair.ts'

/** One line of the account that is given to the operator. */
export type OptimizeStep = { step: string; what: string; result: string }

const NOTHING = 'nothing to do'

/**
 * Brings an existing database of ours up to date while no hub uses it: migrations (after a verified
 * copy), indexes and triggers, what triggers derive, statistics of the planner, WAL. All of it but WAL
 * is one transaction, so whenever the process or the machine ends, the file is as before or done.
 * Repeating it changes nothing.
 * @throws DatabaseProblem in words for the operator; the file is then as it was
 */
export function optimizeDatabase(
  file: string,
  now: Instant,
  migrations: readonly string[] = MIGRATIONS,
): OptimizeStep[] {
  requireSqliteFile(file)
  try {
    requireOurs(file, migrations.length)
    const claimed = claim(file)
    try {
      return optimizeClaimed(file, now, migrations)
    } finally {
      claimed.release()
    }
  } catch (error) {
    throw problemOf(error, file)
  }
}

function optimizeClaimed(file: string, now: Instant, migrations: readonly string[]): OptimizeStep[] {
  const sql = openAlone(file)
  try {
    const version = schemaVersion(sql, file, migrations.length)
    const integrity = checkIntegrity(sql, file)
    const backup = version === migrations.length ? null : backUp(sql, file, version, now)
    const changes = sql.transaction(() => optimizeRows(sql, file, version, migrations)).immediate()
    return [
      integrity,
      {
        step: 'Backup',
        what: 'a verified copy before migrating',
        result: backup ? `backups/${basename(backup)}` : NOTHING,
      },
      ...changes,
      useWal(sql),
    ]
  } finally {
    sql.close()
  }
}

function optimizeRows(
  sql: Sqlite,
  file: string,
  version: number,
  migrations: readonly string[],
): OptimizeStep[] {
  // Repaired before migrating as well: a migration relies on what the ones before it have made.
  const before = repairSchema(sql, file, version, migrations)
  migrate(sql, version, migrations)
  const after =
    version === migrations.length ? before : repairSchema(sql, file, migrations.length, migrations)
  const repaired = before.flatMap(({ created, replaced }) => [...created, ...replaced])
  const booked = repairBooked(sql)
  const isSearchRepaired = repairSearch(
    sql,
    repaired.some((name) => TRIGGERS_OF_SEARCH.includes(name)),
  )
  return [
    {
      step: 'Migrations',
      what: `schema ${migrations.length}`,
      result: version === migrations.length ? NOTHING : `schema ${version} → ${migrations.length}`,
    },
    ...before.map((repair, index) => repairStep(repair, after[index] ?? repair)),
    {
      step: 'Hours',
      what: 'sums per project and milestone',
      result: booked === 0 ? NOTHING : `${booked} corrected`,
    },
    {
      step: 'Search',
      what: 'full-text index of the events',
      result: isSearchRepaired ? 'made anew' : NOTHING,
    },
    { step: 'Statistics', what: 'of the query planner', result: analyze(sql) ? 'renewed' : NOTHING },
  ]
}

/** A trigger that was missing or different may have left texts in the index that no event has. */
const TRIGGERS_OF_SEARCH = ['events_delete_unindexes', 'events_update_reindexes']

function repairStep(repair: SchemaRepair, now: SchemaRepair): OptimizeStep {
  const list = (names: string[], verb: string) =>
    names.length === 0 ? [] : [`${names.length} ${verb} (${names.join(', ')})`]
  const done = [...list(repair.created, 'created'), ...list(repair.replaced, 'replaced')]
  const kept = list(now.unknown, 'not ours and left alone')
  return {
    step: repair.kind === 'index' ? 'Indexes' : 'Triggers',
    what: `${now.wanted} in the schema`,
    result: [...(done.length === 0 ? [NOTHING] : done), ...kept].join('; '),
  }
}

/** Whether the statistics changed. */
function analyze(sql: Sqlite): boolean {
  const before = statistics(sql)
  sql.exec('ANALYZE')
  return statistics(sql) !== before
}

function statistics(sql: Sqlite): string {
  const isThere = sql.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'").get()
  return JSON.stringify(
    isThere ? sql.prepare('SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY 1, 2').raw().all() : null,
  )
}

function useWal(sql: Sqlite): OptimizeStep {
  const before = String(sql.pragma('journal_mode', { simple: true }))
  const mode = before === 'wal' ? before : String(sql.pragma('journal_mode = WAL', { simple: true }))
  return {
    step: 'Journal',
    what: 'write-ahead log',
    result: mode === before ? NOTHING : `${before.toUpperCase()} → ${mode.toUpperCase()}`,
  }
}

function checkIntegrity(sql: Sqlite, file: string): OptimizeStep {
  const verdict = String(sql.pragma('integrity_check(1)', { simple: true }))
  const orphans = sql.pragma('foreign_key_check') as unknown[]
  if (verdict !== 'ok' || orphans.length > 0) {
    throw new DatabaseProblem(
      'corrupt',
      `${file} is damaged (${verdict === 'ok' ? `${orphans.length} rows refer to rows that are gone` : verdict}). Put the newest file from the folder "backups" in its place; nothing was changed.`,
    )
  }
  return { step: 'Integrity', what: 'every page, index and reference', result: `sound, ${NOTHING}` }
}

/** A connection that no other one can be beside: readers would see indexes come and go. */
function openAlone(file: string): Sqlite {
  const sql = new Database(file, { fileMustExist: true, timeout: 0 })
  try {
    sql.pragma('synchronous = FULL')
    sql.pragma('cache_size = -65536')
    sql.pragma('foreign_keys = ON')
    sql.pragma('locking_mode = EXCLUSIVE')
    sql.exec('BEGIN EXCLUSIVE; COMMIT')
    return sql
  } catch (error) {
    sql.close()
    throw error
  }
}

/** Everything that can be refused without opening the file for writing, let alone leaving a lock file. */
function requireOurs(file: string, newest: number): void {
  const sql = openToLook(file)
  try {
    if (isFieldDatabase(sql)) {
      throw new DatabaseProblem(
        'foreign',
        `${file} is a database of the Python service that TimeTrack replaces. Adopting those comes separately; nothing was changed.`,
      )
    }
    if (schemaVersion(sql, file, newest) === 0) {
      throw new DatabaseProblem(
        'foreign',
        `${file} holds no tables yet, so there is nothing to optimize. The hub creates them when it starts.`,
      )
    }
  } finally {
    sql.close()
  }
}

/** Read-only; but where a process died amid a transaction, only a writer can take that back. */
function openToLook(file: string): Sqlite {
  const sql = new Database(file, { readonly: true, timeout: 0 })
  try {
    sql.pragma('user_version')
    return sql
  } catch (error) {
    sql.close()
    const problem = problemOf(error, file)
    if (problem instanceof DatabaseProblem && problem.code === 'unwritable')
      return new Database(file, { fileMustExist: true, timeout: 0 })
    throw error
  }
}

function isFieldDatabase(sql: Sqlite): boolean {
  const columns = sql.prepare("SELECT count(*) FROM pragma_table_info('events') WHERE name IN (?, ?)").pluck()
  return columns.get('source_type', 'timestamp_start') === 2
}

const MAGIC = 'SQLite format 3\0'

function requireSqliteFile(file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (!stats) throw new DatabaseProblem('missing', `There is no file ${file}.`)
  if (!stats.isFile())
    throw new DatabaseProblem(
      'missing',
      `${file} is not a file. Name the database in it, usually ${file}/timetrack.db.`,
    )
  let beginning: string
  try {
    beginning = readBeginning(file)
  } catch (error) {
    throw problemOf(error, file)
  }
  if (beginning !== MAGIC)
    throw new DatabaseProblem('foreign', `${file} is not a SQLite database; nothing was changed.`)
}

function readBeginning(file: string): string {
  const descriptor = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(MAGIC.length)
    readSync(descriptor, bytes, 0, MAGIC.length, 0)
    return bytes.toString('latin1')
  } finally {
    closeSync(descriptor)
  }
}
