import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '../../contract/calls.ts'
import { assign, makeProject, record } from '../testing/make.ts'
import { eventually, startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

type DayAnswer = Answer<'days.get'>
let person = 0
let user: string
beforeEach(() => {
  user = `person-${++person}`
})

const on = (start: string, end: string, title = 'Plan EG.dwg', more: object = {}) => ({
  user,
  app: 'acad.exe',
  title,
  start: `2026-11-24T${start}:00+01:00`,
  end: `2026-11-24T${end}:00+01:00`,
  ...more,
})
const day = async (of = user) => (await world.get(`/api/days/2026-11-24?user=${of}`)).json as DayAnswer
const told = ({ sessions }: DayAnswer) =>
  sessions.map(
    ({ start, end, title, events }) => `${start.slice(11, 16)}-${end.slice(11, 16)} ${title} ${events}`,
  )
const undo = (batch: number | null) => world.call('POST', `/api/batches/${String(batch)}/undo`, {})

describe('sessions of a day', () => {
  test('grow as events arrive, and a late one repairs those it touches', async () => {
    await record(world, on('09:00', '09:10'))
    await record(world, on('09:20', '09:30'))
    const before = await day()
    expect(told(before)).toEqual(['09:00-09:10 Plan EG.dwg 1', '09:20-09:30 Plan EG.dwg 1'])
    await record(world, on('09:12', '09:18'))
    const after = await day()
    expect(told(after)).toEqual(['09:00-09:30 Plan EG.dwg 3'])
    expect(after.sessions[0]?.id).toBe(before.sessions[0]?.id)
    expect(after.events.map(({ sessionId }) => sessionId)).toEqual(Array(3).fill(after.sessions[0]?.id))
  })

  test('are told apart by person, and end with the day', async () => {
    await record(
      world,
      on('23:50', '23:58'),
      { ...on('00:00', '00:00'), start: '2026-11-25T00:01:00+01:00', end: '2026-11-25T00:10:00+01:00' },
      on('23:50', '23:58', 'Plan EG.dwg', { user: `${user}-other` }),
    )
    expect(told(await day())).toEqual(['23:50-23:58 Plan EG.dwg 1'])
    expect(told(await day(`${user}-other`))).toEqual(['23:50-23:58 Plan EG.dwg 1'])
  })

  test('know what is small, and count what is there once', async () => {
    await record(world, on('09:00', '09:10'), on('09:00', '09:10', 'Plan EG.dwg', { machine: 'PC-2' }), {
      ...on('10:00', '10:01'),
      title: 'Kurz',
    })
    const { sessions } = await day()
    expect(sessions.map(({ activeMs, small }) => [activeMs, small])).toEqual([
      [600_000, false],
      [60_000, true],
    ])
  })

  test('leave out the time away, and so do the hours of the project and the export', async () => {
    const [work = 0] = await record(world, on('12:00', '13:00'))
    const project = await makeProject(world, { name: `Halle ${user}` })
    await assign(world, [work], project)
    const booked = async () =>
      ((await world.get('/api/projects')).json as Answer<'projects.list'>).items.find(
        ({ id }) => id === project,
      )?.bookedMs
    expect(await booked()).toBe(3_600_000)
    await record(world, {
      user,
      source: 'afk',
      title: null,
      app: null,
      start: '2026-11-24T12:15:00+01:00',
      end: '2026-11-24T12:45:00+01:00',
    })
    expect((await day()).events.find(({ id }) => id === work)).toMatchObject({ awayMs: 1_800_000 })
    expect(await booked()).toBe(1_800_000)
    const csv = (await world.get(`/api/export/csv?user=${user}`)).bytes.toString()
    expect(csv.split('\r\n')[1]).toMatch(/12:00:00,13:00:00,30,/)
    const summary = (await world.get('/api/days/2026-11-24/summary')).json as Answer<'days.summary'>
    expect(summary.people.find((one) => one.user === user)).toMatchObject({
      capturedMs: 1_800_000,
      assignedMs: 1_800_000,
    })
  })
})

describe('splitting', () => {
  test('parts events at a time, cuts the one across it, and undo puts all back', async () => {
    const ids = await record(world, on('09:00', '09:20'), on('09:20', '09:40'), on('09:40', '10:00'))
    const before = await day()
    const project = await makeProject(world)
    await assign(world, ids, project)
    const answer = await world.call('POST', '/api/sessions/split', {
      eventIds: ids,
      at: '2026-11-24T09:30:00+01:00',
    })
    expect(answer.status).toBe(200)
    const { batch, changed } = answer.json as Answer<'sessions.split'>
    expect(changed).toHaveLength(5)
    const after = await day()
    expect(told(after)).toEqual(['09:00-09:30 Plan EG.dwg 2', '09:30-10:00 Plan EG.dwg 2'])
    expect(after.events.every(({ assignment }) => assignment?.projectId === project)).toBe(true)
    expect((await undo(batch)).json).toMatchObject({ left: [] })
    expect(told(await day())).toEqual(told(before))
    expect((await day()).events.map(({ id }) => id)).toEqual(ids)
  })

  test('lasts: what comes later joins neither part, and the cut event is not stored again', async () => {
    const event = on('09:00', '10:00', 'Plan EG.dwg', { key: `cut-${user}` })
    const ids = await record(world, event)
    await world.call('POST', '/api/sessions/split', { eventIds: ids, at: '2026-11-24T09:30:00+01:00' })
    expect(await record(world, event)).toEqual(ids)
    await record(world, on('10:01', '10:30'))
    expect(told(await day())).toEqual([
      '09:00-09:30 Plan EG.dwg 1',
      '09:30-10:00 Plan EG.dwg 1',
      '10:01-10:30 Plan EG.dwg 1',
    ])
  })

  test.each([
    ['before', '2026-11-24T08:59:59+01:00'],
    ['at the beginning', '2026-11-24T09:00:00+01:00'],
    ['at the end', '2026-11-24T10:00:00+01:00'],
  ])('%s of the events is refused', async (_where, at) => {
    const ids = await record(world, on('09:00', '10:00'))
    const answer = await world.call('POST', '/api/sessions/split', { eventIds: ids, at })
    expect(answer).toMatchObject({
      status: 422,
      json: { error: { fields: { at: 'must lie within the events' } } },
    })
  })
})

describe('merging', () => {
  test('makes one of several, however far apart, and undo parts them', async () => {
    const ids = await record(
      world,
      on('09:00', '09:20', 'Plan'),
      on('14:00', '14:20', 'Angebot', { app: 'winword.exe' }),
    )
    const answer = await world.call('POST', '/api/sessions/merge', { eventIds: ids })
    expect(told(await day())).toEqual(['09:00-14:20 Plan 2'])
    await undo((answer.json as Answer<'sessions.merge'>).batch)
    expect(told(await day())).toEqual(['09:00-09:20 Plan 1', '14:00-14:20 Angebot 1'])
  })

  test('of several people or days, of hidden or unknown events is refused', async () => {
    const [mine = 0, hidden = 0] = await record(world, on('09:00', '09:20'), on('10:00', '10:20'))
    const [theirs = 0] = await record(world, on('09:00', '09:20', 'Plan', { user: `${user}-other` }))
    const [tomorrow = 0] = await record(world, {
      ...on('09:00', '09:20'),
      start: '2026-11-25T09:00:00+01:00',
      end: '2026-11-25T09:20:00+01:00',
    })
    const merge = (eventIds: number[]) => world.call('POST', '/api/sessions/merge', { eventIds })
    for (const other of [theirs, tomorrow])
      expect(await merge([mine, other])).toMatchObject({
        status: 422,
        json: { error: { fields: { eventIds: 'must be of one person and one day' } } },
      })
    await world.call('PATCH', '/api/events', { eventIds: [hidden], set: { deleted: true } })
    expect((await merge([mine, hidden])).status).toBe(404)
    expect((await merge([mine, 999_999])).status).toBe(404)
  })
})

describe('settings', () => {
  test('are tried on a day first, then make all sessions anew; splits and assignments stay', async () => {
    const ids = await record(world, on('09:00', '09:10'), on('09:14', '09:20'), on('11:00', '12:00'))
    const project = await makeProject(world)
    await assign(world, ids, project)
    await world.call('POST', '/api/sessions/split', { eventIds: [ids[2]], at: '2026-11-24T11:30:00+01:00' })
    const usual = ['09:00-09:20 Plan EG.dwg 2', '11:00-11:30 Plan EG.dwg 1', '11:30-12:00 Plan EG.dwg 1']
    const strict = ['09:00-09:10 Plan EG.dwg 1', '09:14-09:20 Plan EG.dwg 1', ...usual.slice(1)]
    const preview = await world.get(`/api/days/2026-11-24/sessions?user=${user}&gapSeconds=60`)
    expect(told(preview.json as DayAnswer)).toEqual(strict)
    expect(told(await day())).toEqual(usual)

    const changed = await world.call('PATCH', '/api/settings', { sessions: { gapSeconds: 60 } })
    expect(changed.json).toMatchObject({ sessions: { gapSeconds: 60, breakSeconds: 60 } })
    await eventually(async () => told(await day()).join() === strict.join())
    expect((await day()).events.every(({ assignment }) => assignment?.projectId === project)).toBe(true)
    await eventually(
      async () => ((await world.get('/api/sessions/progress')).json as Answer<'sessions.progress'>).complete,
    )
    await world.call('PATCH', '/api/settings', { sessions: { gapSeconds: 300 } })
    await eventually(async () => told(await day()).join() === usual.join())
  })

  test.each([[{ gapSeconds: 29 }], [{ similarity: 1.1 }], [{ breakSeconds: 1.5 }], [{ unknown: 1 }]])(
    '%j is refused',
    async (sessions) => {
      expect((await world.call('PATCH', '/api/settings', { sessions })).status).toBe(422)
    },
  )
})
