import { type VueWrapper, flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Router, createMemoryHistory, createRouter } from 'vue-router'
import type { Event } from '../../../contract/events.ts'
import type { Week } from '../../../contract/weeks.ts'
import { Refused, fakeHub } from '../../fixtures/fake-hub.ts'
import { fakeLive } from '../../fixtures/live.ts'
import { makeWeek } from '../../fixtures/week.ts'
import { DAY, PROJECTS, at, explainedAs, makeEvent } from '../../fixtures/world.ts'
import { showLocale } from '../../i18n/index.ts'
import { hush, notice } from '../../notice.ts'
import WeekView from './WeekView.vue'

const TUESDAY = 1
const WEDNESDAY = 2
const NEXT = '2026-11-25'
/** Rathaus · Brandschutz, where the entries of these tests go. */
const ROW = '3/30'

let week: Week
let events: Record<string, Event[]>
let page: VueWrapper
let router: Router
let changed: ReturnType<typeof fakeLive>

beforeEach(async () => {
  changed = fakeLive((name, value) => vi.stubGlobal(name, value))
  await showLocale('de')
  localStorage.clear()
  hush()
  week = makeWeek(
    [
      [6, 4],
      [8, 8],
    ],
    [
      { target: [1, 10], hours: [3, 5] },
      { target: [3, 30], hours: [1, 3], entered: [0, 1] },
    ],
  )
  events = {
    [DAY]: [
      makeEvent('08:00', '16:07', explainedAs(1, 10)),
      makeEvent('17:00', '18:00', { source: 'manual', title: 'Ortstermin', ...explainedAs(3, 30) }),
    ],
    [NEXT]: [],
  }
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
})

const dayAnswer = (day: string) => () => ({
  day,
  events: events[day],
  sessions: [],
  presence: [],
  truncated: false,
})

async function show(answers: Parameters<typeof fakeHub>[0] = {}, address = '/app/week?user=anna') {
  let batch = 0
  const hub = fakeHub({
    'get /api/hub': () => ({
      version: '1',
      zone: 'Europe/Berlin',
      dayStartMinutes: 0,
      now: at('12:00'),
      today: DAY,
    }),
    'get /api/users': () => ({
      items: [{ handle: 'anna', name: 'Anna', colour: 0, lastEvent: at('18:00') }],
    }),
    'get /api/projects': () => ({ items: PROJECTS }),
    'get /api/batches': () => ({ items: [] }),
    'get /api/weeks/2026-11-23': () => week,
    [`get /api/days/${DAY}`]: dayAnswer(DAY),
    [`get /api/days/${NEXT}`]: dayAnswer(NEXT),
    'post /api/entries': () => ({ event: 1, batch: ++batch }),
    'patch /api/events': ({ body }) => ({
      batch: 7,
      changed: (body as { eventIds: number[] }).eventIds,
      unchanged: [],
    }),
    'post /api/batches/1/undo': () => ({ batch: 1, restored: [1], left: [] }),
    'post /api/batches/7/undo': () => ({ batch: 7, restored: [1], left: [] }),
    ...answers,
  })
  vi.stubGlobal('fetch', hub.fetch)
  const blank = { template: '<p />' }
  router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/app/day/:day?', name: 'day', component: blank },
      { path: '/app/week/:day?', name: 'week', component: blank },
      { path: '/app/search', name: 'search', component: blank },
      { path: '/app/projects', name: 'projects', component: blank },
    ],
  })
  await router.push(address)
  page = mount(WeekView, { attachTo: document.body, global: { plugins: [createPinia(), router] } })
  await flushPromises()
  return hub
}

const cell = (row: string, col: number) => page.find(`[id="week-${row}-${col}"]`)
const heads = () => page.findAll('thead th').map((head) => head.text().replaceAll(/\s+/g, ' '))
const rowTexts = () =>
  page.findAll('tbody tr').map((row) => row.findAll('td').map((one) => one.text().replaceAll(/\s+/g, ' ')))
