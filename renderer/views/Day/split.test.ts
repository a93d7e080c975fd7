// @vitest-environment node
import { expect, test } from 'vitest'
import { clampSplit, likelySplit, splitRange, splitTimes } from './split.ts'

const MINUTE = 60_000
const s = (start: number, end: number) => ({ start: start * MINUTE, end: end * MINUTE })

test('a block is cut at whole minutes that leave something on both sides', () => {
  expect(splitRange(s(10, 20))).toEqual(s(11, 19))
  expect(splitRange(s(10.5, 11.5))).toEqual(s(11, 11))
  expect(splitRange(s(10, 11))).toBeNull()
  expect(splitRange(s(10.2, 10.8))).toBeNull()
})

test('both sides together are the whole, and breaks count for neither', () => {
  const spans = [s(0, 10), s(15, 30)]
  expect(splitTimes(spans, 5 * MINUTE)).toEqual([5 * MINUTE, 20 * MINUTE])
  expect(splitTimes(spans, 12 * MINUTE)).toEqual([10 * MINUTE, 15 * MINUTE])
  expect(splitTimes(spans, 0)).toEqual([0, 25 * MINUTE])
})

test('it begins after a break that is long and leaves much on both sides', () => {
  const spans = [s(0, 20), s(22, 40), s(43, 44)]
  expect(likelySplit({ spans }, s(1, 43))).toBe(22 * MINUTE)
})

test('without a break it begins in the middle of the time', () => {
  expect(likelySplit({ spans: [s(0, 40)] }, s(1, 39))).toBe(20 * MINUTE)
  expect(likelySplit({ spans: [s(0, 10), s(10.5, 30.5)] }, s(1, 30))).toBe(16 * MINUTE)
})

test('a cut stays inside, on the minute', () => {
  expect(clampSplit(-5, s(1, 9))).toBe(MINUTE)
  expect(clampSplit(20 * MINUTE, s(1, 9))).toBe(9 * MINUTE)
  expect(clampSplit(4.4 * MINUTE, s(1, 9))).toBe(4 * MINUTE)
})
