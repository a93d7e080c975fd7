import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeEvent, makeProject, recordOne } from '../testing/make.ts'
import { encoded, startWorld, type Answered, type World } from '../testing/world.ts'

let world: World
let project: number
let event: number
beforeAll(async () => {
  world = await startWorld()
  project = await makeProject(world, { name: 'Brücke' })
  event = await recordOne(world)
})
afterAll(() => world.close())

type Body = { error: { code: string; message: string; fields?: Record<string, string> } }

/** What a refusal says, after making sure that nothing was stored and nothing unexpected logged. */
async function refused(request: () => Promise<Answered>): Promise<{ status: number } & Body['error']> {
  const before = world.counts()
  world.log.length = 0
  const answer = await request()
  expect(world.counts()).toEqual(before)
  expect(world.log.filter(({ level }) => level === 'error')).toEqual([])
  expect(answer.headers['content-type']).toContain('application/json')
  return { status: answer.status, ...(answer.json as Body).error }
}

const json = (body: string, type = 'application/json') =>
  world.send('/api/events', { method: 'POST', headers: { 'content-type': type }, body })
const post = (fields: object) =>
  world.call('POST', '/api/events', { events: [{ ...makeEvent(), ...fields }] })

describe('a body', () => {
  test.each(['{', '', 'title=x', '{"events":[}', '[1,2', "{'events':[]}", '\uFEFFx'])(
    'that is not JSON is refused: %j',
    async (body) => {
      const { status, code } = await refused(() => json(body))
      expect([400, 422]).toContain(status)
      expect(['malformed', 'invalid']).toContain(code)
    },
  )

  test.each([
    'null',
    '[]',
    '"text"',
    '7',
    '{}',
    '{"events":null}',
    '{"events":{}}',
    '{"events":[]}',
    '{"events":[null]}',
  ])('that is JSON and no list of events is refused by name: %s', async (body) => {
    const { status, code, fields } = await refused(() => json(body))
    expect([status, code]).toEqual([422, 'invalid'])
    expect(Object.keys(fields ?? {})[0]).toMatch(/^(body|events(\.0)?)$/)
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])(
    'of another type than JSON is refused with 415: %j',
    async (type) => {
      const { status, code } = await refused(() => json('{"events":[]}', type))
      expect([status, code]).toEqual([415, 'unsupported_type'])
    },
  )

  test('in an unknown character set or compression is refused with 415', async () => {
    expect((await refused(() => json('{}', 'application/json; charset=klingon'))).status).toBe(415)
    const zipped = () =>
      world.send('/api/events', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': 'zip' },
        body: '{}',
      })
    expect((await refused(zipped)).status).toBe(415)
  })

  test('that is too large is refused with 413', async () => {
    const big = JSON.stringify({ name: 'x'.repeat(300_000) })
    const send = (path: string) => () =>
      world.send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: big })
    expect(await refused(send('/api/projects'))).toMatchObject({ status: 413, code: 'too_large' })
    const field = await send('/events/window')()
    expect([field.status, field.json]).toEqual([413, { detail: 'The body is too large.' }])
  })

  test.each([
    ['arrays', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('of deeply nested %s is refused', async (_what, open, close) => {
    const depth = 30_000
    const nested = open.repeat(depth) + (open === '[' ? '' : '1') + close.repeat(depth)
    expect((await refused(() => json(nested))).status).toBe(422)
    expect((await refused(() => json(`{"events":[{"title":${nested}}]}`))).status).toBe(422)
  })

  test('with __proto__ in it changes nothing but its own refusal', async () => {
    const { status, message } = await refused(() => json('{"events":[],"__proto__":{"admin":true}}'))
    expect(status).toBe(422)
    expect(message).not.toContain('admin')
    const own = `{"__proto__":{"key":"k"},"constructor":{"prototype":{"x":1}}}`
    expect((await refused(() => json(`{"events":[${own}]}`))).status).toBe(422)
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })
})

describe('an event', () => {
  test.each<[string, object]>([
    ['end', { end: '2026-11-24T08:59:59+01:00' }],
    ['start', { start: '2026-11-24T09:00:00' }],
    ['start', { start: '0000-01-01T00:00:00Z' }],
    ['start', { start: '1999-12-31T23:59:59Z' }],
    ['end', { end: '9999-12-31T23:59:59Z' }],
    ['start', { start: '2026-02-30T09:00:00Z' }],
    ['start', { start: '2026-11-24T25:00:00Z' }],
    ['start', { start: 1_764_000_000 }],
    ['end', { end: 'NaN' }],
    ['end', { end: null }],
    ['key', { key: undefined }],
    ['key', { key: '   ' }],
    ['key', { key: 'k'.repeat(201) }],
    ['source', { source: 'WINDOW' }],
    ['user', { user: '' }],
    ['user', { user: ['anna'] }],
    ['title', { title: 'x'.repeat(100_000) }],
    ['title', { title: { toString: 'x' } }],
    ['title', { title: 'a\0b' }],
    ['title', { title: '\ud800' }],
    ['app', { app: 'a\udc00b' }],
    ['app', { app: 7 }],
    ['url', { url: 'u'.repeat(4001) }],
    ['phoneNumber', { phoneNumber: '1'.repeat(65) }],
    ['direction', { direction: 'INCOMING' }],
    ['private', { private: 'true' }],
    ['wage', { wage: 12 }],
  ])('is refused by the name of what is wrong: %s in %j', async (field, wrong) => {
    const { status, code, message, fields } = await refused(() => post(wrong))
    expect([status, code]).toEqual([422, 'invalid'])
    expect(Object.keys(fields ?? {})).toContain(`events.0.${field}`)
    expect(message).toContain(field)
  })

  test('with half a surrogate pair, escaped as clients do, is refused', async () => {
    const body = JSON.stringify({ events: [makeEvent({ title: 'TITLE' })] }).replace('TITLE', '\\ud800')
    expect(Object.keys((await refused(() => json(body))).fields ?? {})).toEqual(['events.0.title'])
  })

  test.each(['NaN', 'Infinity', '-Infinity', '1e999'])('cannot hold %s', async (number) => {
    const body = JSON.stringify({ events: [makeEvent({ title: 'TITLE' })] }).replace('"TITLE"', number)
    const { status } = await refused(() => json(body))
    expect([400, 422]).toContain(status)
  })

  test('among 1000 good ones is named by its place, and none is stored', async () => {
    const events = Array.from({ length: 1000 }, () => makeEvent())
    events[699] = { ...makeEvent(), end: '2020-01-01T00:00:00Z' }
    const { message } = await refused(() => world.call('POST', '/api/events', { events }))
    expect(message).toBe('events.699.end: must not be before start')
  })

  test('is not one of more than 1000', async () => {
    const events = Array.from({ length: 1001 }, () => makeEvent())
    const { status, fields } = await refused(() => world.call('POST', '/api/events', { events }))
    expect([status, Object.keys(fields ?? {})]).toEqual([422, ['events']])
  })
})

const WILD = [
  `'; DROP TABLE events; --`,
  `" OR 1=1 --`,
  `<script>alert(1)</script>`,
  `<img src=x onerror=alert(1)>&amp;`,
  '{{constructor.constructor("x")()}}',
  '=cmd|"/c calc"!A1',
  'Zeile 1\r\nZeile 2\tTab',
  '👩🏽‍🚀 ﷽ Ａ́ ‮abc‬ \u2028',
  '../../etc/passwd',
]

describe('text is text', () => {
  test.each(WILD)('stored as it was sent, and answered so: %j', async (wild) => {
    const id = await recordOne(world, { title: wild, app: wild, url: wild, contact: wild, machine: wild })
    expect((await world.get(`/api/events/${id}`)).json).toMatchObject({
      title: wild,
      app: wild,
      url: wild,
      contact: wild,
      machine: wild,
    })
    const name = `${wild}.`
    const made = await world.call('POST', '/api/projects', { name, client: wild, notes: wild })
    expect(made).toMatchObject({ status: 201, json: { name, client: wild, notes: wild } })
    const target = { projectId: (made.json as { id: number }).id, activity: wild, comment: wild }
    await world.call('PUT', '/api/assignments', { eventIds: [id], target })
    expect((await world.get(`/api/events/${id}`)).json).toMatchObject({
      assignment: { activity: wild, comment: wild },
    })
    expect((await world.get(`/api/events?text=${encodeURIComponent(wild)}`)).status).toBe(200)
  })

  test('also when it is what a filter asks for', async () => {
    for (const wild of WILD) {
      const asked = encodeURIComponent(wild)
      expect((await world.get(`/api/events?user=${asked}`)).json).toEqual({ items: [], next: null })
      expect((await world.get(`/events?user_id=${asked}`)).json).toEqual([])
    }
  })
})

describe('a query', () => {
  test.each([
    ['limit', 'limit=0'],
    ['limit', 'limit=-1'],
    ['limit', 'limit=501'],
    ['limit', 'limit=1e3'],
    ['limit', 'limit=99999999999999999999'],
    ['limit', 'limit=0x10'],
    ['limit', 'limit='],
    ['cursor', 'cursor=next'],
    ['cursor', 'cursor=1.2.3'],
    ['cursor', 'cursor=-1.-1'],
    ['cursor', 'cursor=99999999999999999999.1'],
    ['cursor', 'cursor=999999999999999.9999999999&text=statik'],
    ['cursor', 'cursor=1764000000000.9999999999&text=statik'],
    ['cursor', `cursor=${'9'.repeat(200)}`],
    ['user', 'user=a&user=b'],
    ['order', 'order=random'],
    ['from', 'from=yesterday'],
    ['from', 'from=2026-11-24T09:00:00'],
    ['from', 'from[gt]=1&from=x'],
    ['source', 'source=window&source=phone'],
    ['assigned', 'assigned=1'],
    ['text', 'text=%F0%9F%98%80'],
    ['text', 'text=%20'],
    ['text', 'text=%00'],
    ['text', `text=${'x'.repeat(201)}`],
    ['colour', 'colour=red'],
    ['__proto__', '__proto__=x'],
    ['constructor', 'constructor=x'],
  ])('is refused by the name of what is wrong: %s in ?%s', async (field, query) => {
    const { status, message, fields } = await refused(() => world.get(`/api/events?${query}`))
    expect(status).toBe(422)
    expect(message).toContain(field)
    expect(Object.keys(fields ?? {})).toContain(field)
  })

  test('may hold bytes that are no UTF-8, and a cursor before or after everything', async () => {
    expect((await world.get('/api/events?user=%FF%FE')).status).toBe(200)
    for (const text of ['', '&text=statik']) {
      expect((await world.get(`/api/events?cursor=4102444800000.1073741823${text}`)).status).toBe(200)
      expect((await world.get(`/api/events?cursor=0.0&order=oldest${text}`)).status).toBe(200)
    }
  })

  test('with a text of nothing but signs of no letter says so', async () => {
    const { fields } = await refused(() => world.get('/api/events?text=%F0%9F%98%80%20%22*'))
    expect(fields).toEqual({ text: 'must hold a letter or a digit' })
  })
})

describe('an id or a name', () => {
  test.each([
    ['GET', '/api/events/999999', undefined],
    ['PATCH', '/api/events', { eventIds: [999999], set: { private: true } }],
    ['PUT', '/api/assignments', { eventIds: [999999], target: null }],
    ['POST', '/api/batches/999999/undo', {}],
    ['PATCH', '/api/projects/999999', { name: 'x' }],
    ['DELETE', '/api/projects/999999', undefined],
    ['POST', '/api/projects/999999/milestones', { name: 'x' }],
    ['PATCH', '/api/milestones/999999', { name: 'x' }],
    ['DELETE', '/api/milestones/999999', undefined],
  ])('that nobody has answers 404: %s %s', async (method, path, body) => {
    const { status, code, message } = await refused(() => world.call(method, path, body))
    expect([status, code]).toEqual([404, 'not_found'])
    expect(message).toContain('999999')
  })

  test.each(['0', '-1', '1.5', 'one', '1e3', '99999999999999999999', '%00', '1;DROP TABLE events'])(
    'that cannot be one answers 422: %s',
    async (id) => {
      const { status, fields } = await refused(() => world.get(`/api/events/${encodeURI(id)}`))
      expect([status, Object.keys(fields ?? {})]).toEqual([422, ['id']])
    },
  )

  test('broken escapes in a path answer 400', async () => {
    expect((await refused(() => world.get('/api/events/%E0%A4%A'))).status).toBe(400)
  })

  test('that another has answers 409 and names the field', async () => {
    const { status, code, fields } = await refused(() =>
      world.call('POST', '/api/projects', { name: 'Brücke' }),
    )
    expect([status, code, Object.keys(fields ?? {})]).toEqual([409, 'conflict', ['name']])
  })

  test('unknown to a target answers 404 and assigns nothing', async () => {
    const set = (target: object) => () => world.call('PUT', '/api/assignments', { eventIds: [event], target })
    expect((await refused(set({ projectId: 999999 }))).status).toBe(404)
    expect((await refused(set({ projectId: project, milestoneId: 999999 }))).status).toBe(404)
  })

  test.each([
    ['eventIds', { eventIds: [] }],
    ['eventIds', { eventIds: Array.from({ length: 1001 }, (_, index) => index + 1) }],
    ['eventIds.0', { eventIds: ['1'] }],
    ['eventIds.0', { eventIds: [1.5] }],
    ['eventIds', { eventIds: 1 }],
    ['set', { set: {} }],
    ['set.deleted', { set: { deleted: 'yes' } }],
    ['set.title', { set: { title: 'x' } }],
  ])('in a change is refused by name: %s in %j', async (field, wrong) => {
    const body = { eventIds: [event], set: { private: true }, ...wrong }
    const { status, fields } = await refused(() => world.call('PATCH', '/api/events', body))
    expect([status, Object.keys(fields ?? {})[0]]).toEqual([422, field])
  })
})

describe('a path', () => {
  test('that leads nowhere answers 404, a method that it does not know too', async () => {
    expect((await refused(() => world.get('/api/nothing'))).status).toBe(404)
    expect((await refused(() => world.call('PUT', '/api/events', {}))).status).toBe(404)
    expect((await refused(() => world.get('/API/events'))).status).toBe(404)
  })

  test('of many kilobytes is refused before anything is read', async () => {
    expect((await world.get(`/api/events?text=${'x'.repeat(20_000)}`)).status).toBe(400)
  })
})

describe('an upload', () => {
  const CSV = 'Projekte;Arbeitspaket;Sollstunden\nHalle;Planung;8\n'
  const upload = async (form: FormData, path = '/api/import/projects') =>
    world.send(path, { method: 'POST', ...(await encoded(form)) })

  test('that is no table is refused, also as a preview', async () => {
    const image = Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex')
    for (const path of ['/api/import/projects', '/api/import/projects/preview']) {
      const { status, fields } = await refused(() => world.upload(path, image))
      expect([status, Object.keys(fields ?? {})]).toEqual([422, ['file']])
    }
  })

  test('names its broken line', async () => {
    const lines = Array.from(
      { length: 800 },
      (_, index) => `Halle ${index};M;${index === 698 ? '1,2,3' : '8'}`,
    )
    const csv = ['Projekte;Arbeitspaket;Sollstunden', ...lines].join('\n')
    for (const path of ['/api/import/projects', '/api/import/projects/preview']) {
      expect((await refused(() => world.upload(path, csv))).message).toMatch(/^Line 700: /)
    }
  })

  test('is one file, no fewer, no more, no larger than 5 MB', async () => {
    const two = new FormData()
    two.append('file', new Blob([CSV]), 'a.csv')
    two.append('file', new Blob([CSV]), 'b.csv')
    expect((await refused(() => upload(new FormData()))).status).toBe(400)
    expect((await refused(() => upload(two))).status).toBe(400)
    const large = () => world.upload('/api/import/projects', Buffer.alloc(5 * 1024 * 1024 + 1, 'x'))
    expect(await refused(large)).toMatchObject({ status: 413, code: 'too_large' })
  })

  test('that breaks off is refused', async () => {
    const { headers, body } = await encoded(
      (() => {
        const form = new FormData()
        form.append('file', new Blob([CSV]), 'a.csv')
        return form
      })(),
    )
    const cut = () =>
      world.send('/api/import/projects', {
        method: 'POST',
        headers,
        body: body.subarray(0, body.length - 30),
      })
    expect((await refused(cut)).status).toBe(400)
  })

  test('previewed shows what would change and stores nothing', async () => {
    const before = world.counts()
    const answer = await world.upload('/api/import/projects/preview', CSV)
    expect(answer).toMatchObject({
      status: 200,
      json: { counts: { projectsCreated: 1, milestonesCreated: 1 } },
    })
    expect(world.counts()).toEqual(before)
    expect(await world.upload('/api/import/projects', CSV)).toMatchObject({ status: 200, json: answer.json })
  })
})