const editor = () => page.find('.editor input')

async function press(target: { element: Element } | Window, key: string, more: KeyboardEventInit = {}) {
  const to = 'element' in target ? target.element : target
  to.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
  await flushPromises()
}

async function enter(text: string, row = ROW, col = TUESDAY) {
  await cell(row, col).trigger('click')
  await editor().setValue(text)
  await press(editor(), 'Enter')
}

test('days stand across and targets down, with the totals of both', async () => {
  await show()
  expect(page.find('.figures').text()).toMatch(/12:00.*von 14:00 erklärt.*noch 2:00 offen/)
  expect(heads().slice(0, 3)).toEqual(['Mo 23.4:00von 6:00', 'Di 24.8:00von 8:00', 'Mi 25.–'])
  expect(heads().at(-1)).toBe('Summe12:00von 14:00')
  expect(rowTexts()).toEqual([
    ['1:00', '1:00davon 1:00 von Hand eingetragen3:00', '', '', '', '', '', '4:00'],
    ['3:00', '5:00', '', '', '', '', '', '8:00'],
    ['2:00', '', '', '', '', '', '', '2:00'],
  ])
})

test('today is marked, and a weekend without anything is quiet', async () => {
  await show()
  const marks = page.findAll('thead th').map((head) => head.attributes('aria-current') ?? '')
  expect(marks.indexOf('date')).toBe(TUESDAY)
  expect(page.findAll('thead th.quietly').map((head) => head.text())).toEqual(['Sa 28.–', 'So 29.–'])
})

test('time typed into a cell is entered after the last thing of the day, and said where', async () => {
  const hub = await show()
  await enter('1:30')
  expect(hub.bodies('post /api/entries')).toEqual([
    {
      key: expect.any(String),
      user: 'anna',
      start: '2026-11-24T18:00:00+01:00',
      end: '2026-11-24T19:30:00+01:00',
      target: { projectId: 3, milestoneId: 30 },
    },
  ])
  expect(notice.value?.text).toBe('1:30 → Rathaus · Brandschutz · Di, 24. Nov., 18:00 – 19:30')
  await press(window, 'u')
  expect(hub.asked.filter(({ path }) => path === '/api/batches/1/undo')).toHaveLength(1)
  expect(notice.value?.text).toContain('Zurückgenommen')
})

test('an empty day begins at nine', async () => {
  const hub = await show()
  await enter('2', ROW, WEDNESDAY)
  expect(hub.bodies('post /api/entries')).toMatchObject([
    { start: '2026-11-25T09:00:00+01:00', end: '2026-11-25T11:00:00+01:00' },
  ])
})

test('what was entered counts before the hub has answered, and once', async () => {
  let answer = () => {}
  await show({
    'post /api/entries': () => new Promise((resolve) => (answer = () => resolve({ event: 1, batch: 1 }))),
  })
  await enter('1:30')
  expect(cell(ROW, TUESDAY).text()).toContain('4:30')
  expect(heads()[TUESDAY]).toBe('Di 24.9:30von 9:30')
  week = makeWeek(
    [
      [6, 4],
      [9.5, 9.5],
    ],
    [{ target: [3, 30], hours: [1, 4.5], entered: [0, 2.5] }],
  )
  answer()
  await flushPromises()
  expect(cell(ROW, TUESDAY).text()).toContain('4:30')
  expect(heads()[TUESDAY]).toBe('Di 24.9:30von 9:30')
})

test('the editor says what it reads, with what is there already', async () => {
  await show()
  await cell(ROW, TUESDAY).trigger('click')
  await editor().setValue('1,4')
  expect(page.find('.reading').text()).toBe('1:30 von Hand, zusammen 4:30')
  await editor().setValue('1:37')
  expect(page.find('.reading').text()).toBe('1:37 von Hand, zusammen 4:37')
  await press(editor(), 'ArrowUp')
  expect((editor().element as HTMLInputElement).value).toBe('1:45')
})

