import { expect, test } from 'vitest'
import { dryRows } from './dry-rows.ts'

const HOUR = 3_600_000
const place = (milestoneId: number | null, projectId = 1) => ({ projectId, milestoneId })
const budget = (milestoneId: number, plannedHours: number | null, newDoneHours: number) => ({
  ...place(milestoneId),
  milestoneId,
  plannedHours,
  doneHours: 0,
  newDoneHours,
})

test('what nothing explains comes first, then what changes most', () => {
  const rows = dryRows({
    places: [
      { place: place(10), ms: HOUR, newMs: 5 * HOUR },
      { place: null, ms: 6 * HOUR, newMs: 3 * HOUR },
      { place: place(null, 2), ms: 2 * HOUR, newMs: HOUR },
    ],
    budgets: [],
  })
  expect(rows.map(({ key, deltaMs, afterMs }) => [key, deltaMs / HOUR, afterMs / HOUR])).toEqual([
    ['', -3, 3],
    ['1/10', 4, 5],
    ['2/', -1, 1],
  ])
})

test.each([
  [60, 61, { plannedMs: 60 * HOUR, doneMs: 61 * HOUR, isOver: true }],
  [60, 60, { plannedMs: 60 * HOUR, doneMs: 60 * HOUR, isOver: false }],
  [null, 61, null],
])('of a budget of %s hours, %s are done afterwards: %j', (planned, done, expected) => {
  const [row] = dryRows({
    places: [{ place: place(10), ms: 0, newMs: HOUR }],
    budgets: [budget(10, planned, done)],
  })
  expect(row?.budget).toEqual(expected)
})
