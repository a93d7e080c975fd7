import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PunchKind } from '../../contract/attendance.ts'
import { openDesk, person, type Desk } from '../testing/desk.ts'

const HOUR = 3_600_000

let desk: Desk
let made = 0
const anna = person(1)
beforeEach(() => {
  desk = openDesk('2026-11-24T08:00:00')
  desk.sql.exec(`
    INSERT INTO users (id, handle, name) VALUES (1, 'anna', 'Anna'), (2, 'ben', 'Ben');
    INSERT INTO projects (id, name) VALUES (1, 'Halle'), (2, 'Brücke');
    INSERT INTO milestones (id, project_id, name) VALUES (1, 1, 'Planung');`)
})
afterEach(() => desk.close())

const punch = (kind: PunchKind) => desk.do('punches.create', { key: `k${++made}`, kind }, anna)
const workOn = (target: { projectId: number; milestoneId?: number } | null, key = `w${++made}`) =>
  desk.do('work.switch', { key, target }, anna)
const entries = () =>
  desk.sql
    .prepare(
      `SELECT e.start, e."end", a.project_id AS project, a.milestone_id AS milestone, e.source, a.source AS "by"
       FROM events e LEFT JOIN assignments a ON a.event_id = e.id WHERE e.deleted_at IS NULL ORDER BY e.start`,
    )
    .all()
const entry = (start: string, end: string, project: number, milestone: number | null = null) => ({
  start: desk.at(`2026-11-24T${start}:00`),
  end: desk.at(`2026-11-24T${end}:00`),
  project,
  milestone,
  source: 'manual',
  by: 'manual',
})

test('what is worked on becomes an entry when something else begins', () => {
  punch('in')
  expect(workOn({ projectId: 1, milestoneId: 1 })).toMatchObject({
    work: { projectId: 1, milestoneId: 1, since: '2026-11-24T08:00:00+01:00' },
  })
  desk.set('2026-11-24T10:30:00')
  expect(workOn({ projectId: 2 })).toMatchObject({ work: { projectId: 2, milestoneId: null } })
  expect(entries()).toEqual([entry('08:00', '10:30', 1, 1)])
  expect(desk.sql.prepare('SELECT kind, row_count FROM batches').all()).toEqual([
    { kind: 'entry', row_count: 1 },
  ])
  desk.set('2026-11-24T11:00:00')
  expect(workOn(null)).toMatchObject({ work: null, presence: 'in' })
  expect(entries()).toHaveLength(2)
})

test.each<PunchKind>(['out', 'break_start'])('%s ends it', (kind) => {
  punch('in')
  workOn({ projectId: 1 })
  desk.set('2026-11-24T12:00:00')
  punch(kind)
  expect(entries()).toEqual([entry('08:00', '12:00', 1)])
  expect(desk.ask('attendance.now', {}, anna).work).toBeNull()
})

test('it ends when the punch was pressed, not when it arrived', () => {
  punch('in')
  workOn({ projectId: 1 })
  desk.set('2026-11-24T12:10:00')
  const at = desk.at('2026-11-24T12:00:00')
  desk.do('punches.deliver', { key: 'late', kind: 'out', at, userId: 1, deviceId: null })
  expect(entries()).toEqual([entry('08:00', '12:00', 1)])
})

test('what is taken back goes on with it, and its entry is gone', () => {
  punch('in')
  workOn({ projectId: 1, milestoneId: 1 })
  desk.set('2026-11-24T12:00:00')
  const { id } = punch('out')
  desk.pass(10_000)
  desk.do('punches.undo', { id }, anna)
  expect(entries()).toEqual([])
  expect(desk.ask('attendance.now', {}, anna)).toMatchObject({
    presence: 'in',
    work: { projectId: 1, milestoneId: 1, since: '2026-11-24T08:00:00+01:00' },
  })
  desk.set('2026-11-24T16:00:00')
  punch('out')
  expect(entries()).toEqual([entry('08:00', '16:00', 1, 1)])
})

