import { OPERATOR } from '../../contract/access.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseInstant, zone } from '../../contract/time.ts'
import { claim } from '../../db/claim.ts'
import { openReader, openWriter, type Sqlite } from '../../db/open.ts'
import { projectReads } from '../../db/projects.ts'
import { ruleEventReads } from '../../db/rule-events.ts'
import { undoCommands } from '../../server/assignments/undo.ts'
import { currentRules } from '../../server/rules/current.ts'
import { decide } from '../../server/rules/decide.ts'
import { fillDatabase, type FillOptions } from './fill.ts'

const berlin = zone('Europe/Berlin')
const now = parseInstant('2026-11-24T15:30:00', berlin) ?? NaN
const options: FillOptions = { now, zone: 'Europe/Berlin', days: 5, people: 3 }

let folder: string
let file: string
let sql: Sqlite
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'timetrack-demo-'))
  file = path.join(folder, 'new', 'timetrack.db')
  expect(fillDatabase(file, options)).toMatchObject({ filled: true, people: 3, days: 5 })
  sql = openReader(file)
})
afterAll(() => {
  sql.close()
  rmSync(folder, { recursive: true })
})

const count = (from: string, db = sql) => db.prepare(`SELECT count(*) FROM ${from}`).pluck().get() as number

test('what it says is what it stored', () => {
  const other = path.join(folder, 'other.db')
  const result = fillDatabase(other, options)
  const db = openReader(other)
  expect(result).toEqual({
    filled: true,
    days: 5,
    people: count('users', db),
    projects: count('projects', db),
    milestones: count('milestones', db),
    rules: count('assignment_rules', db),
    events: count('events', db),
    assignments: count('assignments', db),
    byRules: count("assignments WHERE source = 'rule'", db),
  })
  db.close()
})

test('a database that holds anything is left as it is', () => {
  const before = count('events')
  expect(fillDatabase(file, { ...options, seed: 9 })).toEqual({
    filled: false,
    why: expect.stringContaining('holds data already'),
  })
  expect(count('events')).toBe(before)
})

test('a database that a hub uses is refused', () => {
  const busy = path.join(folder, 'busy.db')
  const held = claim(busy)
  expect(() => fillDatabase(busy, options)).toThrow('in use')
  held.release()
})

test('nothing lies in the future', () => {
  expect(count(`events WHERE "end" > ${now} OR recorded_at > ${now}`)).toBe(0)
  expect(count(`batches WHERE at > ${now}`)).toBe(0)
})

test('indexes, triggers and search are there as in any other database', () => {
  const fresh = path.join(folder, 'fresh.db')
  fillDatabase(fresh, { ...options, days: 1 })
  const names = (db: Sqlite) =>
    db.prepare("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name").all()
  expect(count("sqlite_schema WHERE type = 'index' AND name = 'events_user_start'")).toBe(1)
  expect(count("sqlite_schema WHERE type = 'trigger' AND name = 'events_update_reindexes'")).toBe(1)
  const db = openReader(fresh)
  expect(names(sql)).toEqual(names(db))
  db.close()
  const found = count(`events_fts WHERE events_fts MATCH 'title : "autocad"'`)
  expect(found).toBe(count("events WHERE title LIKE '%AutoCAD%'"))
  expect(found).toBeGreaterThan(0)
})

test('booked hours add up to the assignments', () => {
  const booked = projectReads(sql)
    .all()
    .reduce((sum, { booked_ms }) => sum + booked_ms, 0)
  const assigned = sql
    .prepare('SELECT sum(e.counted_ms) FROM events e JOIN assignments a ON a.event_id = e.id')
    .pluck()
    .get()
  expect(booked).toBe(assigned)
})

describe('the rules of the office', () => {
  test('assign what arrived since they were made, and say what they were', () => {
    const rows = sql
      .prepare(
        `SELECT a.rule_id, a.batch_id, e.start, v.definition FROM assignments a JOIN events e ON e.id = a.event_id
         LEFT JOIN rule_versions v ON v.rule_id = a.rule_id AND v.version = a.rule_version WHERE a.source = 'rule'`,
      )
      .all() as { rule_id: number; batch_id: null; start: number; definition: string | null }[]
    expect(rows.length).toBeGreaterThan(100)
    expect(new Set(rows.map(({ rule_id }) => rule_id)).size).toBeGreaterThan(5)
    expect(rows.filter(({ batch_id, definition }) => batch_id !== null || definition === null)).toEqual([])
    const first = sql.prepare('SELECT min(start) FROM events').pluck().get() as number
    expect(Math.min(...rows.map(({ start }) => start))).toBeGreaterThan(first + 12 * 3_600_000)
    expect(count("assignments WHERE rule_id IS NOT NULL AND source <> 'rule'")).toBe(0)
  })

  test('leave something to people, and something open', () => {
    const open = count(
      "events e WHERE private = 0 AND ignored = 0 AND source <> 'afk' AND NOT EXISTS (SELECT 1 FROM assignments a WHERE a.event_id = e.id)",
    )
    expect(open).toBeGreaterThan(100)
    expect(count("assignments WHERE source = 'manual'")).toBeGreaterThan(100)
  })

  test('would find more in the days before', () => {
    const { book } = currentRules(sql)()
    const from = sql.prepare('SELECT min(start) FROM events').pluck().get() as number
    const scope = { book, rule: null, wasTakenAway: () => false }
    const decisions = [...ruleEventReads(sql).past({ from, to: now })].map(
      (event) => decide(event, scope)?.kind,
    )
    expect(decisions.filter((kind) => kind === 'assign').length).toBeGreaterThan(20)
    expect(decisions).toContain('held')
    expect(decisions).not.toContain('clear')
  })

  test('can be left out', () => {
    const without = path.join(folder, 'without.db')
    expect(fillDatabase(without, { ...options, rules: false })).toMatchObject({ rules: 0, byRules: 0 })
  })
})

test('an action of a demo person can be undone', () => {
  const copy = path.join(folder, 'undo.db')
  fillDatabase(copy, options)
  const db = openWriter(copy)
  const undo = undoCommands['batches.undo'].prepare({
    db: { sql: db, touch: () => {}, changed: () => {} },
    clock: () => now,
    zone: berlin,
    dayStartMinutes: 0,
  })
  const rows = db.prepare('SELECT row_count FROM batches WHERE id = 1').pluck().get()
  expect(undo({ id: 1 }, OPERATOR)).toMatchObject({ left: [], restored: { length: rows } })
  db.close()
})

test('exactly so many events', () => {
  expect(fillDatabase(path.join(folder, 'count.db'), { now, people: 2, events: 1234 })).toMatchObject({
    events: 1234,
  })
})
