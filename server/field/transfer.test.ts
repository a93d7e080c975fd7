import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseInstant, zone } from '../../contract/time.ts'
import { assign, makeMilestone, makeProject, record, recordOne } from '../testing/make.ts'
import { encoded, startWorld, type World } from '../testing/world.ts'

const NOW = parseInstant('2026-11-24T12:34:56', zone('Europe/Berlin')) ?? 0
const HEAD =
  'date,start_time,end_time,duration_minutes,source_type,phone_number,contact_name,window_title,process_name,project_name,milestone_name,activity_type,comment'

let world: World
beforeAll(async () => {
  world = await startWorld({ zone: 'Europe/Berlin', clock: () => NOW })
})
afterAll(() => world.close())

describe('the export', () => {
  let project: number
  const lines = async (query: string) => {
    const answer = await world.get(`/export/csv?${query}`)
    expect(answer.status).toBe(200)
    return answer.bytes.toString().split('\r\n')
  }

  beforeAll(async () => {
    project = await makeProject(world, { name: 'Brücke Nord' })
    const milestone = await makeMilestone(world, project, { name: 'Statik; Los 1' })
    const [window, phone, secret, ignored, deleted] = await record(
      world,
      { start: '2025-11-15T10:00:00+01:00', title: 'Plan "A", Teil 2' },
      {
        start: '2025-11-15T09:00:00Z',
        end: '2025-11-15T09:05:30Z',
        source: 'phone',
        title: null,
        app: null,
        phoneNumber: '+49 170 1234567',
        contact: '=HYPERLINK("http://x")',
        direction: 'incoming',
      },
      { start: '2025-11-15T12:00:00Z', title: 'geheim', private: true },
      { start: '2025-11-15T13:00:00Z', title: 'ignoriert' },
      { start: '2025-11-15T14:00:00Z', title: 'gelöscht' },
      { start: '2025-11-15T15:00:00Z', title: 'offen' },
    )
    await assign(world, [window, phone, secret, ignored, deleted] as number[], project, milestone)
    await world.call('PATCH', '/api/events', { eventIds: [ignored], set: { ignored: true } })
    await world.call('PATCH', '/api/events', { eventIds: [deleted], set: { deleted: true } })
  })

  test('is a download named after the minute on the wall, of assigned and counted events alone', async () => {
    const answer = await world.get('/export/csv')
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(answer.headers['content-disposition']).toBe('attachment; filename="export_20261124_123456.csv"')
    expect(answer.bytes.toString()).toBe(
      [
        HEAD,
        '2025-11-15,10:00:00,11:00:00,60,window,,,"Plan ""A"", Teil 2",acrobat.exe,Brücke Nord,Statik; Los 1,,',
        `2025-11-15,10:00:00,10:05:30,5.5,phone,+49 170 1234567,"'=HYPERLINK(""http://x"")",,,Brücke Nord,Statik; Los 1,,`,
        '',
      ].join('\r\n'),
    )
  })

  test('holds the hours of private events only when asked', async () => {
    const without = await lines('include_private=false')
    for (const asked of ['include_private=true', 'include_private=1']) {
      const all = await lines(asked)
      expect(all).toHaveLength(without.length + 1)
      expect(all.join(), 'its hours, not what it was').not.toContain('geheim')
    }
  })

  test('can be of one kind and one range', async () => {
    expect(await lines('source_type=phone')).toHaveLength(3)
    expect(await lines('start=2025-11-15&end=2025-11-16')).toHaveLength(4)
    expect(await lines('start=2025-11-16')).toEqual([HEAD, ''])
    expect(await lines('end=2025-11-15T10:00:00')).toEqual([HEAD, ''])
  })

  test.each(['start=soon', 'source_type=browser', 'include_private=perhaps'])(
    'is refused, as JSON, for %s',
    async (query) => {
      const answer = await world.get(`/export/csv?${query}`)
      expect(answer.status).toBe(422)
      expect(answer.headers['content-type']).toContain('application/json')
      expect(answer.headers['content-disposition']).toBeUndefined()
      expect(answer.json).toHaveProperty('detail')
    },
  )

  test('keeps comment and activity, and line breaks within them', async () => {
    const event = await recordOne(world, { start: '2025-10-01T08:00:00Z' })
    const target = { projectId: project, activity: 'Planung', comment: 'Zeile 1\nZeile 2' }
    await world.call('PUT', '/api/assignments', { eventIds: [event], target })
    const text = (await lines('start=2025-10-01&end=2025-10-02')).join('\r\n')
    expect(text).toContain(',Brücke Nord,,Planung,"Zeile 1\nZeile 2"\r\n')
  })
})

