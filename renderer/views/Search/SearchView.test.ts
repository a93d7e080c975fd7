import { type VueWrapper, flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Router, createMemoryHistory, createRouter } from 'vue-router'
import type { Event } from '../../../contract/events.ts'
import { Refused, fakeHub } from '../../fixtures/fake-hub.ts'
import { DAY, PROJECTS, at, explainedAs, makeEvent } from '../../fixtures/world.ts'
import { showLocale } from '../../i18n/index.ts'
import { hush, notice } from '../../notice.ts'
import SearchView from './SearchView.vue'

let events: Event[]
let page: VueWrapper
let router: Router

beforeEach(async () => {
  await showLocale('de')
  localStorage.clear()
  hush()
  events = [
    makeEvent('10:00', '10:40', {
      sessionId: 2,
      title: 'Statik Rathaus.xlsx',
      app: 'excel.exe',
      ...explainedAs(1, 11),
    }),
    makeEvent('09:10', '09:30', { sessionId: 1, title: 'Rathaus Plan B' }),
    makeEvent('09:00', '09:10', { sessionId: 1, title: '<b>Rathaus</b> Plan A' }),
  ]
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

async function show(address: string, answers: Parameters<typeof fakeHub>[0] = {}) {
  const hub = fakeHub({
    'get /api/hub': () => ({
      version: '1',
      zone: 'Europe/Berlin',
      dayStartMinutes: 0,
      now: at('12:00'),
      today: DAY,
    }),
    'get /api/users': () => ({
      items: [
        { handle: 'anna', name: 'Anna', colour: 0, lastEvent: at('10:40') },
        { handle: 'ben', name: 'Ben', colour: 1, lastEvent: at('10:40') },
      ],
    }),
    'get /api/projects': () => ({ items: PROJECTS }),
    'get /api/batches': () => ({ items: [] }),
    'get /api/events': () => ({ items: events, next: null }),
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
  router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/app/search', name: 'search', component: blank },
      { path: '/app/day/:day?', name: 'day', component: blank },
      { path: '/app/projects', name: 'projects', component: blank },
    ],
  })
  await router.push(address)
  page = mount(SearchView, { attachTo: document.body, global: { plugins: [createPinia(), router] } })
  await flushPromises()
  return hub
}

type Hub = Awaited<ReturnType<typeof show>>
const questions = (hub: Hub) =>
  hub.asked.filter(({ path }) => path === '/api/events').map(({ query }) => Object.fromEntries(query))
const titles = () => page.findAll('.line .title').map((title) => title.text())
const ids = (...places: number[]) => places.map((place) => events[place]?.id)

async function press(...keys: string[]) {
  for (const key of keys) {
    window.dispatchEvent(new KeyboardEvent('keydown', { key }))
    await flushPromises()
  }
}

async function click(text: string) {
  await page
    .findAll('button')
    .find((button) => button.text() === text)
    ?.trigger('click')
  await flushPromises()
}

async function pick(name: string) {
  await page.find('[role=combobox]').setValue(name)
  await page.find('[role=combobox]').trigger('keydown', { key: 'Enter' })
  await flushPromises()
}

test('nothing asked is not everything: it says what can be searched for, and offers beginnings', async () => {
  const hub = await show('/app/search?user=anna')
  expect(questions(hub)).toEqual([])
  expect(page.text()).toContain('Wonach suchen?')
  await click('Nicht erklärt, diese Woche')
  expect(questions(hub)).toEqual([
    {
      user: 'anna',
      from: '2026-11-23T00:00:00+01:00',
      to: '2026-11-30T00:00:00+01:00',
      assigned: 'false',
      private: 'false',
      ignored: 'false',
      limit: '100',
    },
  ])
})

test('what is found stands by day and session, with the words marked and nothing taken for markup', async () => {
  await show('/app/search?q=rathaus+plan')
  expect(page.find('h2').text()).toBe('Dienstag, 24. November')
  expect(titles()).toEqual(['Statik Rathaus.xlsx', 'Rathaus Plan B'])
  expect(
    page
      .findAll('.line')[1]
      ?.findAll('mark')
      .map((mark) => mark.text()),
  ).toEqual(['Rathaus', 'Plan'])
  expect(page.text()).toContain('2 Treffer')
  expect(page.text()).toContain('3 Ereignisse')
  await page.findAll('.count')[1]?.trigger('click')
  expect(page.findAll('.event').map((event) => event.text())).toEqual([
    '09:00<b>Rathaus</b> Plan A',
    '09:10Rathaus Plan B',
  ])
  expect(page.find('.event b').exists()).toBe(false)
})

test('typing waits for the end of a word and changes the address', async () => {
  vi.useFakeTimers()
  const hub = await show('/app/search')
  const field = page.find('input[type=text]')
  await field.setValue('rat')
  await vi.advanceTimersByTimeAsync(100)
  await field.setValue('rathaus')
  await vi.advanceTimersByTimeAsync(300)
  await flushPromises()
  expect(questions(hub).map(({ text }) => text)).toEqual(['rathaus'])
  expect(router.currentRoute.value.fullPath).toBe('/app/search?q=rathaus')
})

test('a filter that is chosen while one types does not lose what was typed', async () => {
  const hub = await show('/app/search')
  await page.find('input[type=text]').setValue('rathaus')
  await page.find('[aria-label=Stand]').setValue('open')
  await flushPromises()
  expect(questions(hub)).toMatchObject([{ text: 'rathaus', assigned: 'false' }])
})

test('filters narrow the search and are in the address', async () => {
  const hub = await show('/app/search?q=rathaus')
  await page.find('[aria-label=Zeitraum]').setValue('lastWeek')
  await page.find('[aria-label=Person]').setValue('ben')
  await page.find('[aria-label=Quelle]').setValue('phone')
  await page.find('[aria-label=Stand]').setValue('explained')
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({
    q: 'rathaus',
    user: 'ben',
    from: '2026-11-16',
    to: '2026-11-22',
    source: 'phone',
    state: 'explained',
  })
  expect(questions(hub).at(-1)).toMatchObject({ user: 'ben', source: 'phone', assigned: 'true' })
})

test('a range that ends before it begins is said and not asked for', async () => {
  const hub = await show('/app/search?q=a&from=2026-11-24&to=2026-11-23')
  expect(questions(hub)).toEqual([])
  expect(page.find('[role=alert]').text()).toBe('Der letzte Tag liegt vor dem ersten.')
})

test('all that is shown is assigned at once and taken back at once', async () => {
  const hub = await show('/app/search?q=rathaus')
  await click('Alle auswählen')
  expect(page.find('.selection').text()).toContain('1:10')
  await press('Enter')
  await pick('brand')
  expect(hub.bodies('put /api/assignments')).toEqual([
    {
      eventIds: ids(0, 2, 1),
      target: { projectId: 3, milestoneId: 30, activity: null, comment: null },
      onlyUnassigned: false,
    },
  ])
  expect(notice.value?.text).toBe('1:10 → Rathaus · Brandschutz')
  expect(page.findAll('.fate').map((fate) => fate.text())).toEqual([
    'BrandschutzRathaus',
    'BrandschutzRathaus',
  ])
  await press('u')
  expect(hub.asked.at(-1)?.path).toBe('/api/batches/1/undo')
  expect(page.findAll('.fate').map((fate) => fate.text())).toEqual(['StatikWerkhalle Nord', 'nicht erklärt'])
})

test('what was not explained is left alone when somebody was faster, and that is said', async () => {
  const hub = await show('/app/search?q=rathaus', {
    'put /api/assignments': () => ({ batch: 1, changed: ids(2), unchanged: ids(1) }),
  })
  await press('j', 'Enter')
  await pick('brand')
  expect(hub.bodies('put /api/assignments')).toMatchObject([{ eventIds: ids(2, 1), onlyUnassigned: true }])
  expect(notice.value?.text).toContain('1 Ereignis war schon erklärt')
  expect(questions(hub)).toHaveLength(2)
})

test('what no longer fits the filter leaves the list, and comes back with an undo', async () => {
  await show('/app/search?q=rathaus&state=open', {
    'get /api/events': () => ({ items: events.slice(1), next: null }),
    'post /api/batches/2/undo': () => ({ batch: 2, restored: [], left: [] }),
  })
  await press('x', 'i')
  expect(titles()).toEqual([])
  expect(notice.value?.text).toBe('0:30 wird ignoriert')
  notice.value?.undo?.()
  await flushPromises()
  expect(titles()).toEqual(['Rathaus Plan B'])
})

test('a refusal brings everything back, with the reason', async () => {
  await show('/app/search?q=rathaus&state=open', {
    'get /api/events': () => ({ items: events.slice(1), next: null }),
    'patch /api/events': () => {
      throw new Refused(503, 'busy')
    },
  })
  await press('p')
  expect(titles()).toEqual(['Rathaus Plan B'])
  expect(notice.value).toMatchObject({ tone: 'bad', undo: null })
})

test('more than the hub takes at once goes in parts, and is taken back whole when one is refused', async () => {
  events = Array.from({ length: 1200 }, () => makeEvent('09:00', '09:01', { sessionId: 1 }))
  const undone: string[] = []
  const hub = await show('/app/search?q=grundriss', {
    'patch /api/events': ({ body }) => {
      const { eventIds } = body as { eventIds: number[] }
      if (eventIds.length < 1000) throw new Refused(507, 'disk_full')
      return { batch: 41, changed: eventIds, unchanged: [] }
    },
    'post /api/batches/41/undo': ({ path }) => {
      undone.push(path)
      return { batch: 41, restored: [], left: [] }
    },
  })
  await press('i')
  expect(hub.bodies('patch /api/events')).toHaveLength(2)
  expect(undone).toHaveLength(1)
  expect(notice.value?.text).toContain('Der Speicher des Hubs ist voll.')
})

test('a page that is not full is followed by the next, and the rest is loaded when asked for', async () => {
  const first = Array.from({ length: 99 }, () => makeEvent('09:00', '09:01'))
  const pages = [
    { items: first, next: 'a' },
    { items: [], next: 'b' },
    { items: [makeEvent('08:00', '08:01')], next: 'c' },
    { items: [makeEvent('07:00', '07:01', { sessionId: 9, title: 'Grundriss alt' })], next: null },
  ]
  const hub = await show('/app/search?q=grundriss', { 'get /api/events': () => pages.shift() })
  expect(questions(hub).map(({ cursor }) => cursor)).toEqual([undefined, 'a', 'b'])
  expect(page.text()).toContain('100 Ereignisse, es gibt weitere')
  await click('Weitere Treffer laden')
  expect(questions(hub).at(-1)?.['cursor']).toBe('c')
  expect(titles().at(-1)).toBe('Grundriss alt')
  expect(page.text()).not.toContain('Weitere Treffer laden')
})

test('a search that matches rarely stops to ask whether to go on', async () => {
  const hub = await show('/app/search?q=nie', { 'get /api/events': () => ({ items: [], next: 'x' }) })
  expect(questions(hub)).toHaveLength(8)
  expect(page.text()).toContain('Weiter zurück wurde noch nicht gesucht')
  await click('Weiter zurück suchen')
  expect(questions(hub)).toHaveLength(16)
})

test('nothing found says what to try', async () => {
  const hub = await show('/app/search?q=nie&user=anna&state=private', {
    'get /api/events': () => ({ items: [], next: null }),
  })
  expect(page.text()).toContain('Nichts gefunden zu „nie“')
  await click('Bei allen Personen')
  expect(questions(hub).at(-1)).not.toHaveProperty('user')
  expect(router.currentRoute.value.query).toEqual({ q: 'nie', state: 'private' })
})

test('absence is never a hit', async () => {
  events.push(makeEvent('11:00', '12:00', { source: 'afk' }))
  await show('/app/search?from=2026-11-24')
  expect(page.text()).toContain('3 Ereignisse')
})

test('the answer to an older question changes nothing', async () => {
  const waiting: ((value: unknown) => void)[] = []
  await show('/app/search?q=alt', {
    'get /api/events': () => new Promise((resolve) => waiting.push(resolve)),
  })
  await router.replace('/app/search?q=neu')
  await flushPromises()
  waiting[1]?.({ items: events.slice(0, 1), next: null })
  await flushPromises()
  waiting[0]?.({ items: events, next: null })
  await flushPromises()
  expect(titles()).toEqual(['Statik Rathaus.xlsx'])
})

test('when the hub does not answer it says why and tries again', async () => {
  let isDown = true
  await show('/app/search?q=rathaus', {
    'get /api/events': () => {
      if (isDown) throw new Refused(503, 'busy')
      return { items: events, next: null }
    },
  })
  expect(page.text()).toContain('Der Hub ist gerade überlastet')
  isDown = false
  await click('Erneut versuchen')
  expect(titles()).toHaveLength(2)
})

test('the menu of a line leads to its day, of its person', async () => {
  await show('/app/search?q=rathaus')
  await page.findAll('.line [aria-label="Weitere Aktionen"]')[0]?.trigger('click')
  await flushPromises()
  await page.findAll('[role=menuitem]').at(-1)?.trigger('click')
  await flushPromises()
  expect(router.currentRoute.value.fullPath).toBe(`/app/day/${DAY}?user=anna`)
})