test('what is no length of time is not entered, and stays to be corrected', async () => {
  const hub = await show()
  await enter('viel')
  expect(hub.bodies('post /api/entries')).toEqual([])
  expect(page.find('.reading').text()).toContain('zum Beispiel 1:30')
  expect(editor().attributes('aria-invalid')).toBe('true')
  await press(editor(), 'Escape')
  expect(editor().exists()).toBe(false)
  expect(document.activeElement?.id).toBe(`week-${ROW}-${TUESDAY}`)
})

test('leaving a cell enters what was typed into it, or nothing when nothing was', async () => {
  const hub = await show()
  await cell(ROW, TUESDAY).trigger('click')
  await editor().trigger('focusout')
  expect(editor().exists()).toBe(false)
  expect(hub.bodies('post /api/entries')).toEqual([])
  await cell(ROW, TUESDAY).trigger('click')
  await editor().setValue('0:20')
  await editor().trigger('focusout')
  await flushPromises()
  expect(hub.bodies('post /api/entries')).toHaveLength(1)
})

test('a refusal brings what was typed back, with the reason beside it', async () => {
  await show({
    'post /api/entries': () => {
      throw new Refused(507, 'disk_full')
    },
  })
  await enter('1:30')
  expect((editor().element as HTMLInputElement).value).toBe('1:30')
  expect(page.find('.reading').text()).toBe('Der Speicher des Hubs ist voll.')
  expect(heads()[TUESDAY]).toBe('Di 24.8:00von 8:00')
})

test('an answer that never came may have been a yes: the same is sent again under the same key', async () => {
  let isDown = true
  const hub = await show({
    'post /api/entries': () => {
      if (isDown) throw new TypeError('fetch failed')
      return { event: 1, batch: null }
    },
  })
  await enter('1:30')
  expect(page.find('.reading').text()).toBe('Der Hub antwortet nicht.')
  isDown = false
  await press(editor(), 'Enter')
  const [first, second] = hub.bodies('post /api/entries')
  expect(second).toEqual(first)
  expect(editor().exists()).toBe(false)
})

test('a day without room says so', async () => {
  events[DAY] = [makeEvent('00:30', '23:30')]
  const hub = await show()
  await enter('2:00')
  expect(hub.bodies('post /api/entries')).toEqual([])
  expect(page.find('.reading').text()).toBe('An diesem Tag ist keine Lücke von 2:00 mehr frei.')
})

test('entries are copied to the next day at their time of the day, and taken back as one', async () => {
  const hub = await show()
  await press(cell(ROW, TUESDAY), 'ArrowRight')
  cell(ROW, TUESDAY).element.dispatchEvent(new FocusEvent('focus'))
  await press(cell(ROW, TUESDAY), 'c')
  expect(hub.bodies('post /api/entries')).toMatchObject([
    {
      title: 'Ortstermin',
      start: '2026-11-25T17:00:00+01:00',
      end: '2026-11-25T18:00:00+01:00',
      target: { projectId: 3, milestoneId: 30, activity: null, comment: null },
    },
  ])
  expect(notice.value?.text).toBe('1:00 kopiert auf Mi, 25. Nov. · Rathaus · Brandschutz')
  notice.value?.undo?.()
  await flushPromises()
  expect(hub.asked.filter(({ path }) => path === '/api/batches/1/undo')).toHaveLength(1)
})

test('a copy of which a part is refused leaves nothing behind', async () => {
  events[DAY]?.push(makeEvent('19:00', '19:30', { source: 'manual', ...explainedAs(3, 30) }))
  let stored = 0
  const hub = await show({
    'post /api/entries': () => {
      if (stored++ > 0) throw new Refused(503, 'busy')
      return { event: 1, batch: 1 }
    },
  })
  cell(ROW, TUESDAY).element.dispatchEvent(new FocusEvent('focus'))
  await press(cell(ROW, TUESDAY), 'c')
  expect(hub.asked.filter(({ path }) => path === '/api/batches/1/undo')).toHaveLength(1)
  expect(notice.value).toMatchObject({ tone: 'bad', undo: null })
})

