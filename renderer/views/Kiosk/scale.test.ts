// @vitest-environment node
import { expect, test } from 'vitest'
import { mmOf } from './scale.ts'

test('the panels of the Pi are known, upright or not', () => {
  expect(mmOf(800, 480, 1, 0)).toBeCloseTo(5.24)
  expect(mmOf(720, 1280, 1, 0)).toBeCloseTo(8.3)
  expect(mmOf(1280, 720, 1, 0)).toBeCloseTo(8.3)
})

test('a compositor that doubles pixels does not double millimetres', () => {
  expect(mmOf(360, 640, 2, 0)).toBeCloseTo(4.15)
})

test('steps enlarge, as far as the screens still fit', () => {
  expect(mmOf(800, 480, 1, 2)).toBeCloseTo(6.03)
  expect(mmOf(800, 480, 1, 1)).toBeCloseTo(5.66)
  expect(480 / mmOf(800, 480, 1, 2)).toBeGreaterThanOrEqual(78)
  expect(390 / mmOf(390, 844, 3, 2)).toBeGreaterThanOrEqual(78)
})
