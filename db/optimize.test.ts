import Database from 'better-sqlite3'
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { claim } from './claim.ts'
import { NEXT_MIGRATIONS, fill, neglect, schemaText } from './fixtures/neglected.ts'
import { prepareDatabase } from './migrate.ts'
import { MIGRATIONS } from './migrations/list.ts'
import { optimizeDatabase, type OptimizeStep } from './optimize.ts'
import { openWriter, type Sqlite } from './open.ts'
import { DatabaseProblem } from './problem.ts'

const NOW = Date.parse('2026-11-24T17:00:00Z')
let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'timetrack-optimize-'))
  file = join(folder, 'timetrack.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function withDatabase<T>(use: (sql: Sqlite) => T, path = file): T {
  const sql = new Database(path)
  try {
    return use(sql)
  } finally {
    sql.close()
  }
}

const resultOf = (steps: readonly OptimizeStep[]) =>
  Object.fromEntries(steps.map(({ step, result }) => [step, result]))

const schemaOf = () => withDatabase(schemaText)

function problem(run: () => unknown): DatabaseProblem {
  try {
    run()
  } catch (error) {
    if (error instanceof DatabaseProblem) return error
    throw error
  }
  throw new Error('it was not refused')
}

describe('a database of ours', () => {
  test('that is up to date has nothing to do in any row', () => {
    fill(file)
    for (const { step, result } of optimizeDatabase(file, NOW)) expect(result, step).toMatch(/nothing to do$/)
  })

  test('gets back what is missing or different, and a second run has nothing to do', () => {
    fill(file)
    const whole = schemaOf()
    neglect(file)
    expect(resultOf(optimizeDatabase(file, NOW))).toEqual({
      Integrity: 'sound, nothing to do',
      Backup: 'nothing to do',
      Migrations: 'nothing to do',
      Indexes: '1 created (events_start); 1 replaced (events_user_start)',
      Triggers: '1 created (assignments_insert_books); 1 replaced (events_update_reindexes)',
      Hours: '1 corrected',
      Search: 'made anew',
      Statistics: 'renewed',
      Journal: 'DELETE → WAL',
    })
    expect(schemaOf()).toEqual(whole)
    withDatabase((sql) => {
      expect(sql.prepare('SELECT milestone_id, ms FROM booked ORDER BY 1').raw().all()).toEqual([
        [0, 60_000],
        [1, 50 * 45_000],
        [2, 50 * 45_000],
      ])
      const find = sql.prepare('SELECT rowid & 1073741823 FROM events_fts WHERE events_fts MATCH ?').pluck()
      expect(find.all('ruckruf')).toEqual([201])
      expect(find.all('facets : u1')).toHaveLength(201)
    })
    for (const { step, result } of optimizeDatabase(file, NOW)) expect(result, step).toMatch(/nothing to do$/)
    expect(readdirSync(folder).sort()).toEqual(['timetrack.db', 'timetrack.db.lock'])
  })

  test('keeps an index and a trigger that somebody made for himself', () => {
    fill(file)
    withDatabase((sql) =>
      sql.exec(
        'CREATE INDEX my_titles ON events (title); CREATE TRIGGER my_watch AFTER DELETE ON users BEGIN SELECT 1; END',
      ),
    )
    optimizeDatabase(file, NOW)
    expect(resultOf(optimizeDatabase(file, NOW))).toMatchObject({
      Indexes: 'nothing to do; 1 not ours and left alone (my_titles)',
      Triggers: 'nothing to do; 1 not ours and left alone (my_watch)',
      Statistics: 'nothing to do',
    })
    expect(schemaOf()).toHaveProperty('my_titles')
  })

  test('of an older schema is copied and migrated, also when what the migration relies on is gone', () => {
    fill(file)
    neglect(file)
    const next = [...NEXT_MIGRATIONS, 'DROP INDEX events_start; DROP TRIGGER events_update_rebooks']
    const steps = resultOf(optimizeDatabase(file, NOW, next))
    expect(steps).toMatchObject({
      Backup: `backups/timetrack-v${MIGRATIONS.length}-20261124-170000.db`,
      Migrations: `schema ${MIGRATIONS.length} → ${next.length}`,
    })
    withDatabase(
      (copy) => {
        expect(copy.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
        expect(copy.prepare('SELECT count(*) FROM events').pluck().get()).toBe(201)
      },
      join(folder, String(steps['Backup'])),
    )
    withDatabase((sql) => {
      expect(sql.pragma('user_version', { simple: true })).toBe(next.length)
      expect(sql.prepare('SELECT note FROM events WHERE id = 201').pluck().get()).toBe('Rückruf')
    })
    expect(schemaOf()).toHaveProperty('events_note')
    expect(schemaOf()).not.toHaveProperty('events_start')
    for (const result of Object.values(resultOf(optimizeDatabase(file, NOW, next))))
      expect(result).toMatch(/nothing to do$/)
  })

  test('whose rows are still in the write-ahead log of a killed process is done as well', () => {
    fill(file)
    const path = join(folder, 'killed.db')
    const sql = openWriter(file)
    sql.pragma('wal_autocheckpoint = 0')
    sql.exec("INSERT INTO users (handle, name) VALUES ('late', 'Late'); DROP INDEX events_start")
    for (const ending of ['', '-wal']) copyFileSync(file + ending, path + ending)
    sql.close()
    expect(resultOf(optimizeDatabase(path, NOW))).toMatchObject({ Indexes: '1 created (events_start)' })
    withDatabase(
      (sql) => expect(sql.prepare("SELECT 1 FROM users WHERE handle = 'late'").get()).toBeDefined(),
      path,
    )
  })
})

describe('what is refused stays as it is, with nothing beside it', () => {
  const refusals: [string, () => void, string, RegExp][] = [
    ['a file that is not there', () => {}, 'missing', /^There is no file /],
    ['a folder', () => mkdirSync(file), 'missing', /is not a file\. Name the database in it/],
    ['a text', () => writeFileSync(file, 'date;hours\n'), 'foreign', /is not a SQLite database/],
    ['an empty file', () => writeFileSync(file, ''), 'foreign', /is not a SQLite database/],
    [
      'a database before its first migration',
      () => withDatabase((sql) => sql.exec('PRAGMA journal_mode = WAL')),
      'foreign',
      /holds no tables yet/,
    ],
    [
      "another program's database",
      () => withDatabase((sql) => sql.exec('CREATE TABLE notes (text)')),
      'foreign',
      /database of another program/,
    ],
    [
      'a database of the old service',
      () =>
        withDatabase((sql) =>
          sql.exec(
            'CREATE TABLE events (id INTEGER PRIMARY KEY, source_type VARCHAR, timestamp_start DATETIME, window_title VARCHAR(256))',
          ),
        ),
      'foreign',
      /of the Python service .* comes separately/,
    ],
    [
      'a database of a newer release',
      () => {
        prepareDatabase(file, NOW)
        withDatabase((sql) => sql.pragma(`user_version = ${MIGRATIONS.length + 1}`))
      },
      'newer',
      /written by a newer TimeTrack/,
    ],
  ]
  test.each(refusals)('%s', (_, make, code, message) => {
    make()
    const before = existsSync(file) && readdirSync(folder).map((name) => name)
    const bytes = before && !code.startsWith('missing') && readFileSync(file)
    const refused = problem(() => optimizeDatabase(file, NOW))
    expect(refused.code).toBe(code)
    expect(refused.message).toMatch(message)
    if (bytes) expect(readFileSync(file).equals(bytes)).toBe(true)
    if (before)
      expect(readdirSync(folder).filter((name) => !/-(wal|shm|lock)$|\.lock$/.test(name))).toEqual(before)
    if (code === 'foreign') expect(existsSync(`${file}.lock`)).toBe(false)
  })

  test('a damaged one', () => {
    fill(file, 2000)
    const bytes = readFileSync(file)
    bytes.fill(0xa5, 30 * 4096, 40 * 4096)
    writeFileSync(file, bytes)
    const refused = problem(() => optimizeDatabase(file, NOW))
    expect(refused.code).toBe('corrupt')
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  test('one whose rows refer to nothing', () => {
    fill(file)
    withDatabase((sql) => sql.exec('PRAGMA foreign_keys = OFF; DELETE FROM projects'))
    expect(problem(() => optimizeDatabase(file, NOW)).message).toMatch(/\d+ rows refer to rows that are gone/)
  })

  test('one that lacks a column of its schema', () => {
    fill(file)
    neglect(file)
    withDatabase((sql) => sql.exec('ALTER TABLE users DROP COLUMN locale'))
    const before = schemaOf()
    expect(problem(() => optimizeDatabase(file, NOW)).message).toMatch(/\(users\.locale\)/)
    expect(schemaOf()).toEqual(before)
  })
})

describe('a file in use', () => {
  beforeEach(() => fill(file))

  test('by a hub is refused', () => {
    const held = claim(file)
    expect(problem(() => optimizeDatabase(file, NOW)).code).toBe('in_use')
    held.release()
    expect(resultOf(optimizeDatabase(file, NOW))).toMatchObject({ Journal: 'nothing to do' })
  })

  test.each(['WAL', 'DELETE'])('by any program that reads it is refused (%s)', (mode) => {
    withDatabase((sql) => sql.pragma(`journal_mode = ${mode}`))
    const reader = new Database(file, { readonly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT * FROM users').all()
    expect(problem(() => optimizeDatabase(file, NOW)).code).toBe('in_use')
    reader.exec('COMMIT')
    // In WAL mode to have it open is enough.
    if (mode === 'WAL') expect(problem(() => optimizeDatabase(file, NOW)).code).toBe('in_use')
    reader.close()
    expect(resultOf(optimizeDatabase(file, NOW))).toMatchObject({ Indexes: 'nothing to do' })
  })
})

describe('npm run db:optimize', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, '../scripts/db/optimize.ts'), ...args], {
      encoding: 'utf8',
    })

  test('prints a table and ends with 0, or a sentence and another code', () => {
    fill(file)
    const done = run(file)
    expect(done).toMatchObject({ status: 0, stderr: '' })
    expect(done.stdout).toMatch(/^step {7}\| what .*\| result\n[-|]+\n(\w+ +\| .* \| .*nothing to do\n){9}\n/)
    const refused = run(join(folder, 'no.db'))
    expect(refused).toMatchObject({ status: 3, stdout: '', stderr: `There is no file ${folder}/no.db.\n` })
    const wrong = run()
    expect(wrong).toMatchObject({ status: 2, stdout: '' })
    expect(wrong.stderr).toMatch(/^Name one database file\./)
  })
})