test('only what was entered by hand is deleted, and only where there is any', async () => {
  const hub = await show()
  cell('1/10', TUESDAY).element.dispatchEvent(new FocusEvent('focus'))
  await press(cell('1/10', TUESDAY), 'Delete')
  expect(hub.bodies('patch /api/events')).toEqual([])
  cell(ROW, TUESDAY).element.dispatchEvent(new FocusEvent('focus'))
  await press(cell(ROW, TUESDAY), 'Delete')
  expect(hub.bodies('patch /api/events')).toEqual([
    { eventIds: [events[DAY]?.[1]?.id], set: { deleted: true } },
  ])
  await press(window, 'u')
  expect(hub.asked.some(({ path }) => path === '/api/batches/7/undo')).toBe(true)
})

test('the menu of a cell offers to copy to the next weekday first', async () => {
  const hub = await show()
  await cell(ROW, TUESDAY).trigger('contextmenu')
  await flushPromises()
  const items = page.findAll('[role=menuitem] .label').map((item) => item.text())
  expect(items.slice(0, 4)).toEqual([
    'Zeit eintragen',
    'Zum Tag',
    '1:00 kopieren auf Mi, 25. Nov.',
    '1:00 kopieren auf Mo, 23. Nov.',
  ])
  expect(items.at(-1)).toBe('1:00 von Hand löschen')
  await page.findAll('[role=menuitem]')[2]?.trigger('click')
  await flushPromises()
  expect(hub.bodies('post /api/entries')).toHaveLength(1)
})

test('arrows lead through the grid, Enter opens the day, digits begin to type', async () => {
  await show()
  const start = document.querySelector<HTMLElement>('th[tabindex="0"]')
  start?.focus()
  const active = () => document.activeElement?.id
  const type = (key: string) => press({ element: document.activeElement as Element }, key)
  await type('ArrowDown')
  expect(active()).toBe(`week-${ROW}-${TUESDAY}`)
  await type('ArrowRight')
  await type('ArrowDown')
  await type('ArrowDown')
  expect(active()).toBe(`week-open-${WEDNESDAY}`)
  await type('ArrowUp')
  await type('9')
  expect((editor().element as HTMLInputElement).value).toBe('9')
  await press(editor(), 'Escape')
  await type('Enter')
  expect(router.currentRoute.value.fullPath).toBe('/app/day/2026-11-25?user=anna&of=1/10')
})

test('brackets lead to other weeks, T back to this one, and a slash to the search', async () => {
  await show({
    'get /api/weeks/2026-11-30': () => makeWeek([]),
    'get /api/weeks/2026-11-16': () => makeWeek([]),
  })
  await press(window, ']')
  expect(router.currentRoute.value.path).toBe('/app/week/2026-11-30')
  await press(window, '[')
  await press(window, '[', { ctrlKey: true })
  expect(router.currentRoute.value.path).toBe('/app/week')
  await press(window, 'ArrowLeft')
  expect(router.currentRoute.value.path).toBe('/app/week/2026-11-16')
  await press(window, 't')
  expect(router.currentRoute.value.path).toBe('/app/week')
  await press(window, '/')
  expect(router.currentRoute.value.fullPath).toBe('/app/search?user=anna')
})

test('news from the hub show without taking away what is being typed', async () => {
  await show()
  await cell(ROW, TUESDAY).trigger('click')
  await editor().setValue('1:')
  const element = editor().element
  week = makeWeek(
    [
      [7, 4],
      [8, 8],
    ],
    [{ target: [1, 10], hours: [4, 5] }],
  )
  vi.useFakeTimers()
  changed('events')
  await vi.advanceTimersByTimeAsync(300)
  vi.useRealTimers()
  await flushPromises()
  expect(heads()[0]).toBe('Mo 23.4:00von 7:00')
  expect(editor().element).toBe(element)
  expect(document.activeElement).toBe(element)
  expect((element as HTMLInputElement).value).toBe('1:')
})

