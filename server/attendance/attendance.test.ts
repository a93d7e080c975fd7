import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '../../contract/calls.ts'
import { OPERATOR } from '../../contract/access.ts'
import { formatUtc } from '../../contract/time.ts'
import { makeProject, record } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
  await record(world, ...['anna', 'ben', 'cleo', 'dora', 'emil'].map((user) => ({ user })))
})
afterAll(() => world.close())

let made = 0
const punch = (user: string, kind: string, more: object = {}) =>
  world.call('POST', '/api/punches', { key: `k${++made}`, user, kind, ...more })
const now = async (user: string) =>
  (await world.get(`/api/attendance?user=${user}`)).json as Answer<'attendance.now'>
const kinds = (user: string) =>
  world
    .rows(
      `SELECT kind FROM punches p JOIN users u ON u.id = p.user_id WHERE u.handle = '${user}' ORDER BY at, p.id`,
    )
    .map(({ kind }) => kind)

test('two kiosks in the same second make one coming', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => punch('anna', 'in')))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(409)])
  expect(kinds('anna')).toEqual(['in'])
})

test('one punch that is sent by both at once is stored once', async () => {
  const sent = { key: 'both', at: formatUtc(Date.now() - 1000) }
  const answers = await Promise.all(Array.from({ length: 8 }, () => punch('ben', 'in', sent)))
  expect(new Set(answers.map(({ bytes }) => bytes.toString())).size).toBe(1)
  expect(answers.every(({ status }) => status === 201)).toBe(true)
  expect(kinds('ben')).toEqual(['in'])
})

test('a journal of punches in one millisecond comes out in the order it was sent', async () => {
  const at = formatUtc(Date.now() - 60_000)
  for (const kind of ['in', 'break_start', 'break_end', 'out', 'in'])
    expect((await punch('cleo', kind, { at })).status).toBe(201)
  expect(kinds('cleo')).toEqual(['in', 'break_start', 'break_end', 'out', 'in'])
  expect((await now('cleo')).presence).toBe('in')
})

test('an answer that the clock makes stale is not kept, others are until somebody punches', async () => {
  await punch('dora', 'in', { at: formatUtc(Date.now() - 1000) })
  const first = await now('dora')
  expect(first.today.workedMs).toBeGreaterThan(0)
  await expect.poll(async () => (await now('dora')).today.workedMs).toBeGreaterThan(first.today.workedMs)
  expect((await world.get('/api/attendance?user=dora')).headers['etag']).toBeUndefined()

  const who = async () => (await world.get('/api/attendance/who')).json as Answer<'attendance.who'>
  const presence = async () => (await who()).items.find(({ user }) => user === 'dora')?.presence
  expect(await presence()).toBe('in')
  await punch('dora', 'out')
  expect(await presence()).toBe('out')
})

test('work, corrections and taking back go through their calls', async () => {
  const project = await makeProject(world)
  const came = (await punch('emil', 'in', { at: formatUtc(Date.now() - 3_600_000) }))
    .json as Answer<'punches.create'>
  const begun = await world.call('PUT', '/api/work', {
    key: 'w',
    user: 'emil',
    target: { projectId: project },
  })
  expect(begun.json).toMatchObject({ work: { projectId: project } })
  expect((await punch('emil', 'break_start')).status).toBe(201)

  const asked = await world.call('POST', '/api/corrections', {
    key: 'c',
    user: 'emil',
    reason: 'früher',
    voids: [came.id],
    adds: [{ kind: 'in', at: formatUtc(Date.now() - 7_200_000) }],
  })
  expect(asked).toMatchObject({ status: 201, json: { state: 'open', user: 'emil' } })
  const { id } = asked.json as Answer<'corrections.create'>
  expect((await world.get('/api/corrections?state=open')).json).toMatchObject({ items: [{ id }] })
  const decided = await world.call('POST', `/api/corrections/${id}/decision`, { approve: true })
  expect(decided).toMatchObject({ status: 200, json: { state: 'approved', decidedBy: null } })
  expect((await world.call('POST', `/api/corrections/${id}/withdrawal`)).status).toBe(409)

  const out = (await punch('emil', 'out')).json as Answer<'punches.create'>
  expect((await world.call('POST', `/api/punches/${out.id}/undo`)).status).toBe(200)
  expect((await now('emil')).presence).toBe('break')
})

test('a day shows when its person was present', async () => {
  const presence = async (user: string) => {
    const day = (await now(user)).today.day
    return ((await world.get(`/api/days/${day}?user=${user}`)).json as Answer<'days.get'>).presence
  }
  await record(world, { user: 'frida' })
  expect(await presence('frida')).toEqual([])
  await punch('frida', 'in', { at: formatUtc(Date.now() - 1000) })
  expect(await presence('frida')).toMatchObject([{ kind: 'work', end: null }])
  await punch('frida', 'break_start')
  expect(await presence('frida')).toMatchObject([{ kind: 'work' }, { kind: 'break', end: null }])
})

test('a kiosk delivers through the writer', async () => {
  const [anna] = world.rows("SELECT id FROM users WHERE handle = 'anna'") as [{ id: number }]
  const sent = { key: 'journal', kind: 'out', at: undefined, userId: anna.id, deviceId: null } as const
  expect(await world.hub.pool.command('punches.deliver', sent, OPERATOR)).toMatchObject({ kind: 'out' })
})

test.each([
  ['POST', '/api/punches', { key: 'x', kind: 'in' }, 422],
  ['POST', '/api/punches', { key: 'x', kind: 'in', user: 'nobody' }, 404],
  ['POST', '/api/punches', { key: '', kind: 'in', user: 'anna' }, 422],
  ['POST', '/api/punches', { key: 'x', kind: 'lunch', user: 'anna' }, 422],
  ['POST', '/api/punches', { key: 'x', kind: 'in', user: 'anna', at: '2026-11-24T09:00:00' }, 422],
  ['POST', '/api/corrections', { key: 'x', user: 'anna', reason: 'nichts' }, 422],
  ['POST', '/api/corrections', { key: 'x', user: 'anna', reason: ' ', voids: [1] }, 422],
  ['PUT', '/api/work', { key: 'x', user: 'anna' }, 422],
  ['GET', '/api/attendance/days?from=2026-11-01&to=2027-01-02&user=anna', undefined, 422],
  ['GET', '/api/attendance/days?from=2026-11-02&to=2026-11-01&user=anna', undefined, 422],
  ['GET', '/api/attendance/days?from=2026-11-01&to=2027-01-01&user=anna', undefined, 200],
])('%s %s %j: %i', async (method, path, body, status) => {
  const before = world.rows('SELECT count(*) AS n FROM punches')
  expect((await world.call(method, path, body)).status).toBe(status)
  expect(world.rows('SELECT count(*) AS n FROM punches')).toEqual(before)
})
