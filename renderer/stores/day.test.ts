import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Event } from '../../contract/events.ts'
import { ask } from '../api.ts'
import { Refused, fakeHub as makeHub } from '../fixtures/fake-hub.ts'
import { DAY, makeEvent } from '../fixtures/world.ts'
import { useDay } from './day.ts'

let events: Event[]

beforeEach(() => {
  setActivePinia(createPinia())
  events = [makeEvent('09:00', '09:30'), makeEvent('09:30', '10:00'), makeEvent('10:00', '10:30')]
})
function fakeHub(answers: Parameters<typeof makeHub>[0]) {
  const hub = makeHub(answers)
  vi.stubGlobal('fetch', hub.fetch)
  return hub
}

afterEach(() => vi.unstubAllGlobals())

const dayAnswer = () => ({
  day: DAY,
  start: '',
  end: '',
  user: 'anna',
  events,
  sessions: [],
  presence: [],
  truncated: false,
})
const ids = () => events.map(({ id }) => id)
const ignored = (event: Event): Event => ({ ...event, ignored: true })
const send = (eventIds: number[]) => ask('events.change', { eventIds, set: { ignored: true } })
const ignoring = (some = ids()) => ({ ids: some, apply: ignored, send })
const settled = () => new Promise((resolve) => setTimeout(resolve, 20))

test('a change shows before the hub has answered', async () => {
  let answer = () => {}
  fakeHub({
    [`get /api/days/${DAY}`]: dayAnswer,
    'patch /api/events': () =>
      new Promise((resolve) => (answer = () => resolve({ batch: 1, changed: ids(), unchanged: [] }))),
  })
  const day = useDay()
  await day.load(DAY, 'anna')
  const done = day.change(ignoring())
  expect(day.events.every((event) => event.ignored)).toBe(true)
  await settled()
  answer()
  expect(await done).toMatchObject({ batches: [1], changed: 3, unchanged: 0 })
})

test('a refused change goes back and the day is read again', async () => {
  const hub = fakeHub({
    [`get /api/days/${DAY}`]: dayAnswer,
    'patch /api/events': () => {
      throw new Refused(503, 'busy')
    },
  })
  const day = useDay()
  await day.load(DAY, 'anna')
  await expect(day.change(ignoring())).rejects.toMatchObject({ code: 'busy' })
  expect(day.events.some((event) => event.ignored)).toBe(false)
  await settled()
  expect(hub.asked.filter(({ method }) => method === 'get')).toHaveLength(2)
})

test('more than the hub takes at once is one action: what was done is taken back when the rest fails', async () => {
  events = Array.from({ length: 1500 }, () => makeEvent('09:00', '09:01'))
  const hub = fakeHub({
    [`get /api/days/${DAY}`]: dayAnswer,
    'patch /api/events': ({ body }) => {
      const { eventIds } = body as { eventIds: number[] }
      if (eventIds.length < 1000) throw new Refused(507, 'disk_full')
      return { batch: 41, changed: eventIds, unchanged: [] }
    },
    'post /api/batches/41/undo': () => ({ batch: 41, restored: [], left: [] }),
  })
  const day = useDay()
  await day.load(DAY, 'anna')
  await expect(day.change(ignoring())).rejects.toMatchObject({ code: 'disk_full' })
  expect(hub.asked.map(({ path }) => path)).toContain('/api/batches/41/undo')
  expect(day.events.some((event) => event.ignored)).toBe(false)
})

test('an answer that was asked for before a change does not hide the change', async () => {
  let answerDay = () => {}
  fakeHub({
    [`get /api/days/${DAY}`]: () => new Promise((resolve) => (answerDay = () => resolve(dayAnswer()))),
    'patch /api/events': () => ({ batch: 1, changed: ids(), unchanged: [] }),
  })
  const day = useDay()
  const first = day.load(DAY, 'anna')
  await settled()
  answerDay()
  await first
  const late = day.refresh()
  await settled()
  await day.change(ignoring())
  answerDay()
  await late
  expect(day.events.every((event) => event.ignored)).toBe(true)
})

