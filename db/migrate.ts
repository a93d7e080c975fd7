import Database from 'better-sqlite3'
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { formatUtc, type Instant } from '../contract/time.ts'
import { makeFolder } from './folder.ts'
import { MIGRATIONS, SCHEMA_VERSION } from './migrations/list.ts'
import { APPLICATION_ID, openWriter, type Sqlite } from './open.ts'
import { DatabaseProblem, problemOf } from './problem.ts'

export type Preparation = {
  /** Schema version found; 0 for a new file. */
  from: number
  to: number
  /** The verified copy made before the first migration ran; null when none was needed. */
  backup: string | null
}

/**
 * Brings `file` to this version's schema: creates it, or copies it (verified) and migrates it, one
 * transaction a migration. Up to date, it only looks. Call it while holding the file's claim.
 * @throws DatabaseProblem in words for the operator; the file is then as it was.
 */
export function prepareDatabase(file: string, now: Instant, migrations = MIGRATIONS): Preparation {
  try {
    makeFolder(dirname(file))
    refuseOthers(file, migrations.length)
    const sql = openWriter(file)
    try {
      return bringUpToDate(sql, file, now, migrations)
    } finally {
      sql.close()
    }
  } catch (error) {
    throw problemOf(error, file)
  }
}

/** Before a writer, which turns any file into WAL mode, touches one that is not ours. */
function refuseOthers(file: string, newest: number): void {
  if (!existsSync(file)) return
  const sql = new Database(file)
  try {
    schemaVersion(sql, file, newest)
  } finally {
    sql.close()
  }
}

/** The version of an open file that is ours; 0 for an empty one. @throws DatabaseProblem */
export function schemaVersion(sql: Sqlite, file: string, newest = SCHEMA_VERSION): number {
  const version = Number(sql.pragma('user_version', { simple: true }))
  const id = Number(sql.pragma('application_id', { simple: true }))
  const tables = sql.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").pluck().get()
  if (id !== APPLICATION_ID && (tables !== 0 || version !== 0)) {
    throw new DatabaseProblem(
      'foreign',
      `${file} is a SQLite database of another program. Choose another --data folder; nothing was changed.`,
    )
  }
  if (version > newest) {
    throw new DatabaseProblem(
      'newer',
      `${file} was written by a newer TimeTrack (schema ${version}, this one knows ${newest}). Install that version again, or restore a backup from before the update; nothing was changed.`,
    )
  }
  return version
}

function bringUpToDate(sql: Sqlite, file: string, now: Instant, migrations: readonly string[]): Preparation {
  const from = schemaVersion(sql, file, migrations.length)
  if (from === migrations.length) {
    touchEveryTable(sql)
    return { from, to: from, backup: null }
  }
  const backup = from === 0 ? null : backUp(sql, file, from, now)
  migrate(sql, from, migrations)
  return { from, to: migrations.length, backup }
}

/** Runs the migrations after `from`, each whole or not at all. */
export function migrate(sql: Sqlite, from: number, migrations = MIGRATIONS): void {
  for (const [index, migration] of migrations.entries()) {
    if (index < from) continue
    sql
      .transaction(() => {
        sql.exec(migration)
        sql.pragma(`application_id = ${APPLICATION_ID}`)
        sql.pragma(`user_version = ${index + 1}`)
      })
      .immediate()
  }
}

/** Reads a row of every table, so that a damaged file is noticed at start and not by a client. */
function touchEveryTable(sql: Sqlite): void {
  const tables = sql
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    .pluck()
    .all()
  for (const table of tables) sql.prepare(`SELECT 1 FROM "${String(table)}" LIMIT 1`).get()
}

/** A verified copy beside the file, in `backups/`. It has its name only once it is whole and on disk. */
export function backUp(sql: Sqlite, file: string, version: number, now: Instant): string {
  const stamp = formatUtc(now).replaceAll(/[-:]/g, '').replace('T', '-').replace('Z', '')
  const folder = join(dirname(file), 'backups')
  const target = join(folder, `${basename(file, '.db')}-v${version}-${stamp}.db`)
  const part = `${target}.part`
  makeFolder(folder)
  rmSync(part, { force: true })
  try {
    sql.prepare('VACUUM INTO ?').run(part)
    verifyCopy(sql, part)
    // VACUUM INTO leaves its file to the system's cache, and the migration comes next.
    sync(part)
    renameSync(part, target)
    sync(folder)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
  return target
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function verifyCopy(original: Sqlite, target: string): void {
  const copy = new Database(target, { readonly: true })
  try {
    const verdict = copy.pragma('integrity_check(1)', { simple: true })
    const counts = (from: Sqlite) =>
      from
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .pluck()
        .all()
        .map(
          (name) =>
            `${String(name)}:${String(
              from
                .prepare(`SELECT count(*) FROM "${String(name)}"`)
                .pluck()
                .get(),
            )}`,
        )
        .join()
    if (verdict !== 'ok' || counts(copy) !== counts(original)) {
      throw new DatabaseProblem(
        'corrupt',
        `The backup ${target} does not read back as the original does (${String(verdict)}). The database was left as it is: check the disk.`,
      )
    }
  } finally {
    copy.close()
  }
}
