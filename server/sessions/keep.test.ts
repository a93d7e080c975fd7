import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayRange, zone } from '../../contract/time.ts'
import { eventWrites } from '../../db/events.ts'
import { prepareDatabase } from '../../db/migrate.ts'
import { openWriter, type Sqlite } from '../../db/open.ts'
import { DEFAULT_SETTINGS } from '../../contract/usual-settings.ts'
import { sessionKeeper } from './keep.ts'

const ZONE = zone('Europe/Berlin')
/** The night in which clocks are put back: the day has 25 hours, and two people work through it. */
const { start: FROM, end: TO } = dayRange('2026-10-25', ZONE)
const MINUTE = 60_000

let folder: string
let sql: Sqlite
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'timetrack-'))
  const file = join(folder, 'db')
  prepareDatabase(file, 0)
  sql = openWriter(file, 'OFF')
  sql.exec("INSERT INTO users (id, handle, name) VALUES (1, 'anna', 'Anna'), (2, 'ben', 'Ben')")
})
afterAll(() => {
  sql.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What may happen to a day, in the order in which it happens. */
type Step =
  | { kind: 'event'; user: number | null; minute: number; length: number; title: number; app: number }
  | { kind: 'away'; user: number; minute: number; length: number }
  | { kind: 'hide' | 'show' | 'part'; nth: number; piece: number }
  /** What came so far is committed. */
  | { kind: 'commit' }

const minute = fc.integer({ min: -10, max: 26 * 60 })
const event: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('event' as const),
  user: fc.constantFrom(1, 1, 1, 2, null),
  minute,
  length: fc.integer({ min: 0, max: 40 }),
  title: fc.integer({ min: 0, max: 4 }),
  app: fc.integer({ min: 0, max: 2 }),
})
const away = fc.record({
  kind: fc.constant('away' as const),
  user: fc.constantFrom(1, 2),
  minute,
  length: fc.integer({ min: 0, max: 120 }),
}) as fc.Arbitrary<Step>
const change = fc.record({
  kind: fc.constantFrom('hide' as const, 'show' as const, 'part' as const),
  nth: fc.nat(40),
  piece: fc.integer({ min: 7, max: 9 }),
}) as fc.Arbitrary<Step>
const commit: fc.Arbitrary<Step> = fc.constant({ kind: 'commit' })
const step = fc.oneof(
  { weight: 12, arbitrary: event },
  { weight: 2, arbitrary: away },
  { weight: 3, arbitrary: change },
  { weight: 6, arbitrary: commit },
)

const TITLES = ['Plan_v1.dwg', 'Plan_v2.dwg', 'Plan Attika.dwg', 'Angebot Rathaus', null]

/** Runs the steps as the writer does, following each commit. */
function live(steps: readonly Step[]): void {
  const changed = new Set<number>()
  const db = { sql, touch: () => undefined, changed: (id: number) => void changed.add(id) }
  const keeper = sessionKeeper({ db, zone: ZONE, dayStartMinutes: 0 })
  const events = eventWrites(db)
  const ids: number[] = []
  let newest = 0
  const commit = () => {
    keeper.follow(newest, changed)
    newest = Math.max(0, ...ids)
    changed.clear()
  }
  for (const [index, one] of steps.entries()) {
    if (one.kind === 'commit') commit()
    else if (one.kind === 'event' || one.kind === 'away') {
      const start = FROM + one.minute * MINUTE
      const id = events.insert({
        source: one.kind === 'away' ? 'afk' : 'window',
        user_id: one.user,
        machine: null,
        device: null,
        start,
        end: start + one.length * MINUTE,
        title: one.kind === 'away' ? null : (TITLES[one.title] ?? null),
        app: one.kind === 'away' ? null : `app${one.app}`,
        url: null,
        phone_number: null,
        contact: null,
        direction: null,
        private: 0,
        dedupe: Buffer.from(String(index)),
        recorded_at: 0,
      })
      if (id !== undefined) ids.push(id)
    } else {
      const id = ids[one.nth % ids.length]
      const flags = id === undefined ? undefined : events.flags(id)
      if (id === undefined || !flags) continue
      if (one.kind === 'part') events.setFlags(id, { ...flags, piece: one.piece })
      else events.setFlags(id, { ...flags, deleted_at: one.kind === 'hide' ? 1 : null })
    }
  }
  commit()
}

/** Sessions by what they hold, and what each event has of its time. */
function picture(): unknown {
  return {
    sessions: sql
      .prepare(
        `SELECT s.user_id, s.day, s.stream, s.title, s.piece, s.start, s."end", s.active_ms, s.event_count, s.break_count,
         (SELECT json_group_array(e.id) FROM (SELECT id FROM events WHERE session_id = s.id AND deleted_at IS NULL ORDER BY id) e) AS events
       FROM sessions s ORDER BY events, s.start`,
      )
      .all(),
    away: sql
      .prepare(
        'SELECT id, away_ms, session_id IS NULL AS alone FROM events WHERE deleted_at IS NULL ORDER BY id',
      )
      .all(),
  }
}

/** Folds every day from nothing. */
function anew(): void {
  sql.exec('DELETE FROM sessions; UPDATE events SET session_id = NULL, away_ms = 0')
  const keeper = sessionKeeper({
    db: { sql, touch: () => undefined, changed: () => undefined },
    zone: ZONE,
    dayStartMinutes: 0,
  })
  for (const day of ['2026-10-24', '2026-10-25', '2026-10-26'])
    for (const who of [1, 2, null]) keeper.foldDay(who, day, DEFAULT_SETTINGS.sessions)
}

test('events in any order, absences, deletions, splits and merges leave the sessions that folding from nothing makes', () => {
  expect(TO - FROM).toBe(25 * 60 * MINUTE)
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      sql.exec('BEGIN')
      try {
        live(steps)
        const kept = picture()
        anew()
        expect(kept).toEqual(picture())
      } finally {
        sql.exec('ROLLBACK')
      }
    }),
    { numRuns: 400 },
  )
})
