import { DOMWrapper, type VueWrapper, flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Event, Session } from '../../../contract/events.ts'
import type { SessionSuggestions } from '../../../contract/suggestions.ts'
import { Refused, fakeHub } from '../../fixtures/fake-hub.ts'
import { fakeLive } from '../../fixtures/live.ts'
import { DAY, PROJECTS, explainedAs, makeEvent, makeSession } from '../../fixtures/world.ts'
import { showLocale } from '../../i18n/index.ts'
import { hush, notice } from '../../notice.ts'
import { useDay } from '../../stores/day.ts'
import { useSuggestions } from '../../stores/suggestions.ts'
import { remember } from '../../storage.ts'
import DayView from './DayView.vue'
import { askForDay } from './ask-ahead.ts'

let events: Event[]
let sessions: Session[]
let suggested: SessionSuggestions[]
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
  sessions = events.map((event) =>
    makeSession([event], { title: event.title?.replace(/ - \w+$/, '') ?? null }),
  )
  suggested = [
    offering(1, { projectId: 3, milestoneId: 30, because: [{ kind: 'word', text: 'Brandschutz' }] }),
  ]
})

/** What the hub offers for the session of an event. */
const offering = (event: number, ...offers: SessionSuggestions['offers']): SessionSuggestions => ({
  sessionId: sessions[event]?.id ?? 0,
  offers,
})
const answer = () => ({
  day: DAY,
  start: '',
  end: '',
  user: 'anna',
  events,
  sessions,
  presence: [],
  truncated: false,
})

afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
})

type Hub = ReturnType<typeof fakeHub>

async function show(
  answers: Parameters<typeof fakeHub>[0] = {},
  before = (_hub: Hub) => {},
  path = '/app/day',
) {
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
    [`get /api/days/${DAY}`]: answer,
    [`get /api/days/${DAY}/suggestions`]: () => ({ items: suggested }),
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
  before(hub)
  const blank = { template: '<p />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/app/day/:day?', name: 'day', component: blank },
      { path: '/app/projects', name: 'projects', component: blank },
      { path: '/app/search', name: 'search', component: blank },
    ],
  })
  await router.push(path)
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
  expect(hub.bodies('post /api/batches/1/undo')).toHaveLength(1)
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
      return answer()
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

/** A dialog above the page, once it has come. */
async function sheet(): Promise<DOMWrapper<Element>> {
  await vi.dynamicImportSettled()
  await flushPromises()
  const found = document.querySelector('dialog[open]')
  if (!found) throw new Error('nothing is open')
  return new DOMWrapper(found)
}
const button = (within: { findAll: VueWrapper['findAll'] }, name: string) =>
  within.findAll('button').find((one) => one.text().includes(name) || one.attributes('aria-label') === name)
const note = () => page.findAll('.note').map((one) => one.text())
/** The hub says that something changed, and is asked for it. */
async function arrives(): Promise<void> {
  await useDay().refresh()
  await flushPromises()
}
const explain = (event: Event): Event => ({ ...event, ...explainedAs(2, 20) })

test('what is alike goes along with one more key, and can be sent after it', async () => {
  const because = [{ kind: 'word' as const, text: 'x' }]
  const there = { projectId: 1, milestoneId: 10, because }
  suggested = [0, 1, 2].map((at) => offering(at, there))
  const hub = await show()
  expect(page.find('.alike').text()).toContain('auch 2 ähnliche')
  await press('1')
  expect(notice.value?.more?.label).toBe('auch 2 ähnliche')
  await press('g')
  expect(hub.bodies('put /api/assignments')).toMatchObject([
    { eventIds: [events[0]?.id] },
    { eventIds: [events[1]?.id, events[2]?.id], target: { projectId: 1, milestoneId: 10 } },
  ])
  expect(cards()).toEqual([])
})

