// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatInstant, formatUtc, parseInstant, zone } from '../../../contract/time.ts'
import { DAY } from '../../fixtures/world.ts'
import { instantOf, minutesNear, wallMinutes, wallTime } from './wall.ts'

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

test('times are read as everywhere else', () => {
  const instants = fc.integer({ min: Date.parse('2001-01-01'), max: Date.parse('2099-01-01') })
  fc.assert(
    fc.property(instants, fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'UTC'), (instant, name) => {
      expect(instantOf(formatInstant(instant, zone(name)))).toBe(instant)
      expect(instantOf(formatUtc(instant))).toBe(instant)
    }),
  )
  for (const odd of [
    'yesterday',
    '',
    '2026-02-30T10:00:00+01:00',
    '2026-11-24T25:00:00+01:00',
    '2026-11-24 10:00+01:00',
  ])
    expect(instantOf(odd)).toBe(parseInstant(odd, zone('UTC')))
})
