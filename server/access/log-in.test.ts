import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addPerson,
  cookieFrom,
  LAN,
  logIn,
  pairDevice,
  pairKiosk,
  PASSWORD,
  PIN,
  setUp,
  someone,
  stranger,
  unlock,
  withCookie,
} from '../testing/people.ts'
import { recordOne } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
  await setUp(world)
  await addPerson(world, 'mia', { badge: '0012345678' })
})
afterAll(() => world.close())

describe('set-up', () => {
  test('is done once, by who knows the code', async () => {
    const fresh = await startWorld()
    try {
      const body = { handle: 'erste', name: 'Erste', password: PASSWORD }
      const wrong = await stranger(fresh).call('POST', '/api/setup', { ...body, code: 'AAAA-AAAA' })
      expect(wrong.status).toBe(401)
      expect(fresh.counts()['users']).toBe(0)
      const short = await stranger(fresh).call('POST', '/api/setup', {
        ...body,
        code: 'ABCD-2345',
        password: 'kurz',
      })
      expect(short.status).toBe(422)
      const first = await setUp(fresh, 'erste')
      expect((await first.get('/api/me')).json).toMatchObject({ user: { handle: 'erste', role: 'admin' } })
      const again = await stranger(fresh).call('POST', '/api/setup', { ...body, code: 'ABCD-2345' })
      expect(again.status).toBe(409)
    } finally {
      await fresh.close()
    }
  })
})