test('shift and a number take the block and what is alike at once', async () => {
  suggested = [0, 1].map((at) =>
    offering(at, { projectId: 1, milestoneId: 10, because: [{ kind: 'title', text: null }] }),
  )
  const hub = await show()
  window.dispatchEvent(new KeyboardEvent('keydown', { key: '!', code: 'Digit1', shiftKey: true }))
  await flushPromises()
  expect(hub.bodies('put /api/assignments')).toMatchObject([{ eventIds: [events[0]?.id, events[1]?.id] }])
})

test('0 sends each chosen block where it probably belongs, as one action; the rest stays', async () => {
  suggested = [
    offering(0, { projectId: 1, milestoneId: 10, because: [{ kind: 'title', text: null }] }),
    offering(1, { projectId: 3, milestoneId: 30, because: [{ kind: 'title', text: null }] }),
  ]
  events[2] = makeEvent('09:30', '09:40', { title: 'Wetter', app: 'chrome.exe' })
  sessions[2] = makeSession([events[2]])
  let batch = 0
  const hub = await show({
    'put /api/assignments': ({ body }) => ({
      batch: ++batch,
      changed: (body as { eventIds: number[] }).eventIds,
      unchanged: [],
    }),
  })
  await press('a', '0')
  expect(hub.bodies('put /api/assignments')).toMatchObject([
    { eventIds: [events[0]?.id], target: { projectId: 1 } },
    { eventIds: [events[1]?.id], target: { projectId: 3 } },
  ])
  expect(cards()).toEqual(['Wetter'])
  expect(notice.value?.text).toBe('1:30 → 2 Ziele, nach Vorschlag')
  await press('u')
  expect(cards()).toHaveLength(3)
})

test('small change is a row of the keys too, and opens to its hours', async () => {
  suggested = [offering(2, { projectId: 2, milestoneId: 21, because: [{ kind: 'app', text: 'chrome' }] })]
  const hub = await show()
  await press('j', 'j')
  expect(page.find('#small').attributes('aria-current')).toBe('true')
  await page.find('#small .fold').trigger('click')
  expect(page.find('#small .hour').text()).toContain('09 Uhr')
  await press('1')
  expect(hub.bodies('put /api/assignments')).toMatchObject([
    { eventIds: [events[2]?.id], target: { projectId: 2, milestoneId: 21 } },
  ])
  expect(page.find('#small').exists()).toBe(false)
})

test('S cuts the current block where the sheet says, to the minute', async () => {
  const hub = await show({ 'post /api/sessions/split': () => ({ batch: 4, changed: [], unchanged: [] }) })
  await press('s')
  const split = await sheet()
  expect(split.find('.parts').text()).toBe('0:300:30')
  const slider = split.find('[role=slider]')
  await slider.trigger('keydown', { key: 'ArrowRight' })
  await slider.trigger('keydown', { key: 'ArrowRight', shiftKey: true })
  expect(split.find('.parts').text()).toBe('0:360:24')
  await split.find('input').setValue('8:20')
  await split.find('input').trigger('change')
  expect(split.find('.parts').text()).toBe('0:200:40')
  await split.find('form').trigger('submit')
  await flushPromises()
  expect(hub.bodies('post /api/sessions/split')).toEqual([
    { eventIds: [events[0]?.id], at: `${DAY}T08:20:00+01:00` },
  ])
  expect(notice.value?.text).toBe('Geteilt: 0:20 und 0:40')
  expect(document.querySelector('dialog[open]')).toBeNull()
})

test('M joins the chosen blocks, and asks for at least two', async () => {
  const hub = await show({ 'post /api/sessions/merge': () => ({ batch: 4, changed: [], unchanged: [] }) })
  await press('x', 'm')
  expect(hub.bodies('post /api/sessions/merge')).toEqual([])
  await press('j', 'x', 'm')
  expect(hub.bodies('post /api/sessions/merge')).toEqual([{ eventIds: [events[0]?.id, events[1]?.id] }])
  expect(notice.value?.undo).not.toBeNull()
})

