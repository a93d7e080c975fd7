import { type VueWrapper, flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type {
  AttendanceDay,
  AttendanceNow,
  Correction,
  Punch,
  PunchKind,
} from '../../../contract/attendance.ts'
import { Refused, fakeHub } from '../../fixtures/fake-hub.ts'
import { fakeLive } from '../../fixtures/live.ts'
import { DAY, at } from '../../fixtures/world.ts'
import { showLocale } from '../../i18n/index.ts'
import { hush, notice } from '../../notice.ts'
import AttendanceView from './AttendanceView.vue'

const HOUR = 3_600_000

let page: VueWrapper
let changed: ReturnType<typeof fakeLive>
let now: AttendanceNow
let days: AttendanceDay[]
let corrections: Correction[]

let last = 0
function punch(kind: PunchKind, time: string, day = DAY): Punch {
  const when = at(time).replace(DAY, day)
  return { id: ++last, kind, at: when, recorded: when, corrected: false }
}
const makeDay = (more: Partial<AttendanceDay> = {}): AttendanceDay => ({
  day: DAY,
  stretches: [],
  punches: [],
  workedMs: 0,
  breakMs: 0,
  targetMs: 8 * HOUR,
  isOpen: false,
  warnings: [],
  correction: null,
  ...more,
})
const makeCorrection = (id: number, more: Partial<Correction> = {}): Correction => ({
  id,
  user: 'anna',
  name: 'Anna',
  day: '2026-11-23',
  at: at('07:00'),
  reason: 'vergessen',
  voids: [],
  adds: [{ kind: 'out', at: at('17:00') }],
  state: 'open',
  selfReported: false,
  decidedBy: null,
  decidedAt: null,
  note: null,
  ...more,
})
const user = (handle: string, role: 'admin' | 'member') => ({
  'get /api/me': () => ({ user: { handle, role } }),
})

beforeEach(async () => {
  changed = fakeLive((name, value) => vi.stubGlobal(name, value))
  await showLocale('de')
  localStorage.clear()
  hush()
  const open = makeDay({ isOpen: true, workedMs: 2.5 * HOUR, punches: [punch('in', '08:00')] })
  now = {
    presence: 'in',
    since: at('08:00'),
    inSince: at('08:00'),
    today: open,
    weekMs: 10.5 * HOUR,
    balanceMs: 0,
    forgotten: null,
    work: null,
    favourites: [],
  }
  days = [
    makeDay({
      day: '2026-11-23',
      workedMs: 9 * HOUR,
      breakMs: 0.25 * HOUR,
      punches: [punch('in', '07:30', '2026-11-23'), punch('out', '16:45', '2026-11-23')],
      warnings: [
        { code: 'break_too_short', law: '§ 4 ArbZG', isMs: 0.25 * HOUR, limitMs: 0.5 * HOUR },
        { code: 'over_8h', law: '§ 3 ArbZG', isMs: 9 * HOUR, limitMs: 8 * HOUR },
      ],
    }),
    open,
    makeDay({ day: '2026-11-25' }),
  ]
  corrections = []
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
})

async function show(answers: Parameters<typeof fakeHub>[0] = {}, address = '/app/attendance') {
  const hub = fakeHub({
    'get /api/hub': () => ({
      version: '1',
      zone: 'Europe/Berlin',
      dayStartMinutes: 0,
      now: at('10:30'),
      today: DAY,
    }),
    ...user('anna', 'admin'),
    'get /api/attendance': () => now,
    'get /api/attendance/days': () => ({
      user: 'anna',
      days,
      workedMs: 11.5 * HOUR,
      targetMs: 24 * HOUR,
      balanceMs: 1.25 * HOUR,
    }),
    'get /api/attendance/who': () => ({
      items: [
        { user: 'ben', name: 'Ben', presence: 'out', since: at('06:00') },
        { user: 'anna', name: 'Anna', presence: 'in', since: at('08:00') },
      ],
    }),
    'get /api/corrections': () => ({ items: corrections }),
    'post /api/punches': ({ body }) => punch((body as { kind: PunchKind }).kind, '10:30'),
    'post /api/corrections': () => makeCorrection(1),
    'post /api/corrections/5/decision': () => makeCorrection(5, { state: 'approved' }),
    'post /api/corrections/5/withdrawal': () => makeCorrection(5, { state: 'withdrawn' }),
    ...answers,
  })
  vi.stubGlobal('fetch', hub.fetch)
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/app/attendance/:month?', name: 'attendance', component: { template: '<p />' } }],
  })
  await router.push(address)
  page = mount(AttendanceView, { attachTo: document.body, global: { plugins: [createPinia(), router] } })
  await flushPromises()
  return hub
}

