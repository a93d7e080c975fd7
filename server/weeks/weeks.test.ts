import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '../../contract/calls.ts'
import { assign, makeMilestone, makeProject, record } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
let project: number
let milestone: number
beforeAll(async () => {
  world = await startWorld()
  project = await makeProject(world)
  milestone = await makeMilestone(world, project)
})
afterAll(() => world.close())

const HOUR = 3_600_000
const on = (day: string, start: string, end: string, more: object = {}) => ({
  user: 'anna',
  start: `2026-${day}T${start}:00+01:00`,
  end: `2026-${day}T${end}:00+01:00`,
  ...more,
})
const week = async (day: string, user = 'anna') =>
  (await world.get(`/api/weeks/${day}?user=${user}`)).json as Answer<'weeks.get'>

test('a week has a row for each target and a column for each day, and what overlaps counts once', async () => {
  const [monday = 0, tuesday = 0, beside = 0, entered = 0] = await record(
    world,
    on('11-23', '09:00', '11:00'),
    on('11-24', '09:00', '10:00'),
    on('11-24', '09:30', '10:30', { machine: 'PC-2' }),
    on('11-29', '14:00', '15:30', { source: 'manual' }),
    on('11-24', '12:00', '13:00'),
    on('11-30', '09:00', '10:00'),
  )
  await assign(world, [monday, tuesday, entered], project, milestone)
  await assign(world, [beside], project)
  const { days, rows } = await week('2026-11-26')
  expect(days.map(({ day }) => day.slice(5))).toEqual([
    '11-23',
    '11-24',
    '11-25',
    '11-26',
    '11-27',
    '11-28',
    '11-29',
  ])
  expect(days[0]).toMatchObject({ capturedMs: 2 * HOUR, explainedMs: 2 * HOUR, openMs: 0 })
  expect(days[1]).toMatchObject({ capturedMs: 2.5 * HOUR, explainedMs: 1.5 * HOUR, openMs: HOUR })
  expect(days[2]).toMatchObject({ capturedMs: 0, openMs: 0 })
  expect(rows).toEqual([
    {
      projectId: project,
      milestoneId: milestone,
      ms: [2 * HOUR, HOUR, 0, 0, 0, 0, 1.5 * HOUR],
      enteredMs: [0, 0, 0, 0, 0, 0, 1.5 * HOUR],
    },
    { projectId: project, milestoneId: null, ms: [0, HOUR, 0, 0, 0, 0, 0], enteredMs: Array(7).fill(0) },
  ])
})

test('the week of the long night has an hour more, and absence counts for nothing', async () => {
  await record(
    world,
    { user: 'dst', start: '2026-10-25T02:30:00+02:00', end: '2026-10-25T02:30:00+01:00' },
    {
      user: 'dst',
      source: 'afk',
      title: null,
      app: null,
      start: '2026-10-25T02:45:00+02:00',
      end: '2026-10-25T02:15:00+01:00',
    },
  )
  expect((await week('2026-10-25', 'dst')).days[6]).toMatchObject({ day: '2026-10-25', capturedMs: HOUR / 2 })
})

test('an empty week is seven empty days; a day that is none is refused', async () => {
  const { days, rows } = await week('2026-01-01', 'nobody')
  expect([days.length, rows]).toEqual([7, []])
  expect((await world.get('/api/weeks/2026-02-30')).status).toBe(422)
})