describe('the import', () => {
  const CSV = [
    'Projekte;Kunde;Arbeitspaket;Sollstunden;Erbrachte Stunden;Bonus',
    'Halle 1;Bau AG;Planung;1.234,5;12,25;ja',
    ';;Statik;80;;nein',
    'Halle 2;;;;;',
  ].join('\r\n')

  test('creates projects and milestones, and says how many', async () => {
    expect(await world.upload('/import/projects', `\uFEFF${CSV}`)).toMatchObject({
      status: 200,
      json: { projects_created: 2, projects_updated: 0, milestones_created: 2, milestones_updated: 0 },
    })
    const milestones = (await world.get('/milestones')).json
    expect(milestones).toContainEqual(
      expect.objectContaining({
        name: 'Planung',
        soll_stunden: 1234.5,
        ist_stunden: 12.25,
        bonus_relevant: true,
      }),
    )
  })

  test('run twice changes nothing the second time', async () => {
    await world.upload('/import/projects', CSV)
    const before = world.counts()
    expect((await world.upload('/import/projects', CSV)).json).toEqual({
      projects_created: 0,
      projects_updated: 0,
      milestones_created: 0,
      milestones_updated: 0,
    })
    expect(world.counts()).toEqual(before)
  })

  test('updates what the file says otherwise and leaves empty cells alone', async () => {
    await world.upload('/import/projects', CSV)
    const changed = CSV.replace('Bau AG', 'Bau GmbH').replace('80', '90')
    expect((await world.upload('/import/projects', changed)).json).toEqual({
      projects_created: 0,
      projects_updated: 1,
      milestones_created: 0,
      milestones_updated: 1,
    })
  })

  test('names the broken line 700 and stores none of the 699 before it', async () => {
    const rows = Array.from(
      { length: 800 },
      (_, index) => `Import ${index};Bau;M;${index === 698 ? 'viel' : 1};;`,
    )
    const before = world.counts()
    const answer = await world.upload('/import/projects', [CSV.split('\r\n')[0], ...rows].join('\r\n'))
    expect(answer.status).toBe(422)
    expect(JSON.stringify(answer.json)).toContain('Line 700')
    expect(world.counts()).toEqual(before)
  })

  test.each([
    ['an image', Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')],
    ['an empty file', Buffer.alloc(0)],
    ['columns that nobody knows', Buffer.from('a;b\n1;2\n')],
  ])('refuses %s and says so', async (_what, bytes) => {
    const before = world.counts()
    const answer = await world.upload('/import/projects', bytes)
    expect(answer.status).toBe(422)
    expect(answer.json).toEqual({
      detail: [{ loc: ['body', 'file'], msg: expect.any(String), type: 'value_error' }],
    })
    expect(world.counts()).toEqual(before)
  })

  test('needs one file, in the field "file"', async () => {
    const post = async (form: FormData) =>
      world.send('/import/projects', { method: 'POST', ...(await encoded(form)) })
    const none = new FormData()
    none.append('other', 'text')
    const two = new FormData()
    two.append('file', new Blob([CSV]), 'a.csv')
    two.append('file', new Blob([CSV]), 'b.csv')
    const misnamed = new FormData()
    misnamed.append('upload', new Blob([CSV]), 'a.csv')
    const before = world.counts()
    for (const form of [none, two, misnamed]) {
      expect(await post(form)).toMatchObject({
        status: 400,
        json: { detail: expect.stringContaining('"file"') },
      })
    }
    expect((await world.call('POST', '/import/projects', {})).status).toBe(400)
    expect(world.counts()).toEqual(before)
  })

  test('refuses a file over 5 MB with 413', async () => {
    const answer = await world.upload('/import/projects', Buffer.alloc(5 * 1024 * 1024 + 1, 'x'))
    expect(answer).toMatchObject({ status: 413, json: { detail: expect.any(String) } })
  })
})

test('health says ok, and more', async () => {
  expect(await world.get('/health')).toMatchObject({ status: 200, json: { status: 'ok', version: '1.2.3' } })
})
