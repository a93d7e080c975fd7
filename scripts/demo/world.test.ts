import { describe, expect, test } from 'vitest'
import { addDays, dayOf, dayRange, weekdayOf, zone } from '../../contract/time.ts'
import { daysForEvents, demoWorld, type DemoEvent, type WorldOptions } from './world.ts'

const berlin = zone('Europe/Berlin')
const options: WorldOptions = { seed: 7, zone: berlin, lastDay: '2026-11-24', days: 14, people: 6 }

const allOf = (world: ReturnType<typeof demoWorld>) => world.days.flatMap((day) => world.eventsOf(day))

function byPc(events: DemoEvent[]): DemoEvent[][] {
  return [...Map.groupBy(events, ({ person, machine }) => `${person} ${machine ?? 'phone'}`).values()]
}

describe('repeatability', () => {
  test('the same options give the same world', () => {
    expect(allOf(demoWorld(options))).toEqual(allOf(demoWorld(options)))
  })

  test('another seed gives another one', () => {
    expect(allOf(demoWorld({ ...options, seed: 8, days: 3 }))).not.toEqual(
      allOf(demoWorld({ ...options, days: 3 })),
    )
  })

  test('a day does not depend on how many days there are', () => {
    const day = '2026-11-20'
    expect(demoWorld({ ...options, days: 300 }).eventsOf(day)).toEqual(demoWorld(options).eventsOf(day))
  })

  test('explaining more or less of it does not change what happened', () => {
    const bare = (share: number) =>
      allOf(demoWorld({ ...options, assignedShare: share })).map((event) => event.start)
    expect(bare(1)).toEqual(bare(0.2))
  })
})

describe('plausibility', () => {
  const world = demoWorld(options)
  const events = allOf(world)

  test('nobody is at two windows of one PC, or in two calls, at once', () => {
    const lanes = byPc(events)
    expect(lanes.length).toBeGreaterThan(options.people)
    for (const lane of lanes) {
      for (const [index, event] of lane.entries()) {
        expect(event.start).toBeGreaterThanOrEqual(lane[index - 1]?.end ?? 0)
      }
    }
  })

  test('windows last from 2 seconds to 40 minutes, missed calls no time', () => {
    for (const { source, start, end, direction } of events) {
      if (source === 'phone') expect(end - start).toBe(direction === 'missed' ? 0 : end - start)
      else expect(end - start).toBeGreaterThanOrEqual(2000)
      expect(end - start).toBeLessThanOrEqual(40 * 60_000)
    }
  })

  test('a person has about 200 events and 6 to 9 hours on a working day', () => {
    const days = [...Map.groupBy(events, (event) => `${event.person} ${dayOf(event.start, berlin)}`).values()]
    expect(events.length / days.length).toBeGreaterThan(160)
    expect(events.length / days.length).toBeLessThan(240)
    const windows = events.filter(({ source }) => source !== 'phone')
    const hours = windows.reduce((sum, { start, end }) => sum + end - start, 0) / 3_600_000 / days.length
    expect(hours).toBeGreaterThan(6)
    expect(hours).toBeLessThan(9)
  })

  test('about 60 % of past time is explained, of today hardly any', () => {
    const share = (of: DemoEvent[]) => {
      const ms = (list: DemoEvent[]) => list.reduce((sum, { start, end }) => sum + end - start, 0)
      return ms(of.filter(({ assignment }) => assignment)) / ms(of)
    }
    const today = world.eventsOf(options.lastDay)
    expect(share(allOf(demoWorld({ ...options, days: 60 })))).toBeCloseTo(0.6, 1)
    expect(share(today)).toBeLessThan(0.2)
  })

  test('there are private and ignored events, which nobody assigned, and calls of every direction', () => {
    const unexplained = events.filter((event) => event.private === 1 || event.ignored === 1)
    expect(unexplained.length).toBeGreaterThan(10)
    expect(unexplained.filter(({ assignment }) => assignment)).toEqual([])
    expect(new Set(events.map(({ direction }) => direction))).toEqual(
      new Set([null, 'incoming', 'outgoing', 'missed']),
    )
  })

  test('titles are well-formed, with umlauts and an emoji here and there', () => {
    const titles = events.map(({ title }) => title ?? '')
    expect(titles.every((title) => title.isWellFormed() && title.length <= 256)).toBe(true)
    expect(titles.some((title) => /[äöüß]/.test(title))).toBe(true)
    expect(titles.some((title) => /\p{Emoji_Presentation}/u.test(title))).toBe(true)
  })

  test('weekends are free, except for who looks in on the newest day', () => {
    const weekend = world.days.filter((day) => weekdayOf(day) > 5)
    expect(weekend.flatMap((day) => world.eventsOf(day))).toEqual([])
    const sunday = demoWorld({ ...options, lastDay: '2026-11-22' }).eventsOf('2026-11-22')
    expect(new Set(sunday.map(({ person }) => person))).toEqual(new Set([0, 1]))
  })

  test('somebody is away for a day within six weeks', () => {
    const six = demoWorld({ ...options, days: 42 })
    const working = six.days.filter((day) => six.eventsOf(day).length > 0)
    const there = working.map((day) => new Set(six.eventsOf(day).map(({ person }) => person)))
    expect(there.every((people) => people.has(0))).toBe(true)
    expect(there.some((people) => people.size < options.people)).toBe(true)
  })
})

test('nothing has ended after now', () => {
  const now = dayRange(options.lastDay, berlin).start + 11 * 3_600_000
  const world = demoWorld({ ...options, now })
  const today = world.eventsOf(options.lastDay)
  expect(today.length).toBeGreaterThan(50)
  expect(Math.max(...today.map(({ end }) => end))).toBeLessThanOrEqual(now)
})

test.each([
  ['Europe/Berlin', '2026-03-30'],
  ['Europe/Berlin', '2026-10-26'],
  ['America/Los_Angeles', '2026-11-02'],
  // Clocks change in the night to a Friday.
  ['Asia/Jerusalem', '2026-03-27'],
  ['UTC', '2026-06-15'],
])('in %s every event lies in its day around %s', (name, lastDay) => {
  const there = zone(name)
  const world = demoWorld({ ...options, zone: there, lastDay, days: 5, people: 3 })
  for (const day of world.days) {
    for (const { start, end } of world.eventsOf(day)) {
      expect([dayOf(start, there), dayOf(end, there)]).toEqual([day, day])
    }
  }
  expect(world.eventsOf(lastDay).length).toBeGreaterThan(200)
})

test('people have handles of their own, however many there are', () => {
  const world = demoWorld({ ...options, people: 120 })
  expect(new Set(world.people.map(({ handle }) => handle)).size).toBe(120)
  expect(new Set(world.people.map(({ name }) => name)).size).toBe(120)
  expect(new Set(world.projects.map(({ name }) => name)).size).toBe(world.projects.length)
  expect(world.people.slice(0, 4).map(({ handle }) => handle)).toEqual(['anna', 'lars', 'mehmet', 'jule'])
})

test('as many days as a number of events takes', () => {
  const { days, skip } = daysForEvents(options, 5000)
  const world = demoWorld({ ...options, days })
  expect(allOf(world).length - skip).toBe(5000)
  expect(world.eventsOf(addDays(options.lastDay, 1 - days)).length).toBeGreaterThan(skip)
})