describe('log-in', () => {
  test('lets in by name and password, and out again', async () => {
    const mia = await logIn(world, 'mia')
    expect((await mia.get('/api/me')).json).toMatchObject({ user: { handle: 'mia' }, at: 'browser' })
    expect((await mia.call('POST', '/api/logout')).status).toBe(204)
    expect((await mia.get('/api/days/2026-11-24')).status).toBe(401)
  })

  test('says the same of a wrong password, of nobody, and of who left', async () => {
    const left = await addPerson(world, 'left')
    await world.call('PATCH', `/api/people/${left}`, { active: false })
    const answers = []
    for (const [handle, password] of [
      ['mia', 'etwas anderes'],
      ['nobody', PASSWORD],
      ['left', PASSWORD],
    ])
      answers.push(await stranger(world).call('POST', '/api/login', { handle, password }))
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
    expect(new Set(answers.map(({ bytes }) => bytes.toString())).size).toBe(1)
    expect(answers.flatMap(({ headers }) => headers['set-cookie'] ?? [])).toEqual([])
  })

  test('opens a new session each time, whatever cookie somebody was made to have', async () => {
    const planted = `timetrack=${'x'.repeat(43)}`
    const answer = await someone(world, withCookie(LAN, planted)).call('POST', '/api/login', {
      handle: 'mia',
      password: PASSWORD,
    })
    expect(cookieFrom(answer, 'timetrack')).not.toBe(planted)
    expect(String(answer.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/)
    expect((await someone(world, withCookie(LAN, planted)).get('/api/days/2026-11-24')).status).toBe(401)
  })

  test('is listed, and ended from elsewhere', async () => {
    const [one, two] = [await logIn(world, 'mia'), await logIn(world, 'mia')]
    const { items } = (await one.get('/api/logins')).json as { items: { id: number; isThis: boolean }[] }
    const other = items.find(({ isThis }) => !isThis)
    for (const { id } of items.filter(({ isThis }) => !isThis))
      expect((await one.call('DELETE', `/api/logins/${id}`)).status).toBe(204)
    expect((await two.get('/api/logins')).status).toBe(401)
    expect((await one.get('/api/logins')).status).toBe(200)
    const ada = await logIn(world, 'chefin')
    expect((await ada.call('DELETE', `/api/logins/${other?.id}`)).status).toBe(404)
  })

  test('of who is made inactive ends with the next request', async () => {
    const id = await addPerson(world, 'going')
    const going = await logIn(world, 'going')
    expect((await going.get('/api/logins')).status).toBe(200)
    await world.call('PATCH', `/api/people/${id}`, { active: false })
    expect((await going.get('/api/logins')).status).toBe(401)
  })

  test('with a new password ends all others', async () => {
    await addPerson(world, 'changer')
    const [here, there] = [await logIn(world, 'changer'), await logIn(world, 'changer')]
    const wrong = await here.call('PATCH', '/api/me', {
      currentPassword: 'geraten',
      password: 'noch ein langes',
    })
    expect(wrong).toMatchObject({ status: 422, json: { error: { fields: { currentPassword: 'is wrong' } } } })
    const right = await here.call('PATCH', '/api/me', {
      currentPassword: PASSWORD,
      password: 'noch ein langes',
    })
    expect(right.status).toBe(200)
    expect((await here.get('/api/logins')).status).toBe(200)
    expect((await there.get('/api/logins')).status).toBe(401)
    await logIn(world, 'changer', 'noch ein langes')
  })

  test('leaves an admin: the last one cannot be taken away', async () => {
    const { items } = (await world.get('/api/people')).json as { items: { id: number; handle: string }[] }
    const boss = items.find(({ handle }) => handle === 'chefin')?.id
    for (const [method, path, body] of [
      ['PATCH', `/api/people/${boss}`, { role: 'member' }],
      ['PATCH', `/api/people/${boss}`, { active: false }],
      ['PUT', `/api/people/${boss}/secrets`, { password: null }],
    ] as const)
      expect((await world.call(method, path, body)).status).toBe(409)
  })
})

describe('at the kiosk', () => {
  test('a PIN opens the kiosk and nothing else', async () => {
    const kiosk = await pairKiosk(world)
    const mia = await unlock(world, kiosk, { handle: 'mia', pin: PIN })
    expect((await mia.get('/api/attendance')).status).toBe(200)
    expect((await mia.get('/api/events')).status).toBe(403)
    for (const who of [stranger(world), await logIn(world, 'mia'), await pairDevice(world, 'agent')])
      expect([401, 403]).toContain(
        (await who.call('POST', '/api/kiosk/unlock', { handle: 'mia', pin: PIN })).status,
      )
  })

  test('a kiosk stays one where somebody logged in to the pages for browsers, too', async () => {
    const kiosk = await pairKiosk(world)
    const answer = await kiosk.call('POST', '/api/login', { handle: 'mia', password: PASSWORD })
    const both = someone(world, withCookie(kiosk.headers, cookieFrom(answer, 'timetrack')))
    expect((await both.get('/api/kiosk')).status).toBe(200)
    expect((await both.get('/api/logins')).status).toBe(200)
    await unlock(world, both, { handle: 'mia', pin: PIN })
    expect((await (await logIn(world, 'mia')).get('/api/kiosk')).status).toBe(403)
  })

  test('a badge opens it too; a number that no badge has does not', async () => {
    const kiosk = await pairKiosk(world)
    const mia = await unlock(world, kiosk, { badge: '0012345678' })
    expect((await mia.get('/api/me')).json).toMatchObject({ user: { handle: 'mia' }, isKiosk: true })
    expect((await kiosk.call('POST', '/api/kiosk/unlock', { badge: '99999999' })).status).toBe(401)
  })

  test('five wrong PINs lock for five minutes, at every kiosk, also after a restart, until an admin sets a new one', async () => {
    const id = await addPerson(world, 'forgetful')
    const kiosks = [await pairKiosk(world, 'A'), await pairKiosk(world, 'B')] as const
    const guess = (n: number) =>
      kiosks[n % 2 === 0 ? 0 : 1].call('POST', '/api/kiosk/unlock', { handle: 'forgetful', pin: `000${n}` })
    // All at once: a check that counted afterwards would let them through.
    const answers = await Promise.all(Array.from({ length: 9 }, (_, n) => guess(n)))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
    const locked = answers.filter(({ status }) => status === 429)
    expect(locked).toHaveLength(4)
    expect(locked[0]?.json).toMatchObject({
      error: { code: 'too_many', fields: { until: expect.any(String) } },
    })
    expect(world.rows(`SELECT failures FROM attempts WHERE subject = 'pin forgetful'`)).toEqual([
      { failures: 5 },
    ])
    const right = { handle: 'forgetful', pin: PIN }
    expect((await kiosks[0].call('POST', '/api/kiosk/unlock', right)).status).toBe(429)
    await world.call('PUT', `/api/people/${id}/secrets`, { pin: '987654' })
    await unlock(world, kiosks[0], { handle: 'forgetful', pin: '987654' })
  })

  test('wrong PINs of nobody are counted like those of somebody', async () => {
    const kiosk = await pairKiosk(world)
    const statuses = []
    for (let n = 0; n < 6; n++)
      statuses.push((await kiosk.call('POST', '/api/kiosk/unlock', { handle: 'ghost', pin: '1111' })).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  })

  test('a ticket delivers a punch once, also after the log-in has ended, and nothing else', async () => {
    const kiosk = await pairKiosk(world)
    const mia = await unlock(world, kiosk, { handle: 'mia', pin: PIN })
    await mia.call('POST', '/api/logout')
    const punch = { ticket: mia.ticket, key: 'journal 1', kind: 'in' }
    const first = await kiosk.call('POST', '/api/kiosk/punches', punch)
    expect(first.status).toBe(201)
    expect((await kiosk.call('POST', '/api/kiosk/punches', punch)).json).toEqual(first.json)
    expect(world.rows('SELECT count(*) AS n FROM punches')).toEqual([{ n: 1 }])
    expect((await kiosk.call('POST', '/api/kiosk/punches', { ...punch, ticket: 'guessed' })).status).toBe(401)
    expect((await stranger(world).call('POST', '/api/kiosk/punches', punch)).status).toBe(401)
  })

  test('its code lets a phone in, once', async () => {
    const kiosk = await pairKiosk(world)
    const mia = await unlock(world, kiosk, { handle: 'mia', pin: PIN })
    const { code } = (await mia.call('POST', '/api/kiosk/qr')).json as { code: string }
    const phone = await stranger(world).call('POST', '/api/login/qr', { code })
    expect(phone).toMatchObject({ status: 200, json: { user: { handle: 'mia' } } })
    expect((await stranger(world).call('POST', '/api/login/qr', { code })).status).toBe(401)
  })

  test('unpairing it ends what was opened there', async () => {
    const kiosk = await pairKiosk(world, 'Werkstatt')
    const mia = await unlock(world, kiosk, { handle: 'mia', pin: PIN })
    const { items } = (await world.get('/api/devices')).json as { items: { id: number; name: string }[] }
    await world.call('DELETE', `/api/devices/${items.find(({ name }) => name === 'Werkstatt')?.id}`)
    expect((await mia.get('/api/attendance')).status).toBe(401)
    expect((await kiosk.get('/api/kiosk')).status).toBe(401)
  })
})

describe('an agent', () => {
  test('that is somebody’s records for nobody else, and reads nothing', async () => {
    const agent = await pairDevice(world, 'agent', 'mia')
    const sent = {
      key: 'agent 1',
      source: 'window',
      user: 'chefin',
      title: 'Plan',
      start: '2026-11-24T09:00:00+01:00',
      end: '2026-11-24T09:10:00+01:00',
    }
    expect((await agent.call('POST', '/api/events', { events: [sent] })).status).toBe(201)
    expect(
      world.rows(`SELECT u.handle FROM events e JOIN users u ON u.id = e.user_id WHERE title = 'Plan'`),
    ).toEqual([{ handle: 'mia' }])
    expect((await agent.get('/api/events')).status).toBe(403)
    expect((await agent.get('/events')).status).toBe(403)
  })

  test('whose clock is wrong is put right, and what it said is kept', async () => {
    const agent = await pairDevice(world, 'agent')
    const ahead = 3_600_000
    const answer = await agent.send('/api/events', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-device-time': new Date(Date.now() + ahead).toISOString(),
      },
      body: JSON.stringify({
        events: [
          {
            key: 'ahead',
            source: 'window',
            user: 'mia',
            title: 'Vorgegangen',
            start: '2026-11-24T13:00:00Z',
            end: '2026-11-24T13:10:00Z',
          },
        ],
      }),
    })
    expect(answer.status).toBe(201)
    const [row] = world.rows(
      `SELECT start, start + clock_offset_ms AS said, clock_offset_ms AS off FROM events WHERE title = 'Vorgegangen'`,
    )
    expect(row?.['said']).toBe(Date.parse('2026-11-24T13:00:00Z'))
    expect(Math.abs(Number(row?.['off']) - ahead)).toBeLessThan(5000)
  })

  test('without a token records only while ingest is open, and never reads', async () => {
    const body = {
      window_title: 'Alt',
      process_name: 'acad.exe',
      user_id: 'mia',
      timestamp_start: '2026-11-24T15:00:00',
    }
    expect((await stranger(world).call('POST', '/events/window', body)).status).toBe(401)
    await world.call('PATCH', '/api/settings', { access: { ingest: 'open' } })
    expect((await stranger(world).call('POST', '/events/window', body)).status).toBe(201)
    expect((await stranger(world).get('/events')).status).toBe(401)
    await world.call('PATCH', '/api/settings', { access: { ingest: 'paired' } })
    expect((await stranger(world).call('POST', '/events/window', body)).status).toBe(401)
  })
})

