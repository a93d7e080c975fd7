import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { prepareDatabase } from './migrate.ts'
import { openWriter, type Sqlite } from './open.ts'
import { searchIndex } from './search-index.ts'

let folder: string
let sql: Sqlite
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'timetrack-'))
  const file = join(folder, 'timetrack.db')
  prepareDatabase(file, 0)
  sql = openWriter(file, 'OFF')
})
afterEach(() => {
  sql.close()
  rmSync(folder, { recursive: true, force: true })
})

const START = 1_763_000_000_000
const record = (id: number, title: string) =>
  sql
    .prepare(
      `INSERT INTO events (id, source, start, "end", title, dedupe, recorded_at) VALUES (?, 'window', ?, ?, ?, ?, 0)`,
    )
    .run(id, START + id, START + id, title, Buffer.from([id]))
const found = (word: string) =>
  sql
    .prepare('SELECT rowid & 1073741823 FROM events_fts WHERE events_fts MATCH ? ORDER BY 1')
    .pluck()
    .all(word)

test('new events are found once they are brought in, older ones are not brought in again', () => {
  const search = searchIndex(sql)
  expect(search.newest()).toBe(0)
  record(1, 'Statik')
  record(2, 'Statik und Brandschutz')
  expect(found('statik')).toEqual([])
  search.add(0)
  expect(found('statik')).toEqual([1, 2])
  expect(search.newest()).toBe(2)
  record(3, 'Statik Rev 3')
  search.add(2)
  expect(found('statik')).toEqual([1, 2, 3])
  search.add(0)
  expect(found('statik')).toEqual([1, 2, 3])
})

test('one that is changed before it is brought in is found by what it says now, and once', () => {
  record(1, 'Entwurf')
  sql.prepare("UPDATE events SET title = 'Statik' WHERE id = 1").run()
  searchIndex(sql).add(0)
  expect(found('statik')).toEqual([1])
  expect(found('entwurf')).toEqual([])
})