test('coming that is taken back takes back the work that began with it', () => {
  const { id } = punch('in')
  workOn({ projectId: 1 })
  desk.do('punches.undo', { id }, anna)
  expect(desk.ask('attendance.now', {}, anna)).toMatchObject({ presence: 'out', work: null })
  expect(entries()).toEqual([])
})

test('a slip of less than a minute makes no entry, and its time is the next one’s', () => {
  punch('in')
  workOn({ projectId: 1 })
  desk.pass(30_000)
  expect(workOn({ projectId: 2 })).toMatchObject({
    work: { projectId: 2, since: '2026-11-24T08:00:00+01:00' },
  })
  desk.set('2026-11-24T09:00:00')
  workOn(null)
  expect(entries()).toEqual([entry('08:00', '09:00', 2)])
})

describe('sent again', () => {
  test('while it runs it changes nothing', () => {
    punch('in')
    workOn({ projectId: 1 }, 'first')
    desk.set('2026-11-24T09:00:00')
    expect(workOn({ projectId: 1 }, 'first')).toMatchObject({ work: { since: '2026-11-24T08:00:00+01:00' } })
    expect(workOn({ projectId: 1 }, 'other')).toMatchObject({ work: { since: '2026-11-24T08:00:00+01:00' } })
    expect(entries()).toEqual([])
  })

  test('when something else runs since it does not come back', () => {
    punch('in')
    workOn({ projectId: 1 }, 'first')
    desk.set('2026-11-24T09:00:00')
    workOn({ projectId: 2 }, 'second')
    expect(workOn({ projectId: 1 }, 'first')).toMatchObject({ work: { projectId: 2 } })
    expect(entries()).toHaveLength(1)
  })
})

describe('refused', () => {
  test.each<[string, PunchKind[]]>([
    ['out', []],
    ['on a break', ['in', 'break_start']],
  ])('to who is %s', (_state, kinds) => {
    kinds.forEach(punch)
    expect(() => workOn({ projectId: 1 })).toThrow(expect.objectContaining({ code: 'conflict' }))
    // To say that nothing is worked on is true then.
    expect(workOn(null)).toMatchObject({ work: null })
  })

  test.each([
    [{ projectId: 9 }, 'not_found'],
    [{ projectId: 2, milestoneId: 1 }, 'invalid'],
  ])('on %j', (target, code) => {
    punch('in')
    expect(() => workOn(target)).toThrow(expect.objectContaining({ code }))
  })

  test('for others', () => {
    punch('in')
    const other = () =>
      desk.do('work.switch', { key: 'x', user: 'anna', target: { projectId: 1 } }, person(2, 'admin'))
    expect(other).toThrow(expect.objectContaining({ code: 'forbidden' }))
  })

  test('to delete what somebody is working on', () => {
    punch('in')
    workOn({ projectId: 1, milestoneId: 1 })
    expect(() => desk.do('milestones.remove', { id: 1 })).toThrow(/working on/)
    expect(() => desk.do('projects.remove', { id: 1 })).toThrow(/working on/)
  })
})

test('favourites are what most time went to in the last weeks, the latest first', () => {
  desk.sql.exec("INSERT INTO projects (id, name, archived) VALUES (3, 'Alt', 1)")
  const book = (projectId: number, day: string, hours: number) =>
    desk.do('entries.create', {
      key: `e${++made}`,
      user: 'anna',
      start: desk.at(`${day}T08:00:00`),
      end: desk.at(`${day}T08:00:00`) + hours * HOUR,
      private: false,
      target: { projectId, ...(projectId === 1 && { milestoneId: 1 }) },
    })
  book(1, '2026-11-10', 5)
  book(2, '2026-11-12', 1)
  book(3, '2026-11-13', 8)
  book(2, '2026-10-20', 8)
  expect(desk.ask('attendance.now', {}, anna).favourites).toEqual([
    { projectId: 2, milestoneId: null },
    { projectId: 1, milestoneId: 1 },
  ])
})
