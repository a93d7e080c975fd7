import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordOne } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld({ zone: 'Europe/Berlin' })
})
afterAll(() => world.close())

type WithId = { id: number }

async function create(path: string, body: object): Promise<number> {
  const answer = await world.call('POST', path, body)
  expect(answer.status, answer.bytes.toString()).toBe(201)
  return (answer.json as WithId).id
}
async function list(path: string): Promise<WithId[]> {
  const answer = await world.get(path)
  expect(answer.status).toBe(200)
  return answer.json as WithId[]
}
const remove = (path: string) => world.send(path, { method: 'DELETE' })

/** A project with an hour of work in its milestone. */
async function booked(name: string) {
  const project = await create('/projects', { name })
  const milestone = await create('/milestones', { project_id: project, name: 'Planung' })
  const event = await recordOne(world)
  await create('/assignments', { event_id: event, project_id: project, milestone_id: milestone })
  return { project, milestone, event }
}

describe('projects', () => {
  test('have a client and notes, null when there are none, and are listed by name', async () => {
    const id = await create('/projects', {
      name: 'Brücke Nord',
      kunde: 'Stadtwerke',
      notizen: 'Los 1\nLos 2',
    })
    const bare = await create('/projects', { name: 'Anbau' })
    const all = await list('/projects')
    expect(all).toContainEqual({ id, name: 'Brücke Nord', kunde: 'Stadtwerke', notizen: 'Los 1\nLos 2' })
    expect(all).toContainEqual({ id: bare, name: 'Anbau', kunde: null, notizen: null })
    expect(all.map((one) => one.id)).toEqual([bare, id])
  })

  test('can be replaced: what is not sent again is gone', async () => {
    const id = await create('/projects', { name: 'Alt', kunde: 'K', notizen: 'N' })
    expect(await world.call('PUT', `/projects/${id}`, { name: 'Neu', kunde: 'L' })).toMatchObject({
      status: 200,
      json: { id, name: 'Neu', kunde: 'L', notizen: null },
    })
  })

  test('have names of their own', async () => {
    await create('/projects', { name: 'Einmalig' })
    const other = await create('/projects', { name: 'Zweiter' })
    const twice = await world.call('POST', '/projects', { name: 'Einmalig' })
    expect(twice).toMatchObject({ status: 409, json: { detail: 'There is a project "Einmalig" already.' } })
    expect((await world.call('PUT', `/projects/${other}`, { name: 'Einmalig' })).status).toBe(409)
  })

  test('need a name', async () => {
    const before = world.counts()
    for (const body of [{}, { name: '' }, { name: '   ' }, { name: null }, { name: 7 }]) {
      const answer = await world.call('POST', '/projects', body)
      expect(answer.status).toBe(422)
      expect(answer.json).toEqual({ detail: [expect.objectContaining({ loc: ['body', 'name'] })] })
    }
    expect(world.counts()).toEqual(before)
  })

  test('that there are not answer 404', async () => {
    expect((await world.call('PUT', '/projects/999999', { name: 'x' })).status).toBe(404)
    expect(await remove('/projects/999999')).toMatchObject({
      status: 404,
      json: { detail: 'There is no project 999999.' },
    })
  })

  test('without hours are deleted with their milestones', async () => {
    const id = await create('/projects', { name: 'Leer' })
    await create('/milestones', { project_id: id, name: 'M' })
    const answer = await remove(`/projects/${id}`)
    expect([answer.status, answer.bytes.length]).toEqual([204, 0])
    expect(world.rows(`SELECT id FROM projects WHERE id = ${id}`)).toEqual([])
    expect(world.rows(`SELECT id FROM milestones WHERE project_id = ${id}`)).toEqual([])
  })

  test('with hours disappear from the lists when deleted, and keep every hour', async () => {
    const { project, milestone, event } = await booked('Mit Stunden')
    expect((await remove(`/projects/${project}`)).status).toBe(204)
    expect((await list('/projects')).map(({ id }) => id)).not.toContain(project)
    expect((await list('/milestones')).map(({ id }) => id)).not.toContain(milestone)
    expect(await list('/assignments')).toContainEqual(expect.objectContaining({ event_id: event }))
    expect((await world.get('/export/csv')).bytes.toString()).toContain('Mit Stunden')
  })

  test('that were deleted with hours come back under their old id when created again', async () => {
    const { project } = await booked('Kommt wieder')
    await remove(`/projects/${project}`)
    expect(await create('/projects', { name: 'Kommt wieder', kunde: 'Neu' })).toBe(project)
    expect(await list('/projects')).toContainEqual(expect.objectContaining({ id: project, kunde: 'Neu' }))
  })
})