test('a comment goes to what is assigned, and only as long as it is assigned there', async () => {
  const hub = await show()
  await button(page.find('.explained'), 'Statik')?.trigger('click')
  await button(page.find('.explained'), 'Weitere Aktionen: Statik')?.trigger('click')
  await button(await sheet(), 'Kommentar')?.trigger('click')
  const comment = await sheet()
  await comment.find('textarea').setValue(' mit Prüfer ')
  await comment.find('form').trigger('submit')
  await flushPromises()
  expect(hub.bodies('put /api/assignments')).toEqual([
    {
      eventIds: [events[3]?.id],
      target: { projectId: 1, milestoneId: 11, comment: 'mit Prüfer' },
      onlyFrom: { projectId: 1, milestoneId: 11 },
    },
  ])
})

test('N enters what was not captured, with the longest gap to begin with', async () => {
  const hub = await show({ 'post /api/entries': () => ({ event: 99, batch: 5 }) })
  await press('n')
  const entry = await sheet()
  const [what, start, end] = entry.findAll('input')
  expect([start, end].map((one) => one?.element.value)).toEqual(['09:45', '10:00'])
  await what?.setValue('Ortstermin')
  await start?.setValue('930')
  await start?.trigger('change')
  expect(entry.text()).toContain('0:30')
  expect(entry.text()).toContain('1 Minuten davon sind schon erfasst.')
  await entry.find('form').trigger('submit')
  await flushPromises()
  expect(hub.bodies('post /api/entries')).toEqual([
    {
      key: expect.any(String),
      user: 'anna',
      start: `${DAY}T09:30:00+01:00`,
      end: `${DAY}T10:00:00+01:00`,
      title: 'Ortstermin',
      target: null,
    },
  ])
  expect(notice.value?.text).toBe('0:30 eingetragen')
})

test('an entry that is refused stays open with the reason, and is sent again under its key', async () => {
  let isFull = true
  const hub = await show({
    'post /api/entries': () => {
      if (isFull) throw new Refused(507, 'disk_full')
      return { event: 99, batch: 5 }
    },
  })
  await press('n')
  const entry = await sheet()
  await entry.find('form').trigger('submit')
  await flushPromises()
  expect(entry.text()).toContain('Der Speicher des Hubs ist voll.')
  isFull = false
  await entry.find('form').trigger('submit')
  await flushPromises()
  const keys = hub.bodies('post /api/entries').map((body) => (body as { key: string }).key)
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
})

test('H tells what was done in words, takes it back and says what was left', async () => {
  const batch = {
    id: 31,
    kind: 'assign',
    at: `${DAY}T11:02:00+01:00`,
    rows: 23,
    projectId: 3,
    milestoneId: 30,
    undoneAt: null as string | null,
    about: { day: '2026-11-23', user: 'ben', ms: 58 * 60_000 },
  }
  const hub = await show({
    'get /api/batches': () => ({ items: [batch] }),
    'post /api/batches/31/undo': () => {
      batch.undoneAt = batch.at
      return { batch: 31, restored: [], left: [1, 2] }
    },
  })
  await press('h')
  const history = await sheet()
  await flushPromises()
  expect(history.text()).toContain('0:58 zugeordnet zu Rathaus · Brandschutz')
  expect(history.text()).toContain('23 Ereignisse vom Mo, 23. Nov. · ben · 11:02')
  await button(history, 'Zurücknehmen')?.trigger('click')
  await flushPromises()
  expect(hub.bodies('post /api/batches/31/undo')).toHaveLength(1)
  expect(history.text()).toContain('2 Ereignisse waren seitdem geändert und blieben')
  expect(history.text()).toContain('zurückgenommen')
})

test('what is explained elsewhere stays in hand to say so, and keys do nothing with it', async () => {
  const hub = await show()
  events = events.map((event, at) => (at === 0 ? explain(event) : event))
  await arrives()
  expect(cards()).toEqual(['Grundriss.dwg', 'Angebot Brandschutz'])
  expect(note()).toEqual(['Inzwischen woanders zugeordnet: Kita Sonnenhof · Kostenberechnung'])
  await press('1', 'i')
  expect(hub.asked.filter(({ method }) => method !== 'get')).toEqual([])
  expect(notice.value?.text).toContain('Inzwischen woanders zugeordnet')
  await press('j')
  expect(cards()).toEqual(['Angebot Brandschutz'])
})

