import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '../../contract/calls.ts'
import { assign, makeMilestone, makeProject, record } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
let project: number
let milestone: number
beforeAll(async () => {
  world = await startWorld()
  project = await makeProject(world, { name: 'Rathaus' })
  milestone = await makeMilestone(world, project, { name: 'Brandschutz' })
})
afterAll(() => world.close())

const on = (day: number, user: string, title: string, more: object = {}) => ({
  user,
  title,
  app: 'acad.exe',
  start: `2026-11-${day}T09:00:00+01:00`,
  end: `2026-11-${day}T10:00:00+01:00`,
  ...more,
})
const ofDay = async (user: string, day = 24) =>
  ((await world.get(`/api/days/2026-11-${day}/suggestions?user=${user}`)).json as Answer<'suggestions.ofDay'>)
    .items

test('what a person explained on other days is proposed for the same again, and nobody else learns of it', async () => {
  const past = await record(world, on(20, 'anna', 'Grundriss EG.dwg'))
  await assign(world, past, project, milestone)
  await record(world, on(24, 'anna', 'Grundriss EG_v3.dwg'), on(24, 'ben', 'Grundriss EG.dwg'))
  const [mine] = await ofDay('anna')
  expect(mine?.offers[0]).toEqual({
    projectId: project,
    milestoneId: milestone,
    because: [{ kind: 'title', text: null }],
  })
  expect((await ofDay('ben')).flatMap(({ offers }) => offers)).toEqual([])
})

test('sessions that are explained, private, ignored or away need none', async () => {
  const ids = await record(
    world,
    on(25, 'cleo', 'Rathaus 1'),
    on(25, 'cleo', 'Ganz anders Rathaus', { private: true }),
    on(25, 'cleo', 'Wieder anders Rathaus'),
    on(25, 'cleo', null as never, { source: 'afk', app: null, machine: 'PC-9' }),
  )
  await assign(world, [ids[0] as number], project, milestone)
  await world.call('PATCH', '/api/events', { eventIds: [ids[2]], set: { ignored: true } })
  expect(await ofDay('cleo', 25)).toEqual([])
})

test('an archived project is proposed no more', async () => {
  await record(world, on(26, 'dora', 'Protokoll Brandschutz Rathaus'))
  expect((await ofDay('dora', 26))[0]?.offers).toHaveLength(1)
  await world.call('PATCH', `/api/projects/${project}`, { archived: true })
  expect((await ofDay('dora', 26))[0]?.offers).toEqual([])
})

test('an unknown person has nothing to explain', async () => {
  expect(await ofDay('nobody-of-that-name')).toEqual([])
})