const clean = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
const rows = () =>
  page.findAll('.month tbody tr').map((row) => row.findAll('th, td').map((cell) => clean(cell.text())))
const button = (label: string) =>
  page.findAll('button').find((one) => one.text() === label || one.attributes('aria-label') === label)
async function click(label: string) {
  await button(label)?.trigger('click')
  await flushPromises()
}

test('the month up to today, with what the law says of it', async () => {
  const hub = await show()
  expect(rows()).toEqual([
    ['Mo, 23. Nov.', '07:30', '16:45', '0:15', '9:00', '8:00', '+1:00', expect.any(String), ''],
    ['Di, 24. Nov.', '08:00', 'läuft', '', '2:30', '8:00', '', '', ''],
  ])
  expect(page.findAll('.notes li').map((note) => clean(note.text()))).toEqual([
    '0:15 Pause, nötig sind 0:30 (ab 15 Minuten am Stück) (§ 4 ArbZG)',
    'über 8:00 (§ 3 ArbZG)',
  ])
  expect(page.text()).toContain('+1:15')
  const asked = hub.asked.find(({ path }) => path === '/api/attendance/days')
  expect(Object.fromEntries(asked?.query ?? [])).toEqual({
    from: '2026-11-01',
    to: '2026-11-30',
    user: 'anna',
  })
})

test.each([
  ['out', ['Kommen']],
  ['in', ['Pause beginnen', 'Gehen']],
  ['break', ['Weiterarbeiten', 'Gehen']],
] as const)('who is %s may %s', async (presence, labels) => {
  now = { ...now, presence }
  await show()
  expect(page.findAll('.choices button').map((one) => one.text())).toEqual(labels)
})

test('a punch says what was done, and can be taken back', async () => {
  const hub = await show({ 'post /api/punches/99/undo': () => punch('out', '10:30') })
  last = 98
  await click('Gehen')
  expect(hub.bodies('post /api/punches')).toMatchObject([{ kind: 'out', user: 'anna' }])
  expect(notice.value?.text).toBe('Gehen 10:30')
  notice.value?.undo?.()
  await flushPromises()
  expect(notice.value?.text).toBe('Gehen 10:30 zurückgenommen')
})

test.each([
  ['conflict', 409, 'Nicht gespeichert: Das passt nicht mehr zum letzten Stand. Er ist jetzt neu geladen.'],
  [
    'clock_wrong',
    503,
    'Nicht gespeichert: Die Uhr des Hubs geht falsch. Erst wenn sie gestellt ist, kann gestempelt werden.',
  ],
])('what is refused with %s says why', async (code, status, text) => {
  await show({
    'post /api/punches': () => {
      throw new Refused(status, code)
    },
  })
  await click('Gehen')
  expect(notice.value).toMatchObject({ tone: 'bad', text })
})

test('a forgotten end is asked for, also after midnight', async () => {
  now = { ...now, forgotten: { day: '2026-11-23', inAt: '2026-11-23T18:00:00+01:00' } }
  const hub = await show()
  expect(clean(page.find('.forgotten').text())).toContain(
    'Am Mo, 23. Nov. um 18:00 gekommen, und kein Gehen.',
  )
  await page.find('#forgotten-end').setValue('0:30')
  await page.find('.forgotten').trigger('submit')
  await flushPromises()
  expect(hub.bodies('post /api/corrections')).toMatchObject([
    { user: 'anna', adds: [{ kind: 'out', at: '2026-11-24T00:30:00+01:00' }] },
  ])
})

