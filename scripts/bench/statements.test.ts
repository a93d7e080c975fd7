import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openWriter } from '../../db/open.ts'
import { readOf } from './statements.ts'

test('what a query reads is taken down, with its arguments', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'timetrack-bench-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'some.db')
  openWriter(file).exec('CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)').close()
  const rows: unknown[] = []
  const read = readOf(file, (sql) => {
    sql.prepare('SELECT 1').get()
    rows.push(...sql.prepare('SELECT a FROM t WHERE a > @least').iterate({ least: 1 }))
  })
  expect(rows).toEqual([{ a: 2 }])
  expect(read).toEqual({ sql: 'SELECT a FROM t WHERE a > @least', args: [{ least: 1 }] })
})
