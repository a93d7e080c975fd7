import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareDatabase } from './migrate.ts'
import { closeWriter, openReader, openWriter, type Sqlite } from './open.ts'

let folder: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'timetrack-'))
  file = join(folder, 'timetrack.db')
  prepareDatabase(file, 0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function pragmas(sql: Sqlite, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, sql.pragma(name, { simple: true })]))
}

const TUNED = {
  cache_size: -10_000,
  mmap_size: 268_435_456,
  busy_timeout: 5000,
  temp_store: 2,
  foreign_keys: 1,
}

describe('the writer', () => {
  test('logs ahead, syncs every commit, and is tuned', () => {
    const sql = openWriter(file)
    expect(pragmas(sql, 'journal_mode', 'synchronous', 'journal_size_limit')).toEqual({
      journal_mode: 'wal',
      synchronous: 2,
      journal_size_limit: 67_108_864,
    })
    expect(pragmas(sql, ...Object.keys(TUNED))).toEqual(TUNED)
    closeWriter(sql)
  })

  test('may sync less when told to', () => {
    const sql = openWriter(file, 'NORMAL')
    expect(pragmas(sql, 'synchronous')).toEqual({ synchronous: 1 })
    sql.close()
  })

  test('leaves no write-ahead log behind', () => {
    const sql = openWriter(file)
    sql.exec("INSERT INTO projects (name) VALUES ('Halle')")
    expect(existsSync(`${file}-wal`)).toBe(true)
    closeWriter(sql)
    expect(existsSync(`${file}-wal`)).toBe(false)
  })

  test('keeps foreign keys', () => {
    const sql = openWriter(file)
    expect(() => sql.exec("INSERT INTO milestones (project_id, name) VALUES (4711, 'x')")).toThrow(
      'FOREIGN KEY',
    )
    sql.close()
  })
})

describe('a reader', () => {
  test('is tuned alike and cannot write', () => {
    const sql = openReader(file)
    expect(pragmas(sql, ...Object.keys(TUNED))).toEqual(TUNED)
    expect(pragmas(sql, 'query_only', 'journal_mode')).toEqual({ query_only: 1, journal_mode: 'wal' })
    expect(() => sql.exec("INSERT INTO projects (name) VALUES ('x')")).toThrow(/readonly/)
    sql.close()
  })

  test('needs a file', () => {
    expect(() => openReader(join(folder, 'none.db'))).toThrow()
  })
})

test('statistics are taken of full tables, never of almost empty ones', () => {
  const path = join(folder, 'statistics.db')
  prepareDatabase(path, 0)
  const fill = (rows: number) => `
    INSERT OR IGNORE INTO projects (id, name) VALUES (1, 'Halle');
    WITH RECURSIVE n (i) AS (SELECT 1 + (SELECT count(*) FROM events) UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
      INSERT INTO events (source, start, "end", dedupe, recorded_at) SELECT 'window', i, i, CAST(i AS BLOB), 0 FROM n;
    INSERT INTO assignments (event_id, project_id, source)
      SELECT id, 1, 'manual' FROM events WHERE id NOT IN (SELECT event_id FROM assignments)`
  const statistics = (rows: number) => {
    const sql = openWriter(path, 'OFF')
    sql.exec(fill(rows))
    sql
      .prepare('SELECT count(*) FROM events e JOIN assignments a ON a.event_id = e.id WHERE e.start > 5')
      .get()
    closeWriter(sql)
    const reader = openReader(path)
    const found = reader
      .prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'")
      .pluck()
      .get()
    reader.close()
    return found
  }
  expect(statistics(10)).toBe(0)
  expect(statistics(2000)).toBe(1)
})
