// @vitest-environment node
import { expect, test } from 'vitest'
import { copyDays } from './copy-days.ts'

const WEEK = ['23', '24', '25', '26', '27', '28', '29'].map((day) => `2026-11-${day}`)

test.each([
  ['Tuesday', '2026-11-24', ['25', '23', '26', '27']],
  ['Friday', '2026-11-27', ['30', '23', '24', '25', '26']],
  ['Sunday', '2026-11-29', ['30', '23', '24', '25', '26', '27']],
])('what was entered on %s is offered to the next weekday first', (_name, from, days) => {
  expect(copyDays(from, WEEK).map((day) => day.slice(8))).toEqual(days)
})
