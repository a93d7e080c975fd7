// @vitest-environment node
import { expect, test } from 'vitest'
import type { Week } from '../../../contract/weeks.ts'
import { PROJECTS, makeMilestone, makeProject } from '../../fixtures/world.ts'
import { MONDAY, makeWeek } from '../../fixtures/week.ts'
import { type Pending, weekDays, weekRows } from './rows.ts'

const HOUR = 3_600_000

const names = (projects = PROJECTS) => ({
  projects: new Map(projects.map((project) => [project.id, project])),
  milestones: new Map(projects.flatMap(({ milestones }) => milestones.map((one) => [one.id, one]))),
})
const rowsOf = (
  week: Week,
  added: Parameters<typeof weekRows>[1] = [],
  pending: Pending[] = [],
  of = names(),
) => weekRows(week, added, pending, of, 'de')

const week = makeWeek(
  [
    [6, 4],
    [8, 8],
  ],
  [
    { target: [3, 30], hours: [3] },
    { target: [1, 10], hours: [1, 8], entered: [0, 2] },
    { target: [2, null], hours: [0.5] },
    { target: [2, 20], hours: [0.5] },
  ],
)

test('rows stand in the order of their names, time without a milestone after those with one', () => {
  expect(rowsOf(week).map(({ project, milestone }) => [project, milestone])).toEqual([
    ['Kita Sonnenhof', 'Kostenberechnung'],
    ['Kita Sonnenhof', null],
    ['Rathaus', 'Brandschutz'],
    ['Werkhalle Nord', 'Ausführungsplanung'],
  ])
})

test('a row has a cell for each day, with what was entered by hand, and its total', () => {
  const row = rowsOf(week).at(-1)
  expect(row?.cells.slice(0, 3)).toEqual([
    { ms: HOUR, enteredMs: 0 },
    { ms: 8 * HOUR, enteredMs: 2 * HOUR },
    { ms: 0, enteredMs: 0 },
  ])
  expect(row?.cells).toHaveLength(7)
  expect(row?.totalMs).toBe(9 * HOUR)
})

test('rows that were added are there without time, and only once', () => {
  const added = [
    { projectId: 1, milestoneId: 11 },
    { projectId: 3, milestoneId: 30 },
  ]
  expect(rowsOf(week, added).map(({ key, totalMs }) => [key, totalMs / HOUR])).toEqual([
    ['2/20', 0.5],
    ['2/', 0.5],
    ['3/30', 3],
    ['1/10', 9],
    ['1/11', 0],
  ])
})

test('what waits for the hub counts at once, in the row and in the day', () => {
  const pending = [{ pick: { projectId: 1, milestoneId: 11 }, day: MONDAY, ms: 1.5 * HOUR }]
  const rows = rowsOf(week, [], pending)
  expect(rows.at(-1)).toMatchObject({ key: '1/11', totalMs: 1.5 * HOUR })
  expect(rows.at(-1)?.cells[0]).toEqual({ ms: 1.5 * HOUR, enteredMs: 1.5 * HOUR })
  expect(weekDays(week, rows, pending)[0]).toMatchObject({
    capturedMs: 7.5 * HOUR,
    explainedMs: 5.5 * HOUR,
    openMs: 2 * HOUR,
  })
})

test('the shares of a day are by project, and what is booked twice is not longer than the day', () => {
  const [monday, tuesday] = weekDays(week, rowsOf(week), [])
  expect(monday?.shares.map(({ colour, ms }) => [colour, ms / HOUR])).toEqual([
    [2, 0.8],
    [3, 2.4],
    [1, 0.8],
  ])
  expect(tuesday?.shares).toEqual([{ colour: 1, ms: 8 * HOUR }])
})

test('weekends are known, and a day without anything has no shares', () => {
  const days = weekDays(week, rowsOf(week), [])
  expect(days.map(({ isWeekend }) => isWeekend)).toEqual([false, false, false, false, false, true, true])
  expect(days.at(-1)?.shares).toEqual([])
})

test('what is archived or gone is named as far as it is known, and takes no more time', () => {
  const projects = [
    makeProject(1, 'Alt', ['a'], { archived: true }),
    makeProject(2, 'Neu', [], { milestones: [makeMilestone(20, 2, 'b', { archived: true })] }),
  ]
  const rows = rowsOf(week, [{ projectId: 2, milestoneId: 20 }], [], names(projects))
  expect(rows.map(({ key, project, isClosed }) => [key, project, isClosed])).toEqual([
    ['3/30', null, true],
    ['1/10', 'Alt', true],
    ['2/20', 'Neu', true],
    ['2/', 'Neu', false],
  ])
})
