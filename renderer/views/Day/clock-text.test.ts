// @vitest-environment node
import { expect, test } from 'vitest'
import { readClock } from './clock-text.ts'

test.each([
  ['9', '09:00'],
  ['930', '09:30'],
  ['0930', '09:30'],
  ['9:30', '09:30'],
  [' 14.05 ', '14:05'],
  ['23h59', '23:59'],
  ['0', '00:00'],
])('%s is %s', (typed, time) => {
  expect(readClock(typed)).toBe(time)
})

test.each(['', '24', '12:60', '9:5', 'neun', '12345', '-1'])('%s is no time of day', (typed) => {
  expect(readClock(typed)).toBeNull()
})
