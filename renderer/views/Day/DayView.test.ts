import { type VueWrapper, flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Event } from '../../../contract/events.ts'
import { Refused, fakeHub } from '../../fixtures/fake-hub.ts'
import { DAY, PROJECTS, explainedAs, makeEvent } from '../../fixtures/world.ts'
import { showLocale } from '../../i18n/index.ts'
import { hush, notice } from '../../notice.ts'
import DayView from './DayView.vue'

let events: Event[]
let page: VueWrapper

beforeEach(async () => {
  await showLocale('de')
  localStorage.clear()
  hush()
  events = [
    makeEvent('08:00', '09:00', { title: 'Grundriss.dwg' }),
    makeEvent('09:00', '09:30', { title: 'Angebot Brandschutz - Outlook', app: 'outlook.exe' }),
    makeEvent('09:30', '09:31', { title: 'Wetter', app: 'chrome.exe' }),
    makeEvent('10:00', '10:40', { title: 'Statik.xlsx - Excel', app: 'excel.exe', ...explainedAs(1, 11) }),
  ]
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
})

async function show(answers: Parameters<typeof fakeHub>[0] = {}) {
  const hub = fakeHub({
    'get /api/hub': () => ({
      version: '1',
      zone: 'Europe/Berlin',
      dayStartMinutes: 0,
      now: `${DAY}T12:00:00+01:00`,
      today: DAY,
    }),
    'get /api/users': () => ({
      items: [{ handle: 'anna', name: 'Anna', colour: 0, lastEvent: `${DAY}T10:40:00+01:00` }],
    }),
    'get /api/projects': () => ({ items: PROJECTS }),
    'get /api/batches': () => ({ items: [] }),
    [`get /api/days/${DAY}`]: () => ({
      day: DAY,
      start: '',
      end: '',
      user: 'anna',
      events,
      truncated: false,
    }),
    'put /api/assignments': ({ body }) => ({
      batch: 1,
      changed: (body as { eventIds: number[] }).eventIds,
      unchanged: [],
    }),
    'patch /api/events': ({ body }) => ({
      batch: 2,
      changed: (body as { eventIds: number[] }).eventIds,
      unchanged: [],
    }),
    'post /api/batches/1/undo': () => ({ batch: 1, restored: [], left: [] }),
    ...answers,
  })
  vi.stubGlobal('fetch', hub.fetch)
  const blank = { template: '<p />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/app/day/:day?', name: 'day', component: blank },
      { path: '/app/projects', name: 'projects', component: blank },
    ],
  })
  await router.push('/app/day')
  page = mount(DayView, { attachTo: document.body, global: { plugins: [createPinia(), router] } })
  await flushPromises()
  return hub
}

async function press(...keys: string[]) {
  for (const key of keys) {
    window.dispatchEvent(new KeyboardEvent('keydown', { key }))
    await flushPromises()
  }
}

const cards = () => page.findAll('.card .title').map((title) => title.text().replaceAll('\u200b', ''))

test('it says what is explained, and lists the rest with the largest first', async () => {
  await show()
  expect(page.find('.figures').text()).toContain('0:40')
  expect(page.text()).toContain('von 2:11 erklärt')
  expect(page.text()).toContain('noch 1:31 in 2 Blöcken')
  expect(cards()).toEqual(['Grundriss.dwg', 'Angebot Brandschutz'])
  expect(page.text()).toContain('Kleinkram: 1 kurzer Block')
})

test('a number key assigns the current block to what is offered under it, and U takes it back', async () => {
  const hub = await show()
  await press('j', '1')
  expect(hub.bodies('put /api/assignments')).toEqual([
    {
      eventIds: [events[1]?.id],
      target: { projectId: 3, milestoneId: 30, activity: null, comment: null },
      onlyUnassigned: true,
    },
  ])
  expect(cards()).toEqual(['Grundriss.dwg'])
  expect(notice.value?.text).toBe('0:30 → Rathaus · Brandschutz')
  await press('u')
  expect(hub.asked.at(-1)?.path).toBe('/api/batches/1/undo')
  expect(cards()).toEqual(['Grundriss.dwg', 'Angebot Brandschutz'])
})

test('chosen blocks are acted on together', async () => {
  const hub = await show()
  await press('x', 'j', 'x', 'i')
  expect(hub.bodies('patch /api/events')).toEqual([
    { eventIds: [events[0]?.id, events[1]?.id], set: { ignored: true } },
  ])
  expect(cards()).toEqual([])
  expect(notice.value?.undo).not.toBeNull()
})

test('a refusal brings the block back with the reason', async () => {
  await show({
    'put /api/assignments': () => {
      throw new Refused(507, 'disk_full')
    },
  })
  await press('j', '1')
  expect(cards()).toEqual(['Grundriss.dwg', 'Angebot Brandschutz'])
  expect(notice.value).toMatchObject({ tone: 'bad', undo: null })
  expect(notice.value?.text).toContain('Der Speicher des Hubs ist voll.')
})

test('what somebody else explained meanwhile is said', async () => {
  await show({ 'put /api/assignments': () => ({ batch: 1, changed: [], unchanged: [events[1]?.id] }) })
  await press('j', '1')
  expect(notice.value?.text).toContain('1 Ereignis war schon erklärt')
})

test('keys are left alone while somebody types', async () => {
  const hub = await show()
  await press('/')
  await page.find('input[type=text]').trigger('keydown', { key: 'i' })
  expect(hub.bodies('patch /api/events')).toEqual([])
  await page.find('input[type=text]').setValue('brand')
  expect(cards()).toEqual(['Angebot Brandschutz'])
  expect(page.text()).toContain('noch 1:31 in 2 Blöcken')
})

test('an empty day says what would fill it and where the last events are', async () => {
  events = []
  await show()
  expect(page.text()).toContain('Nichts erfasst für Anna')
  expect(page.text()).toContain('Letzter Tag mit Ereignissen: Dienstag, 24. November')
})

test('a hub that nobody reports to says how to begin', async () => {
  events = []
  await show({ 'get /api/users': () => ({ items: [] }) })
  expect(page.text()).toContain('Noch meldet niemand Zeit')
})

test('events that name nobody are chosen like a person, and asked for without one', async () => {
  const hub = await show({
    'get /api/users': () => ({
      items: [{ handle: '', name: '', colour: 0, lastEvent: `${DAY}T10:40:00+01:00` }],
    }),
  })
  expect(hub.asked.find(({ path }) => path.startsWith('/api/days/'))?.query.has('user')).toBe(false)
  expect(cards()).toHaveLength(2)
})

test('when the day cannot be read it says why and tries again', async () => {
  let isDown = true
  await show({
    [`get /api/days/${DAY}`]: () => {
      if (isDown) throw new Refused(503, 'busy')
      return { day: DAY, start: '', end: '', user: 'anna', events, truncated: false }
    },
  })
  expect(page.text()).toContain('Der Hub ist gerade überlastet')
  isDown = false
  await page
    .findAll('button')
    .find((button) => button.text() === 'Erneut versuchen')
    ?.trigger('click')
  await flushPromises()
  expect(cards()).toHaveLength(2)
})