test('what is explained elsewhere and is not in hand just leaves', async () => {
  await show()
  events = events.map((event, at) => (at === 1 ? explain(event) : event))
  await arrives()
  expect(cards()).toEqual(['Grundriss.dwg'])
  expect(note()).toEqual([])
})

test('a block that is split elsewhere stays chosen in its parts', async () => {
  events[1] = makeEvent('09:00', '09:10', { title: 'Angebot Brandschutz', app: 'outlook.exe' })
  const more = makeEvent('09:10', '09:30', { title: 'Angebot Brandschutz', app: 'outlook.exe' })
  events.push(more)
  sessions[1] = makeSession([events[1], more])
  await show()
  await press('j', 'x')
  events = events.map((event) => ({ ...event }))
  const parts = [events[1], events.at(-1)]
  sessions = [
    ...sessions.filter((_, at) => at !== 1),
    ...parts.map((part) => makeSession(part ? [part] : [])),
  ]
  await arrives()
  expect(page.findAll('.card.selected')).toHaveLength(2)
  expect(note()).toEqual(['Inzwischen neu zusammengesetzt, der Block ist ein anderer als eben'])
})

test('a refusal is said beside the block that it is about', async () => {
  await show({
    'patch /api/events': () => {
      throw new Refused(503, 'busy')
    },
  })
  await press('j', 'p')
  expect(page.findAll('.card').map((card) => card.find('.bad').exists())).toEqual([false, true])
  expect(note()[0]).toContain('Der Hub ist gerade überlastet')
})

test('the offers of the current block stand still until somebody moves on', async () => {
  await show()
  const chips = () => page.findAll('.card.current .offer .words').map((chip) => chip.text())
  await press('j')
  expect(chips()[0]).toContain('Rathaus · Brandschutz')
  suggested = [offering(1, { projectId: 2, milestoneId: 20, because: [{ kind: 'neighbour', text: null }] })]
  // Something else was assigned: what the hub offers is another thing now.
  await useSuggestions().load(DAY, 'anna')
  await flushPromises()
  expect(chips()[0]).toContain('Rathaus · Brandschutz')
  await press('k', 'j')
  expect(chips()[0]).toContain('Kita Sonnenhof · Kostenberechnung')
})

test('in order of time there is a heading for each hour, and all of an hour is chosen at once', async () => {
  await show()
  await press('o')
  expect(page.findAll('.head.hour h3').map((one) => one.text())).toEqual(['08 Uhr', '09 Uhr'])
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', shiftKey: true }))
  await flushPromises()
  expect(page.findAll('.card.selected .title').map((one) => one.text())).toEqual(['Grundriss.dwg'])
})

test('? lists all keys and what the numbers mean now', async () => {
  await show()
  await press('j', '?')
  const help = await sheet()
  for (const word of [
    'Teilen',
    'Ausgewählte verbinden',
    'Zeit eintragen',
    'Verlauf',
    'Rathaus · Brandschutz',
  ])
    expect(help.text()).toContain(word)
})

test('events that no session holds yet count all the same, and it is said why they look like this', async () => {
  for (const event of events) event.sessionId = null
  sessions = []
  await show()
  expect(page.text()).toContain('von 2:11 erklärt')
  expect(page.text()).toContain('Der Hub fasst gerade noch Ereignisse zu Blöcken zusammen')
})

const DAY_CALLS = [
  '/api/hub',
  '/api/users',
  '/api/projects',
  `/api/days/${DAY}`,
  `/api/days/${DAY}/suggestions`,
]
const asks = (hub: Hub, path: string) => hub.asked.filter((one) => one.path === path).length

test('what was asked for before the page was there is not asked for again', async () => {
  fakeLive(vi.stubGlobal)
  const hub = await show({}, () => askForDay({ pathname: `/app/day/${DAY}`, search: '?user=anna' }))
  expect(cards()).toHaveLength(2)
  expect(DAY_CALLS.map((path) => [path, asks(hub, path)])).toEqual(DAY_CALLS.map((path) => [path, 1]))
})