describe('what others did', () => {
  test('is neither shown nor changed, whatever one asks', async () => {
    await addPerson(world, 'nils')
    const id = await recordOne(world, { user: 'nils', title: 'Geheimer Plan' })
    for (const who of [await logIn(world, 'mia'), await logIn(world, 'chefin')]) {
      const answers = await Promise.all([
        who.get('/api/events?user=nils'),
        who.get(`/api/events/${id}`),
        who.get('/api/days/2026-11-24?user=nils'),
        who.get('/api/weeks/2026-11-24?user=nils'),
        who.get('/api/days/2026-11-24/suggestions?user=nils'),
        who.get(`/api/events/${id}/why`),
        who.call('PATCH', '/api/events', { eventIds: [id], set: { private: true } }),
        who.call('PUT', '/api/assignments', { eventIds: [id], target: null }),
        who.call('POST', '/api/sessions/merge', { eventIds: [id] }),
        who.call('POST', '/api/rules/propose', { eventIds: [id] }),
        who.get('/api/events?text=geheimer'),
      ])
      expect(answers.slice(0, -1).every(({ status }) => status === 403 || status === 404)).toBe(true)
      for (const { bytes } of answers) expect(bytes.toString()).not.toContain('Geheimer')
    }
  })

  test('reaches an admin as hours, without what it was', async () => {
    const { id: project } = (await world.call('POST', '/api/projects', { name: 'Halle' })).json as {
      id: number
    }
    const id = await recordOne(world, { user: 'nils', title: 'Geheime Statik', start: '11:00' })
    await world.call('PUT', '/api/assignments', { eventIds: [id], target: { projectId: project } })
    const boss = await logIn(world, 'chefin')
    const csv = (await boss.get('/api/export/csv?user=nils')).bytes.toString()
    expect(csv).toContain('Halle')
    expect(csv).not.toContain('Geheime')
    const mia = await logIn(world, 'mia')
    expect((await mia.get('/api/export/csv?user=nils')).status).toBe(403)
    const nils = await logIn(world, 'nils')
    expect((await nils.get('/api/export/csv')).bytes.toString()).toContain('Geheime Statik')
  })

  test('is no rule’s business that somebody else made', async () => {
    const [mia, boss] = [await logIn(world, 'mia'), await logIn(world, 'chefin')]
    const { id: projectId } = (await world.call('POST', '/api/projects', { name: 'Regelwerk' })).json as {
      id: number
    }
    const rule = { name: 'Pläne', conditions: { titleContains: 'Plan' }, target: { projectId } }
    const own = (await mia.call('POST', '/api/rules', { ...rule, user: null })).json as {
      id: number
      user: string
    }
    expect(own.user).toBe('mia')
    expect((await mia.call('POST', '/api/rules', { ...rule, user: 'nils' })).status).toBe(403)
    const all = (await boss.call('POST', '/api/rules', { ...rule, user: null })).json as {
      id: number
      user: null
    }
    expect(all.user).toBeNull()
    expect((await mia.call('PATCH', `/api/rules/${all.id}`, { enabled: false })).status).toBe(403)
    expect((await mia.call('DELETE', `/api/rules/${all.id}`)).status).toBe(403)
    const { items } = (await (await logIn(world, 'nils')).get('/api/rules')).json as {
      items: { id: number }[]
    }
    expect(items.map(({ id }) => id)).toEqual([all.id])
  })

  test('that is private says what it was to its owner alone', async () => {
    const id = await recordOne(world, { user: 'nils', title: 'Arzttermin', private: true })
    const nils = await logIn(world, 'nils')
    expect((await nils.get(`/api/events/${id}`)).json).toMatchObject({ title: 'Arzttermin' })
    expect((await world.get(`/api/events/${id}`)).json).toMatchObject({ title: null, private: true })
    expect((await world.get('/api/events?text=arzttermin')).json).toMatchObject({ items: [] })
    expect((await world.get('/events?user_id=nils')).bytes.toString()).not.toContain('Arzttermin')
  })

  test('is taken back by who did it alone', async () => {
    const nils = await logIn(world, 'nils')
    const mine = await recordOne(world, { user: 'nils', title: 'Eigenes' })
    const done = await nils.call('PATCH', '/api/events', { eventIds: [mine], set: { ignored: true } })
    const { batch } = done.json as { batch: number }
    const mia = await logIn(world, 'mia')
    expect((await mia.call('POST', `/api/batches/${batch}/undo`)).status).toBe(404)
    expect(JSON.stringify((await mia.get('/api/batches')).json)).not.toContain(`"id":${batch},`)
    expect((await nils.call('POST', `/api/batches/${batch}/undo`)).status).toBe(200)
  })
})

