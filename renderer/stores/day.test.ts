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

const dayAnswer = () => ({ day: DAY, start: '', end: '', user: 'anna', events, truncated: false })
const ids = () => events.map(({ id }) => id)
const ignored = (event: Event): Event => ({ ...event, ignored: true })
const send = (eventIds: number[]) => ask('events.change', { eventIds, set: { ignored: true } })
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
  const done = day.change(ids(), ignored, send)
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
  await expect(day.change(ids(), ignored, send)).rejects.toMatchObject({ code: 'busy' })
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
  await expect(day.change(ids(), ignored, send)).rejects.toMatchObject({ code: 'disk_full' })
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
  await day.change(ids(), ignored, send)
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
  const done = await day.change(ids(), ignored, send)
  await day.undo(done)
  expect(day.events.some((event) => event.ignored)).toBe(false)
  expect(undone).toEqual(['/api/batches/5/undo'])
})

test('another day starts empty, so that nothing of one person shows under the name of another', async () => {
  fakeHub({ [`get /api/days/${DAY}`]: dayAnswer, 'get /api/days/2026-11-25': () => new Promise(() => {}) })
  const day = useDay()
  await day.load(DAY, 'anna')
  void day.load('2026-11-25', 'anna')
  expect(day.events).toEqual([])
  expect(day.state).toBe('loading')
})
