import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { prepareDatabase } from '../db/migrate.ts'
import { MIGRATIONS, SCHEMA_VERSION } from '../db/migrations/list.ts'
import { backupsOf, diskFree, lastMigration, sizeOf } from './disk.ts'
import { databaseFile } from './host/data-folder.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'timetrack-disk-'))
  file = databaseFile(folder)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const utc = (text: string) => Date.parse(text)

function backup(name: string, bytes = 10) {
  mkdirSync(join(folder, 'backups'), { recursive: true })
  writeFileSync(join(folder, 'backups', name), 'x'.repeat(bytes))
}

test('a real migration leaves the copy that tells of it', () => {
  const first = MIGRATIONS.slice(0, 1)
  const began = utc('2026-11-20T06:00:00.250Z')
  prepareDatabase(file, utc('2026-11-01T06:00:00Z'), first)
  expect(backupsOf(file)).toEqual([])
  expect(lastMigration([], SCHEMA_VERSION)).toBeNull()
  prepareDatabase(file, began)
  const [newest] = backupsOf(file)
  expect(newest).toMatchObject({ version: 1, at: began, bytes: expect.any(Number) })
  expect(lastMigration(backupsOf(file), SCHEMA_VERSION)).toEqual({ from: 1, to: SCHEMA_VERSION, at: began })
})

test('copies of the schema that is in use are no migration, unfinished ones no copies', () => {
  backup('timetrack-v1-20260301-080000.db')
  backup('timetrack-v2-20260901-080000.db')
  backup('timetrack-v3-20261101-080000.db', 30)
  backup('timetrack-v3-20261124-080000.db.part')
  backup('notes.txt')
  const all = backupsOf(file)
  expect(all.map(({ name, bytes }) => [name, bytes])).toEqual([
    ['timetrack-v3-20261101-080000.db', 30],
    ['timetrack-v2-20260901-080000.db', 10],
    ['timetrack-v1-20260301-080000.db', 10],
  ])
  expect(lastMigration(all, 3)).toEqual({ from: 2, to: 3, at: utc('2026-09-01T08:00:00Z') })
  expect(lastMigration(all, 1)).toBeNull()
})

test('a copy that somebody named counts with the time of its file', () => {
  backup('before-the-audit.db')
  utimesSync(join(folder, 'backups/before-the-audit.db'), 1_780_000_000, 1_780_000_000)
  backup('timetrack-v2-20260101-080000.db')
  expect(backupsOf(file)[0]).toEqual({
    name: 'before-the-audit.db',
    at: 1_780_000_000_000,
    bytes: 10,
    version: null,
  })
})

test('sizes: of what is not there nothing, of a disk what is free', () => {
  expect(sizeOf(file)).toBe(0)
  writeFileSync(file, 'abc')
  expect(sizeOf(file)).toBe(3)
  expect(diskFree(file)).toBeGreaterThan(0)
  expect(diskFree('/no/such/folder/timetrack.db')).toBeNull()
})
