import Database from 'better-sqlite3'
import type { Table } from '../contract/hub.ts'

export type Sqlite = Database.Database
export type Statement = Database.Statement<unknown[], unknown>

/** A write connection, and what its current transaction changed. */
export type WriteDb = {
  sql: Sqlite
  touch(table: Table): void
  /** An event that was stored before is another now. */
  changed(event: number): void
}

/** `PRAGMA application_id` of our files: "TTrk". */
export const APPLICATION_ID = 0x5454726b

export type Synchronous = 'FULL' | 'NORMAL' | 'OFF'

function tune(sql: Sqlite): void {
  sql.pragma('cache_size = -10000')
  sql.pragma('mmap_size = 268435456')
  sql.pragma('busy_timeout = 5000')
  sql.pragma('temp_store = MEMORY')
  sql.pragma('foreign_keys = ON')
}

/** The one connection that writes. `synchronous=FULL`: an acknowledged commit survives a power cut. */
export function openWriter(file: string, synchronous: Synchronous = 'FULL'): Sqlite {
  const sql = new Database(file)
  sql.pragma('journal_mode = WAL')
  sql.pragma(`synchronous = ${synchronous}`)
  // A write-ahead log that a long export let grow is cut back after the next checkpoint.
  sql.pragma('journal_size_limit = 67108864')
  // 16 MB: a checkpoint writes each page once however often it changed since the last one, and costs
  // two syncs; at SQLite's 1,000 pages it is due after a few groups of commits.
  sql.pragma('wal_autocheckpoint = 4000')
  tune(sql)
  return sql
}

/** A read-only connection; SQLite itself refuses to write through it. */
export function openReader(file: string): Sqlite {
  const sql = new Database(file, { readonly: true, fileMustExist: true })
  tune(sql)
  sql.pragma('query_only = ON')
  return sql
}

/**
 * Rows from which statistics help. Those of an almost empty table would make the planner read it from
 * end to end, also months later, when the hub that read them still runs and the table is full.
 */
const WORTH_STATISTICS = 1000

function isWorthStatistics(sql: Sqlite): boolean {
  return ['events', 'assignments'].every(
    (table) =>
      sql.prepare(`SELECT count(*) FROM (SELECT 1 FROM ${table} LIMIT ?)`).pluck().get(WORTH_STATISTICS) ===
      WORTH_STATISTICS,
  )
}

/** Ends a writer: planner statistics renewed, write-ahead log folded into the file. */
export function closeWriter(sql: Sqlite): void {
  if (isWorthStatistics(sql)) sql.pragma('optimize')
  sql.pragma('wal_checkpoint(TRUNCATE)')
  sql.close()
}

export function sqliteVersion(): string {
  const sql = new Database(':memory:')
  try {
    return String(sql.prepare('SELECT sqlite_version()').pluck().get())
  } finally {
    sql.close()
  }
}
