// @vitest-environment node
import { expect, test } from 'vitest'
import { PROJECTS, makeMilestone, makeProject } from '../../fixtures/world.ts'
import { budgetOf, budgetOfProject, findProjects } from './budget.ts'

const HOUR = 3_600_000

test('done is what the ERP knew and what was booked here', () => {
  const milestone = makeMilestone(1, 1, 'Statik', { plannedHours: 60, doneBefore: 20, bookedMs: 11 * HOUR })
  expect(budgetOf(milestone)).toEqual({
    doneMs: 31 * HOUR,
    plannedMs: 60 * HOUR,
    leftMs: 29 * HOUR,
    isOver: false,
  })
})

test('beyond the plan is over, without a plan nothing can be', () => {
  expect(budgetOf(makeMilestone(1, 1, 'a', { plannedHours: 1, bookedMs: HOUR + 1 })).isOver).toBe(true)
  expect(budgetOf(makeMilestone(1, 1, 'a', { plannedHours: 1, bookedMs: HOUR })).isOver).toBe(false)
  expect(budgetOf(makeMilestone(1, 1, 'a', { bookedMs: HOUR }))).toMatchObject({
    leftMs: null,
    isOver: false,
  })
})

test('a project adds up its milestones and time without one', () => {
  const project = makeProject(1, 'A', [], {
    bookedMs: 5 * HOUR,
    milestones: [
      makeMilestone(1, 1, 'a', { plannedHours: 10, doneBefore: 1, bookedMs: 2 * HOUR }),
      makeMilestone(2, 1, 'b', { bookedMs: HOUR }),
    ],
  })
  expect(budgetOfProject(project)).toMatchObject({ doneMs: 6 * HOUR, plannedMs: 10 * HOUR })
})

test('the search finds projects by client and milestone as well', () => {
  const names = (query: string) => findProjects(PROJECTS, query).map(({ name }) => name)
  expect(names('behrens')).toEqual(['Werkhalle Nord'])
  expect(names('brandschutz alt')).toEqual(['Rathaus'])
  expect(names('')).toHaveLength(3)
  expect(names('nichts davon')).toEqual([])
})
