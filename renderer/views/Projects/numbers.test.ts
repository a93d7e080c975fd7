// @vitest-environment node
import { expect, test } from 'vitest'
import { parseHours } from './numbers.ts'

test.each([
  ['12,5', 12.5],
  ['12.5', 12.5],
  ['1.234,5', 1234.5],
  ['1,234.5', 1234.5],
  ['1.200', 1200],
  ['12:30', 12.5],
  ['8 h', 8],
  [' 40 ', 40],
])('%s is %d hours', (text, hours) => {
  expect(parseHours(text)).toBe(hours)
})

test('nothing is no budget, and what is no number is refused', () => {
  expect(parseHours(' ')).toBeNull()
  for (const text of ['zwölf', '-3', '1,2,3', '12:75', '1e3']) expect(parseHours(text)).toBeNaN()
})
