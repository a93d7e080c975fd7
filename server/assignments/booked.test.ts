import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeMilestone, makeProject, record } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
let projects: number[]
let milestones: number[]
beforeAll(async () => {
  world = await startWorld()
  projects = [await makeProject(world), await makeProject(world), await makeProject(world)]
  const owners = [...projects, ...projects.slice(0, 1)]
  milestones = await Promise.all(owners.map((project) => makeMilestone(world, project)))
})
afterAll(() => world.close())

const RECOMPUTED = `SELECT a.project_id, coalesce(a.milestone_id, 0) AS milestone_id, sum(e."end" - e.start) AS ms
  FROM assignments a JOIN events e ON e.id = a.event_id WHERE e.deleted_at IS NULL AND e.ignored = 0
  GROUP BY 1, 2 HAVING ms <> 0 ORDER BY 1, 2`
const KEPT = 'SELECT project_id, milestone_id, ms FROM booked WHERE ms <> 0 ORDER BY 1, 2'

const index = fc.nat(1000)
const some = fc.uniqueArray(index, { minLength: 1, maxLength: 6 })
const step = fc.oneof(
  fc.record({ do: fc.constant('assign' as const), events: some, milestone: index, bare: fc.boolean() }),
  fc.record({ do: fc.constant('unassign' as const), events: some }),
  fc.record({
    do: fc.constant('mark' as const),
    events: some,
    flag: fc.constantFrom('ignored', 'deleted', 'private'),
    on: fc.boolean(),
  }),
  fc.record({ do: fc.constant('move milestone' as const), milestone: index, project: index }),
  fc.record({ do: fc.constant('move assignment' as const), assignment: index, event: index }),
  fc.record({ do: fc.constant('undo' as const), batch: index }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

test('hours booked are the sum of what is assigned, whatever happens', async () => {
  const events = await record(
    world,
    ...Array.from({ length: 40 }, (_, n) => ({ end: `2026-11-24T${10 + (n % 10)}:00:00+01:00` })),
  )
  const of = <T>(list: readonly T[], at: number) => list[at % list.length] as T
  const ids = (sql: string) => world.rows(sql).map(({ id }) => Number(id))

  async function take(one: Step): Promise<number> {
    if (one.do === 'move milestone') {
      const project = of(projects, one.project)
      const path = `/api/milestones/${of(milestones, one.milestone)}`
      return (await world.call('PATCH', path, { projectId: project })).status
    }
    if (one.do === 'undo') {
      const batches = ids('SELECT id FROM batches')
      return batches.length === 0
        ? 200
        : (await world.call('POST', `/api/batches/${of(batches, one.batch)}/undo`, {})).status
    }
    if (one.do === 'move assignment') {
      const assignments = ids('SELECT id FROM assignments')
      if (assignments.length === 0) return 200
      const body = { event_id: of(events, one.event), project_id: of(projects, one.event) }
      return (await world.call('PUT', `/assignments/${of(assignments, one.assignment)}`, body)).status
    }
    const eventIds = one.events.map((at) => of(events, at))
    if (one.do === 'unassign')
      return (await world.call('PUT', '/api/assignments', { eventIds, target: null })).status
    if (one.do === 'mark')
      return (await world.call('PATCH', '/api/events', { eventIds, set: { [one.flag]: one.on } })).status
    const milestone = of(milestones, one.milestone)
    const owner = Number(
      world.rows(`SELECT project_id AS id FROM milestones WHERE id = ${milestone}`)[0]?.['id'],
    )
    const target = { projectId: owner, milestoneId: one.bare ? null : milestone }
    return (await world.call('PUT', '/api/assignments', { eventIds, target })).status
  }

  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      for (const one of steps) {
        expect([200, 400, 409], JSON.stringify(one)).toContain(await take(one))
        expect(world.rows(KEPT), JSON.stringify(one)).toEqual(world.rows(RECOMPUTED))
      }
    }),
    { numRuns: 12 },
  )
})