describe('a correction', () => {
  test('is asked for by typing the times, with a reason', async () => {
    const hub = await show()
    await click('Mo, 23. Nov. korrigieren')
    const inputs = page.findAll('dialog .row input')
    await inputs[1]?.setValue('1715')
    await page.find('dialog form').trigger('submit')
    expect(page.find('[role=alert]').text()).toBe('Ein Grund gehört dazu.')
    await page.find('dialog .reason input').setValue('Gehen vergessen')
    await page.find('dialog form').trigger('submit')
    await flushPromises()
    expect(hub.bodies('post /api/corrections')).toMatchObject([
      {
        user: 'anna',
        reason: 'Gehen vergessen',
        voids: [days[0]?.punches[1]?.id],
        adds: [{ kind: 'out', at: '2026-11-23T17:15:00+01:00' }],
      },
    ])
    expect(page.find('dialog').exists()).toBe(false)
  })

  test('that makes no sense is not sent, and says where', async () => {
    const hub = await show()
    await click('Mo, 23. Nov. korrigieren')
    await click('Zeile entfernen')
    await page.find('dialog form').trigger('submit')
    expect(page.find('[role=alert]').text()).toBe('Gehen um 16:45 folgt nicht aus der Zeile davor.')
    expect(page.find('dialog .row input').attributes('aria-invalid')).toBe('true')
    expect(hub.bodies('post /api/corrections')).toEqual([])
  })

  test('of one’s own shows its state and can be withdrawn', async () => {
    corrections = [makeCorrection(5), makeCorrection(6, { state: 'approved', decidedBy: 'chef' })]
    const hub = await show(user('anna', 'member'))
    const shown = page.findAll('.list .one').map((one) => clean(one.text()))
    expect(shown[0]).toContain('Korrektur offen')
    expect(shown[1]).toContain('genehmigt von chef')
    await click('Zurückziehen')
    expect(hub.asked.some(({ path }) => path === '/api/corrections/5/withdrawal')).toBe(true)
  })
})

test('a member sees only the own times', async () => {
  const hub = await show(user('anna', 'member'), '/app/attendance?user=ben')
  expect(page.find('.who').exists()).toBe(false)
  expect(page.find('.person').exists()).toBe(false)
  expect(hub.asked.some(({ path }) => path === '/api/attendance/who')).toBe(false)
  expect(hub.asked.find(({ path }) => path === '/api/attendance')?.query.get('user')).toBe('anna')
})

test('an admin sees who is in, decides, and clocks in nobody else', async () => {
  corrections = [makeCorrection(5)]
  const hub = await show(user('chef', 'admin'), '/app/attendance?user=anna')
  expect(page.findAll('.who li').map((one) => clean(one.text()))).toEqual([
    'AnnaAnwesend · 08:00',
    'BenAbwesend · 06:00',
  ])
  expect(page.find('.choices').exists()).toBe(false)
  await click('Genehmigen')
  expect(hub.bodies('post /api/corrections/5/decision')).toEqual([{ approve: true }])
})

test('what others do shows by itself', async () => {
  await show()
  now = { ...now, presence: 'out' }
  changed('punches')
  await vi.waitFor(() => expect(button('Kommen')).toBeDefined())
})

test('without an answer it says so, and asks again', async () => {
  let isThere = false
  await show({
    'get /api/attendance': () => {
      if (!isThere) throw new Refused(500, 'internal')
      return now
    },
  })
  expect(page.text()).toContain('Die Anwesenheit lässt sich gerade nicht laden')
  isThere = true
  await page.find('.actions button').trigger('click')
  await flushPromises()
  expect(rows()).toHaveLength(2)
})