test('an address without a day is asked for as the day that it was at the hub, by its last answer', async () => {
  fakeLive(vi.stubGlobal)
  vi.useFakeTimers({ now: Date.parse(`${DAY}T01:00:00Z`), toFake: ['Date'] })
  remember('user', 'anna')
  remember('dayShift', 3_600_000)
  await show({}, (hub) => {
    askForDay({ pathname: '/app/week', search: '' })
    expect(hub.asked).toEqual([])
    askForDay({ pathname: '/app/day', search: '' })
    expect(hub.asked.map(({ path }) => path)).toEqual(DAY_CALLS)
  })
  vi.useRealTimers()
})

test('a change between an early answer and the page is read after it', async () => {
  const change = fakeLive(vi.stubGlobal)
  const hub = await show({}, () => {
    askForDay({ pathname: `/app/day/${DAY}`, search: '?user=anna' })
    change('events')
  })
  await vi.waitFor(() => expect(asks(hub, `/api/days/${DAY}`)).toBe(2))
})

test('what was refused before the page was there is said, and asked again', async () => {
  let isDown = true
  const users = () => {
    if (isDown) throw new Refused(503, 'busy')
    return { items: [{ handle: 'anna', name: 'Anna', colour: 0, lastEvent: `${DAY}T10:40:00+01:00` }] }
  }
  await show({ 'get /api/users': users }, () => askForDay({ pathname: '/app/day', search: '' }))
  expect(cards()).toEqual([])
  isDown = false
  await page.find('.day button.primary').trigger('click')
  await flushPromises()
  expect(cards()).toHaveLength(2)
})

test('what is typed before the picker has come is what it looks for', async () => {
  const hub = await show()
  for (const key of ['Enter', 'k', 'o', 'x', 'Backspace', 's', 't'])
    window.dispatchEvent(new KeyboardEvent('keydown', { key }))
  const picker = await sheet()
  expect((picker.find('[role="combobox"]').element as HTMLInputElement).value).toBe('kost')
  expect(picker.findAll('[role="option"]').map((one) => one.text())[0]).toContain('Kostenberechnung')
  await picker.find('[role="combobox"]').trigger('keydown', { key: 'Enter' })
  await flushPromises()
  expect(hub.bodies('put /api/assignments')).toHaveLength(1)
  // Nothing of it is left for the next one.
  await press('Enter')
  expect(((await sheet()).find('[role="combobox"]').element as HTMLInputElement).value).toBe('')
})

test('Enter after it chooses what is found, as if the picker had been there', async () => {
  const hub = await show()
  for (const key of ['Enter', ...'kosten', 'Enter'])
    window.dispatchEvent(new KeyboardEvent('keydown', { key }))
  await vi.dynamicImportSettled()
  await flushPromises()
  expect(document.querySelector('dialog[open]')).toBeNull()
  expect(hub.bodies('put /api/assignments')).toMatchObject([{ target: { projectId: 2, milestoneId: 20 } }])
})

test('Escape before the picker has come takes the key back that opened it', async () => {
  await show()
  for (const key of ['Enter', 'Escape']) window.dispatchEvent(new KeyboardEvent('keydown', { key }))
  await vi.dynamicImportSettled()
  await flushPromises()
  expect(document.querySelector('dialog[open]')).toBeNull()
})

test('whoever comes for a target finds it open and in sight', async () => {
  const seen = vi.spyOn(Element.prototype, 'scrollIntoView')
  await show({}, undefined, '/app/day?of=1/11')
  const fold = page.find('.explained .wanted')
  expect(fold.text()).toContain(PROJECTS[0]?.name)
  expect(fold.find('.row').attributes('aria-expanded')).toBe('true')
  expect(seen.mock.contexts).toContain(fold.element)
  seen.mockRestore()
})

test('what is looked for on the day can be looked for in all days', async () => {
  await show({}, undefined, '/app/day?user=anna')
  await press('/')
  await page.find('.search input').setValue('statik')
  expect(page.find('.search a').attributes('href')).toBe('/app/search?q=statik&user=anna')
})