describe('a hostile page or neighbour', () => {
  test.each([
    ['another name for the hub', { host: 'evil.example' }, 'GET', 403],
    ['a name that is none', { host: 'localhost@evil.example' }, 'GET', 403],
    [
      'a script of another site',
      { ...LAN, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
      'GET',
      403,
    ],
    ['a form of another site', { host: LAN.host, origin: 'http://evil.example' }, 'POST', 403],
    ['a form of a page without origin', { host: LAN.host, origin: 'null' }, 'POST', 403],
  ])('%s is refused', async (_what, headers, method, status) => {
    const answer = await world.send('/api/me', { method, headers })
    expect(answer.status).toBe(status)
    expect(answer.headers['x-process-time']).toMatch(/^\d/)
  })

  test.each([
    ['through a proxy', { 'x-forwarded-for': '192.168.7.9' }],
    ['by a page in the browser of the machine', { 'sec-fetch-site': 'same-origin' }],
    ['with a cookie', { cookie: 'timetrack=guessed' }],
    ['under a name of the LAN', { host: '192.168.7.20' }],
  ])('nobody is the operator %s', async (_how, headers) => {
    expect([401, 403]).toContain((await world.send('/api/people', { headers })).status)
  })

  test('a token in the address is none', async () => {
    const agent = await pairDevice(world, 'agent')
    const token = agent.headers['authorization']?.slice(7) ?? ''
    expect((await stranger(world).get(`/api/events?token=${token}`)).status).toBe(401)
  })

  test('secrets are neither stored as they are nor answered', async () => {
    const stored = JSON.stringify(world.rows('SELECT password, pin, hex(badge) AS badge FROM users'))
    for (const secret of [PASSWORD, PIN, '0012345678']) expect(stored).not.toContain(secret)
    const people = (await world.get('/api/people')).bytes.toString()
    expect(people).not.toContain('scrypt')
    expect(JSON.stringify(world.log)).not.toContain(PASSWORD)
  })
})
