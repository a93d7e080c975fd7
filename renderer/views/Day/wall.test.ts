// @vitest-environment node
import { expect, test } from 'vitest'
import { DAY } from '../../fixtures/world.ts'
import { minutesNear, wallMinutes, wallTime } from './wall.ts'

const at = Date.parse('2026-11-24T08:30:00Z')

test('an instant is shown as the clocks near it, whatever zone the browser is in', () => {
  expect(wallTime(at, '2026-11-24T09:00:00+01:00')).toBe('2026-11-24T09:30:00+01:00')
  expect(wallTime(at, '2026-11-24T03:00:00-05:30')).toBe('2026-11-24T03:00:00-05:30')
  expect(wallTime(at, '2026-11-24T08:00:00+00:00')).toBe('2026-11-24T08:30:00+00:00')
})

test('the wall time of the hub is read from the text, whatever zone the browser is in', () => {
  expect(wallMinutes('2026-11-24T09:30:30+01:00', DAY)).toBe(570.5)
  expect(wallMinutes('2026-11-25T00:15:00+01:00', DAY)).toBe(1455)
})

test('minutes go on from the last known time before them', () => {
  const known = [
    { start: at, from: '2026-11-24T09:30:00+01:00' },
    { start: at + 7_200_000, from: '2026-11-24T12:30:00+02:00' },
  ]
  expect(minutesNear(at + 600_000, known, DAY)).toBe(580)
  expect(minutesNear(at + 7_260_000, known, DAY)).toBe(751)
})
