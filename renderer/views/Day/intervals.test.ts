// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lengthOf, union, without } from './intervals.ts'

const s = (start: number, end: number) => ({ start, end })

test('overlapping and touching stretches count once', () => {
  expect(union([s(5, 9), s(0, 6), s(9, 10), s(20, 21)])).toEqual([s(0, 10), s(20, 21)])
})

test('a gap is closed only up to the given length', () => {
  expect(union([s(0, 5), s(7, 8)], 2)).toEqual([s(0, 8)])
  expect(union([s(0, 5), s(8, 9)], 2)).toEqual([s(0, 5), s(8, 9)])
})

test('empty and backward stretches are nothing', () => {
  expect(union([s(3, 3), s(9, 4)])).toEqual([])
})

test('holes are cut out, also when one covers several stretches', () => {
  expect(without([s(0, 10)], [s(2, 3), s(5, 6)])).toEqual([s(0, 2), s(3, 5), s(6, 10)])
  expect(without([s(0, 2), s(4, 6), s(8, 10)], [s(1, 9)])).toEqual([s(0, 1), s(9, 10)])
  expect(without([s(0, 2)], [s(0, 2)])).toEqual([])
})

const stretches = fc.array(
  fc.tuple(fc.nat(60), fc.nat(20)).map(([start, length]) => s(start, start + length)),
  { maxLength: 30 },
)

test('what is left and what was cut out add up to the whole, minute by minute', () => {
  fc.assert(
    fc.property(stretches, stretches, (a, b) => {
      const whole = union(a)
      const holes = union(b)
      const left = without(whole, holes)
      const within = (list: { start: number; end: number }[], minute: number) =>
        list.some(({ start, end }) => minute >= start && minute < end)
      for (let minute = 0; minute < 90; minute++)
        expect(within(left, minute)).toBe(within(a, minute) && !within(b, minute))
      expect(lengthOf(left)).toBeLessThanOrEqual(lengthOf(whole))
    }),
  )
})
