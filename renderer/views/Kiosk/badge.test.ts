// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { STALE, type Waiting, createBadgeReader, dequeued, queued } from './badge.ts'

/** Types the text with that many milliseconds between keys; what the reader makes of it. */
function type(text: string, gap: number | ((at: number) => number), reader = createBadgeReader(), from = 0) {
  let at = from
  const keys = [...text, 'Enter']
  return keys.map((key, place) => {
    at += place === 0 ? 0 : typeof gap === 'number' ? gap : gap(place)
    return reader.press(key, at)
  })
}
const read = (...args: Parameters<typeof type>) => type(...args).at(-1)

test('fast characters that end with Enter are a badge', () => {
  expect(read('04A2F91B', 8)).toBe('04A2F91B')
  expect(read('0012345678', 30)).toBe('0012345678')
})

test('somebody who types is never one, however quick', () => {
  expect(read('123456', 55)).toBeNull()
  expect(read('1234', 120)).toBeNull()
  fc.assert(
    fc.property(
      fc.stringMatching(/^[0-9a-z]{1,12}$/),
      fc.array(fc.integer({ min: 50, max: 2_000 }), { minLength: 12, maxLength: 12 }),
      (text, gaps) => {
        expect(read(text, (place) => gaps[place - 1] ?? 50)).toBeNull()
      },
    ),
  )
})

test('a machine that stutters now and then still reads the badge', () => {
  expect(read('04A2F91B', (place) => (place === 3 ? 180 : 9))).toBe('04A2F91B')
})

test('what was typed before a pause does not become part of a badge', () => {
  const reader = createBadgeReader()
  reader.press('7', 0)
  reader.press('7', 200)
  expect(read('04A2F91B', 8, reader, 900)).toBe('04A2F91B')
})

test('too short, too long, and Enter alone are none', () => {
  expect(read('123', 5)).toBeNull()
  expect(read('1'.repeat(65), 5)).toBeNull()
  expect(read('', 5)).toBeNull()
})

test('keys that no reader sends begin anew; Shift belongs to capitals', () => {
  const reader = createBadgeReader()
  for (const [at, key] of ['A', 'B', 'Backspace', 'C', 'D'].entries()) reader.press(key, at * 5)
  expect(reader.press('Enter', 30)).toBeNull()
  const other = createBadgeReader()
  for (const [at, key] of ['Shift', 'A', 'Shift', 'B', '1', '2'].entries()) other.press(key, at * 5)
  expect(other.press('Enter', 32)).toBe('AB12')
})

test('two badges within a second are two, in order', () => {
  const reader = createBadgeReader()
  expect(read('AAAA1111', 8, reader, 0)).toBe('AAAA1111')
  expect(read('BBBB2222', 8, reader, 400)).toBe('BBBB2222')
})

test('badges wait in order, each once, and not for ever', () => {
  const all = ['a', 'b', 'a', 'c', 'd'].reduce<Waiting[]>(
    (queue, badge, at) => queued(queue, { badge, at: at * 100 }),
    [],
  )
  expect(all.map(({ badge }) => badge)).toEqual(['a', 'b', 'c'])
  const first = dequeued(all, 1_000)
  expect(first.badge).toBe('a')
  expect(dequeued(first.rest, 1_000).badge).toBe('b')
  expect(dequeued(all, STALE + 150)).toEqual({ badge: 'c', rest: [] })
  expect(dequeued(all, 2 * STALE)).toEqual({ badge: null, rest: [] })
})