describe('milestones', () => {
  let project: number
  beforeAll(async () => {
    project = await create('/projects', { name: 'Halle 7' })
  })

  test('have hours and a bonus, of one project or all, by name', async () => {
    const other = await create('/projects', { name: 'Halle 8' })
    const full = { name: 'Statik', soll_stunden: 80.5, ist_stunden: 12.25, bonus_relevant: true }
    const statik = await create('/milestones', { project_id: project, ...full })
    const bare = await create('/milestones', { project_id: project, name: 'Abnahme' })
    const elsewhere = await create('/milestones', { project_id: other, name: 'Boden' })
    expect(await list(`/milestones?project_id=${project}`)).toEqual([
      {
        id: bare,
        project_id: project,
        name: 'Abnahme',
        soll_stunden: null,
        ist_stunden: 0,
        bonus_relevant: false,
      },
      { id: statik, project_id: project, ...full },
    ])
    const all = (await list('/milestones')).map(({ id }) => id)
    expect(all).toEqual(expect.arrayContaining([statik, bare, elsewhere]))
    expect(all.indexOf(bare)).toBeLessThan(all.indexOf(elsewhere))
  })

  test('can be replaced', async () => {
    const id = await create('/milestones', { project_id: project, name: 'A', soll_stunden: 5 })
    const body = { project_id: project, name: 'B', ist_stunden: 3, bonus_relevant: true }
    expect(await world.call('PUT', `/milestones/${id}`, body)).toMatchObject({
      status: 200,
      json: { id, project_id: project, name: 'B', soll_stunden: null, ist_stunden: 3, bonus_relevant: true },
    })
  })

  test('of one project have names of their own', async () => {
    await create('/milestones', { project_id: project, name: 'Doppelt' })
    expect((await world.call('POST', '/milestones', { project_id: project, name: 'Doppelt' })).status).toBe(
      409,
    )
  })

  test.each([
    ['name', { name: '' }],
    ['project_id', { project_id: '1' }],
    ['project_id', { project_id: -1 }],
    ['soll_stunden', { soll_stunden: -1 }],
    ['soll_stunden', { soll_stunden: '80' }],
    ['ist_stunden', { ist_stunden: 1e300 }],
    ['bonus_relevant', { bonus_relevant: 'ja' }],
  ])('are refused a wrong %s: %j', async (field, wrong) => {
    const before = world.counts()
    const answer = await world.call('POST', '/milestones', { project_id: project, name: 'x', ...wrong })
    expect(answer.status).toBe(422)
    expect(answer.json).toEqual({ detail: [expect.objectContaining({ loc: ['body', field] })] })
    expect(world.counts()).toEqual(before)
  })

  test('need a project that there is', async () => {
    expect((await world.call('POST', '/milestones', { project_id: 999999, name: 'x' })).status).toBe(404)
    expect((await world.call('PUT', '/milestones/999999', { project_id: project, name: 'x' })).status).toBe(
      404,
    )
    expect((await remove('/milestones/999999')).status).toBe(404)
    expect((await world.get('/milestones?project_id=one')).status).toBe(422)
    expect(await list('/milestones?project_id=999999')).toEqual([])
  })

  test('without hours are deleted, with hours hidden and kept', async () => {
    const empty = await create('/milestones', { project_id: project, name: 'Leer' })
    expect((await remove(`/milestones/${empty}`)).status).toBe(204)
    expect(world.rows(`SELECT id FROM milestones WHERE id = ${empty}`)).toEqual([])

    const { project: owner, milestone } = await booked('Halle 9')
    expect((await remove(`/milestones/${milestone}`)).status).toBe(204)
    expect(await list(`/milestones?project_id=${owner}`)).toEqual([])
    expect((await world.get('/export/csv')).bytes.toString()).toContain('Halle 9,Planung')
  })

  test('that were deleted with hours come back under their old id when created again', async () => {
    const { project: owner, milestone } = await booked('Halle 10')
    await remove(`/milestones/${milestone}`)
    const again = await create('/milestones', { project_id: owner, name: 'Planung', soll_stunden: 9 })
    expect(again).toBe(milestone)
    expect(await list(`/milestones?project_id=${owner}`)).toMatchObject([{ id: milestone, soll_stunden: 9 }])
  })
})
