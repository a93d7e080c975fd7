import Database from 'better-sqlite3'
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { prepareDatabase } from './migrate.ts'
import { MIGRATIONS, SCHEMA_VERSION } from './migrations/list.ts'
import { DatabaseProblem } from './problem.ts'

const NOW = Date.parse('2026-11-24T09:30:00Z')
const NEXT = [...MIGRATIONS, 'ALTER TABLE projects ADD COLUMN rate REAL']

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'timetrack-'))
  file = join(folder, 'timetrack.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function problem(prepare: () => unknown): DatabaseProblem {
  try {
    prepare()
  } catch (error) {
    if (error instanceof DatabaseProblem) return error
    throw error
  }
  throw new Error('was accepted')
}

function using<T>(path: string, work: (sql: Database.Database) => T): T {
  const sql = new Database(path)
  try {
    return work(sql)
  } finally {
    sql.close()
  }
}

/** A database of this version with enough rows to fill pages. */
function filled(): void {
  prepareDatabase(file, NOW)
  using(file, (sql) => {
    const insert = sql.prepare('INSERT INTO projects (name, notes) VALUES (?, ?)')
    for (let index = 0; index < 500; index++) insert.run(`Projekt ${index}`, 'x'.repeat(500))
  })
}
const names = (path: string) =>
  using(path, (sql) => sql.prepare('SELECT count(*) FROM projects').pluck().get())

describe('a database', () => {
  test('is made where there is none, folders included, and without a backup', () => {
    file = join(folder, 'deep', 'er', 'timetrack.db')
    expect(prepareDatabase(file, NOW)).toEqual({ from: 0, to: SCHEMA_VERSION, backup: null })
    using(file, (sql) => {
      expect(sql.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION)
      expect(sql.pragma('journal_mode', { simple: true })).toBe('wal')
      expect(sql.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(sql.pragma('foreign_key_check')).toEqual([])
    })
    expect(existsSync(join(folder, 'deep', 'er', 'backups'))).toBe(false)
  })

  test('is made of an empty file too', () => {
    writeFileSync(file, '')
    expect(prepareDatabase(file, NOW)).toMatchObject({ from: 0, to: SCHEMA_VERSION })
  })

  test('that is up to date is only looked at', () => {
    filled()
    expect(prepareDatabase(file, NOW)).toEqual({ from: SCHEMA_VERSION, to: SCHEMA_VERSION, backup: null })
    expect(names(file)).toBe(500)
    expect(existsSync(join(folder, 'backups'))).toBe(false)
  })

  test('that is older is copied first, and the copy is whole', () => {
    filled()
    const { from, to, backup } = prepareDatabase(file, NOW, NEXT)
    expect([from, to]).toEqual([SCHEMA_VERSION, SCHEMA_VERSION + 1])
    expect(backup).toBe(join(folder, 'backups', `timetrack-v${SCHEMA_VERSION}-20261124-093000.db`))
    using(String(backup), (sql) => {
      expect(sql.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION)
      expect(sql.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(sql.prepare('SELECT count(*) FROM projects').pluck().get()).toBe(500)
    })
    expect(using(file, (sql) => sql.prepare('SELECT rate FROM projects LIMIT 1').get())).toEqual({
      rate: null,
    })
    expect(prepareDatabase(file, NOW, NEXT)).toMatchObject({ from: to, backup: null })
  })

  test('is not touched when its backup cannot be written', () => {
    filled()
    writeFileSync(join(folder, 'backups'), 'a file where the folder should be')
    expect(problem(() => prepareDatabase(file, NOW, NEXT)).code).toBe('unwritable')
    expect(using(file, (sql) => sql.pragma('user_version', { simple: true }))).toBe(SCHEMA_VERSION)
  })

  test('is as it was when a migration fails half-way', () => {
    filled()
    const before = using(file, (sql) => sql.prepare('SELECT sql FROM sqlite_schema ORDER BY name').all())
    const broken = [...MIGRATIONS, `DELETE FROM projects; CREATE TABLE half (x); SELECT * FROM nowhere;`]
    expect(() => prepareDatabase(file, NOW, broken)).toThrow('nowhere')
    using(file, (sql) => {
      expect(sql.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION)
      expect(sql.prepare('SELECT sql FROM sqlite_schema ORDER BY name').all()).toEqual(before)
    })
    expect(names(file)).toBe(500)
    expect(prepareDatabase(file, NOW)).toMatchObject({ from: SCHEMA_VERSION, backup: null })
  })

  test('keeps the migrations before the one that fails', () => {
    filled()
    expect(() => prepareDatabase(file, NOW, [...NEXT, 'not SQL'])).toThrow()
    expect(using(file, (sql) => sql.pragma('user_version', { simple: true }))).toBe(SCHEMA_VERSION + 1)
  })
})

describe('a file that cannot be used is left alone', () => {
  test('when a newer version wrote it', () => {
    filled()
    using(file, (sql) => sql.pragma(`user_version = ${SCHEMA_VERSION + 1}`))
    const { code, message } = problem(() => prepareDatabase(file, NOW))
    expect(code).toBe('newer')
    expect(message).toContain(`schema ${SCHEMA_VERSION + 1}, this one knows ${SCHEMA_VERSION}`)
    expect(names(file)).toBe(500)
    expect(using(file, (sql) => sql.pragma('user_version', { simple: true }))).toBe(SCHEMA_VERSION + 1)
  })

  test.each([
    ['has tables', 'CREATE TABLE recipes (name TEXT)'],
    ['has a version', 'PRAGMA user_version = 7'],
    ['has an id', 'PRAGMA application_id = 4711; CREATE TABLE recipes (name TEXT)'],
  ])('when it is of another program: it %s', (_what, sql) => {
    using(file, (other) => other.exec(sql))
    const before = readFileSync(file)
    expect(problem(() => prepareDatabase(file, NOW)).code).toBe('foreign')
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(readdirSync(folder)).toEqual(['timetrack.db'])
  })

  test('when it is no database at all', () => {
    const garbage = Buffer.from('This is a letter to the tax office.\n'.repeat(300))
    writeFileSync(file, garbage)
    const { code, message } = problem(() => prepareDatabase(file, NOW))
    expect(code).toBe('corrupt')
    expect(message).toContain('backups')
    expect(readFileSync(file).equals(garbage)).toBe(true)
  })

  test.each([0.9, 0.5, 0.1])('when only %d of it is left', (share) => {
    filled()
    truncateSync(file, Math.floor((statSync(file).size * share) / 4096) * 4096)
    expect(problem(() => prepareDatabase(file, NOW)).code).toBe('corrupt')
  })

  test('when its pages were overwritten', () => {
    filled()
    const bytes = readFileSync(file)
    writeFileSync(file, Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 0xab)]))
    expect(problem(() => prepareDatabase(file, NOW)).code).toBe('corrupt')
  })

  test.each([
    ['lies under a file', () => join(folder, 'plain', 'timetrack.db')],
    ['is a folder', () => folder],
  ])('when it %s', (_what, path) => {
    writeFileSync(join(folder, 'plain'), '')
    const { code, message } = problem(() => prepareDatabase(path(), NOW))
    expect(code).toBe('unwritable')
    expect(message).toContain('--data')
  })
})
