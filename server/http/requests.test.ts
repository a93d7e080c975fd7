import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRequests } from './requests.ts'

const MINUTE = 60_000
const BEGAN = Date.parse('2026-11-24T08:00:00Z')

/** Request times on a clock that the test winds. */
function world() {
  let now = 0
  const requests = createRequests(
    () => BEGAN + now,
    () => 7000 + now,
  )
  const route = () => requests.report().routes[0]
  return { requests, wait: (ms: number) => void (now += ms), route }
}

const nearestRank = (sorted: readonly number[], share: number) =>
  sorted[Math.ceil(sorted.length * share) - 1] ?? 0

test('percentiles are within 5 % of the true ones, whatever the times', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.05, max: 50_000, noNaN: true }), { minLength: 1, maxLength: 400 }),
      (times) => {
        const { requests, route } = world()
        for (const ms of times) requests.observe('GET', '/events', 200, ms)
        const sorted = times.toSorted((a, b) => a - b)
        const found = route()
        for (const [key, share] of [
          ['p50Ms', 0.5],
          ['p95Ms', 0.95],
          ['p99Ms', 0.99],
        ] as const) {
          const truth = nearestRank(sorted, share)
          expect(Math.abs((found?.[key] ?? 0) - truth)).toBeLessThanOrEqual(truth * 0.05)
        }
        expect(found?.count).toBe(times.length)
        const longest = Math.max(...times)
        expect(Math.abs((found?.maxMs ?? 0) - longest)).toBeLessThanOrEqual(longest * 0.006)
      },
    ),
  )
})

test('times outside the scale count at its ends', () => {
  const { requests, route } = world()
  requests.observe('GET', '/events', 200, 0)
  expect(route()).toMatchObject({ count: 1, p50Ms: 0, maxMs: 0 })
  requests.observe('GET', '/events', 200, 300_000)
  expect(route()).toMatchObject({ count: 2, p99Ms: 300_000, maxMs: 300_000 })
})

test('each route for itself, and all together; the one that took the most time first', () => {
  const { requests } = world()
  for (let n = 0; n < 100; n++) requests.observe('GET', '/events', 200, 1)
  requests.observe('GET', '/export/csv', 200, 3000)
  requests.observe('POST', '/events', 503, 10)
  const { routes, all } = requests.report()
  expect(routes.map(({ method, route, count, failed }) => [method, route, count, failed])).toEqual([
    ['GET', '/export/csv', 1, 0],
    ['GET', '/events', 100, 0],
    ['POST', '/events', 1, 1],
  ])
  expect(all).toMatchObject({ count: 102, failed: 1, maxMs: 3000 })
  expect(all.p50Ms).toBeCloseTo(1, 1)
})

test('an hour later nothing of it is left', () => {
  const { requests, wait } = world()
  requests.observe('GET', '/events', 200, 1000)
  wait(30 * MINUTE)
  requests.observe('GET', '/events', 200, 1)
  expect(requests.report()).toMatchObject({ since: BEGAN, all: { count: 2, maxMs: 1000 } })
  wait(40 * MINUTE)
  expect(requests.report()).toMatchObject({ since: BEGAN + 10 * MINUTE, all: { count: 1, maxMs: 1 } })
  // The same slot, in use again, has forgotten what was in it.
  requests.observe('GET', '/events', 200, 2)
  expect(requests.report().all).toMatchObject({ count: 2, maxMs: 2 })
  wait(24 * 60 * MINUTE)
  expect(requests.report()).toMatchObject({ all: { count: 0, p99Ms: 0, maxMs: 0 }, routes: [] })
})

test('requests per second are those of the last minute', () => {
  const { requests, wait } = world()
  const second = (count: number) => {
    for (let n = 0; n < count; n++) requests.observe('GET', '/events', 200, 1)
    wait(1000)
  }
  second(8)
  second(4)
  expect(requests.report().perSecond).toBe(6)
  for (let n = 0; n < 58; n++) second(1)
  expect(requests.report().perSecond).toBeCloseTo(70 / 60, 2)
  second(0)
  expect(requests.report().perSecond).toBeCloseTo(62 / 60, 2)
  wait(10 * MINUTE)
  expect(requests.report().perSecond).toBe(0)
})

test('slow requests: the newest 200 of a day', () => {
  const { requests, wait } = world()
  const remember = (ms: number) =>
    requests.remember({ method: 'GET', route: '/export/csv', status: 200, ms, rows: null })
  for (let n = 1; n <= 250; n++) remember(n)
  const { slow } = requests.report()
  expect(slow).toHaveLength(200)
  expect(slow[0]).toEqual({
    at: BEGAN,
    method: 'GET',
    route: '/export/csv',
    status: 200,
    ms: 250,
    rows: null,
  })
  expect(slow.at(-1)?.ms).toBe(51)
  wait(23 * 60 * MINUTE)
  remember(1000)
  wait(2 * 60 * MINUTE)
  expect(requests.report().slow.map(({ ms }) => ms)).toEqual([1000])
})

test('the work for a request does not grow with how many there were', () => {
  const { requests, wait } = world()
  const round = () => {
    const began = performance.now()
    for (let n = 0; n < 20_000; n++) requests.observe('GET', `/api/${n % 60}`, 200, 1 + (n % 900))
    return performance.now() - began
  }
  // The quickest of a few: others use the machine as well.
  const quickest = () => Math.min(round(), round(), round(), round())
  round()
  const first = quickest()
  for (let n = 0; n < 50; n++) {
    round()
    wait(2 * MINUTE)
  }
  expect(quickest()).toBeLessThan(first * 4)
})