test('a target gets a row by being picked, ready to be typed into', async () => {
  const hub = await show()
  await press(window, 'n')
  await page.find('[role=combobox]').setValue('statik')
  await page.find('[role=combobox]').trigger('keydown', { key: 'Enter' })
  await flushPromises()
  await editor().setValue('45')
  await press(editor(), 'Enter')
  expect(hub.bodies('post /api/entries')).toMatchObject([
    { target: { projectId: 1, milestoneId: 11 }, start: at('18:00'), end: at('18:45') },
  ])
})

test('events that name nobody can be looked at, and take no time by hand', async () => {
  const hub = await show({
    'get /api/users': () => ({ items: [{ handle: '', name: '', colour: 0, lastEvent: at('10:00') }] }),
  })
  expect(hub.asked.find(({ path }) => path.startsWith('/api/weeks/'))?.query.has('user')).toBe(false)
  await cell(ROW, TUESDAY).trigger('click')
  expect(editor().exists()).toBe(false)
  expect(page.text()).not.toContain('Meilenstein hinzufügen')
})

test('what is archived takes no time, and leads to its day', async () => {
  const hub = await show({
    'get /api/projects': () => ({ items: PROJECTS.map((project) => ({ ...project, archived: true })) }),
  })
  await cell(ROW, TUESDAY).trigger('click')
  await flushPromises()
  expect(editor().exists()).toBe(false)
  expect(hub.bodies('post /api/entries')).toEqual([])
  expect(router.currentRoute.value.fullPath).toBe('/app/day?user=anna&of=3/30')
})

test('an empty week says what would fill it', async () => {
  week = makeWeek([])
  await show()
  expect(page.text()).toContain('Nichts in dieser Woche für Anna')
  expect(page.findAll('button').some((button) => button.text() === 'Zeit eintragen')).toBe(true)
})

test('when the week cannot be read it says why and tries again', async () => {
  let isDown = true
  await show({
    'get /api/weeks/2026-11-23': () => {
      if (isDown) throw new Refused(503, 'busy')
      return week
    },
  })
  expect(page.text()).toContain('Der Hub ist gerade überlastet')
  isDown = false
  await page
    .findAll('button')
    .find((button) => button.text() === 'Erneut versuchen')
    ?.trigger('click')
  await flushPromises()
  expect(heads()).toHaveLength(8)
})

test('on a phone the days are a list, and time is entered in a sheet', async () => {
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener() {}, removeEventListener() {} }))
  const hub = await show()
  expect(page.find('table').exists()).toBe(false)
  expect(page.findAll('section.day h2').map((head) => head.text())).toEqual([
    'Mo, 23. Nov.',
    'Di, 24. Nov.',
    'Mi, 25. Nov.',
    'Do, 26. Nov.',
    'Fr, 27. Nov.',
    'Sa, 28. Nov.',
    'So, 29. Nov.',
    'Summe der Woche',
  ])
  await page.find('[aria-label="Zeit eintragen am Mi, 25. Nov."]').trigger('click')
  await page.find('[role=combobox]').setValue('brand')
  await page.find('[role=combobox]').trigger('keydown', { key: 'Enter' })
  await flushPromises()
  const field = page.find('dialog form input')
  await field.setValue('0')
  await page.find('dialog form').trigger('submit')
  expect(page.find('[role=alert]').text()).toContain('zum Beispiel 1:30')
  await field.setValue('1:15')
  await page.find('dialog form').trigger('submit')
  await flushPromises()
  expect(hub.bodies('post /api/entries')).toMatchObject([
    { target: { projectId: 3, milestoneId: 30 }, end: '2026-11-25T10:15:00+01:00' },
  ])
})
