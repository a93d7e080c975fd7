// @vitest-environment node
import { expect, test } from 'vitest'
import { minutesOfWeek, weekHours } from './target.ts'

test('hours of a week are five workdays, to the minute', () => {
  expect(minutesOfWeek('40')).toEqual([480, 480, 480, 480, 480, 0, 0])
  expect(minutesOfWeek('38,5')).toEqual([462, 462, 462, 462, 462, 0, 0])
  expect(minutesOfWeek('19.97')?.reduce((sum, one) => sum + one)).toBe(1198)
})

test.each(['', 'viel', '-1', '121'])('%j is no week', (text) => expect(minutesOfWeek(text)).toBeNull())

test('and come back as they were typed', () => {
  for (const text of ['40', '38,5', '0', '20,25']) expect(weekHours(minutesOfWeek(text))).toBe(text)
  expect(weekHours(null)).toBe('')
})
