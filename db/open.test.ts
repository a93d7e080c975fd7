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