test('undo shows what was before and asks the hub for it, the last batch first', async () => {
  const undone: string[] = []
  fakeHub({
    [`get /api/days/${DAY}`]: dayAnswer,
    'patch /api/events': () => ({ batch: 5, changed: ids(), unchanged: [] }),
    'post /api/batches/5/undo': ({ path }) => {
      undone.push(path)
      return { batch: 5, restored: ids(), left: [] }
    },
  })
  const day = useDay()
  await day.load(DAY, 'anna')
  const done = await day.change(ignoring())
  await day.undo(done)
  expect(day.events.some((event) => event.ignored)).toBe(false)
  expect(undone).toEqual(['/api/batches/5/undo'])
})

test('several steps are one change: when the last is refused, none of it was done', async () => {
  let batch = 10
  const hub = fakeHub({
    [`get /api/days/${DAY}`]: dayAnswer,
    'patch /api/events': ({ body }) => {
      const { eventIds } = body as { eventIds: number[] }
      if (eventIds.includes(ids()[2] ?? 0)) throw new Refused(503, 'busy')
      return { batch: ++batch, changed: eventIds, unchanged: [] }
    },
    'post /api/batches/11/undo': () => ({ batch: 11, restored: [], left: [] }),
  })
  const day = useDay()
  await day.load(DAY, 'anna')
  await expect(day.change(ignoring(ids().slice(0, 1)), ignoring(ids().slice(1)))).rejects.toMatchObject({
    code: 'busy',
  })
  expect(hub.asked.map(({ path }) => path)).toContain('/api/batches/11/undo')
  expect(day.events.some((event) => event.ignored)).toBe(false)
})

test('what only the hub can know is shown once it is done, and asked back by its batch', async () => {
  const hub = fakeHub({
    [`get /api/days/${DAY}`]: dayAnswer,
    'post /api/sessions/merge': () => {
      events = events.map((event) => ({ ...event, sessionId: 7 }))
      return { batch: 8, changed: ids(), unchanged: [] }
    },
    'post /api/batches/8/undo': () => {
      events = events.map((event) => ({ ...event, sessionId: null }))
      return { batch: 8, restored: [], left: [5, 6] }
    },
  })
  const day = useDay()
  await day.load(DAY, 'anna')
  const done = await day.reshape(() => ask('sessions.merge', { eventIds: ids() }))
  expect(done.batches).toEqual([8])
  expect(day.events.every(({ sessionId }) => sessionId === 7)).toBe(true)
  expect(await day.undo(done)).toBe(2)
  expect(day.events.every(({ sessionId }) => sessionId === null)).toBe(true)
  expect(hub.asked.at(-1)?.method).toBe('get')
})

test('only an answer that nobody here caused is told as something that happened elsewhere', async () => {
  const told: number[] = []
  fakeHub({
    [`get /api/days/${DAY}`]: dayAnswer,
    'patch /api/events': () => ({ batch: 1, changed: ids(), unchanged: [] }),
    'post /api/sessions/merge': () => ({ batch: 2, changed: ids(), unchanged: [] }),
  })
  const day = useDay()
  const end = day.whenOvertaken((shown, answered) => {
    expect(day.events).toBe(shown)
    told.push(answered.length)
  })
  await day.load(DAY, 'anna')
  await day.change(ignoring())
  await day.reshape(() => ask('sessions.merge', { eventIds: ids() }))
  expect(told).toEqual([])
  events = events.slice(1)
  await day.refresh()
  expect(told).toEqual([2])
  end()
  await day.refresh()
  expect(told).toEqual([2])
})

test('another day starts empty, so that nothing of one person shows under the name of another', async () => {
  fakeHub({ [`get /api/days/${DAY}`]: dayAnswer, 'get /api/days/2026-11-25': () => new Promise(() => {}) })
  const day = useDay()
  await day.load(DAY, 'anna')
  void day.load('2026-11-25', 'anna')
  expect(day.events).toEqual([])
  expect(day.state).toBe('loading')
})
