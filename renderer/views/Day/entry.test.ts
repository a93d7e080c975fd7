// @vitest-environment node
import { expect, test } from 'vitest'
import { formatInstant, zone } from '../../../contract/time.ts'
import { entryTimes, overlap } from './entry.ts'

const BERLIN = zone('Europe/Berlin')
const times = (start: string, end: string, day = '2026-11-24') => {
  const found = entryTimes({ start, end }, day, BERLIN)
  return found && [formatInstant(found.start, BERLIN), formatInstant(found.end, BERLIN)]
}

test('times are those of the wall clock of the hub', () => {
  expect(times('09:00', '10:30')).toEqual(['2026-11-24T09:00:00+01:00', '2026-11-24T10:30:00+01:00'])
})

test('an end before the start is in the morning after, unless that is too long to be meant', () => {
  expect(times('22:00', '02:00')?.[1]).toBe('2026-11-25T02:00:00+01:00')
  expect(times('10:00', '09:00')).toBeNull()
  expect(times('09:00', '09:00')).toBeNull()
})

test('the night when clocks are put back has the hour that is meant', () => {
  expect(times('02:30', '02:45', '2026-10-25')).toEqual([
    '2026-10-25T02:30:00+02:00',
    '2026-10-25T02:45:00+01:00',
  ])
})

test('what cannot be read is no time', () => {
  expect(times('', '10:00')).toBeNull()
  expect(times('09:00', 'x')).toBeNull()
})

test('what was captured already is said, once', () => {
  const s = (start: number, end: number) => ({ start, end })
  expect(overlap(s(10, 20), [s(0, 12), s(11, 13), s(18, 30)])).toBe(5)
  expect(overlap(s(10, 20), [s(0, 10), s(20, 30)])).toBe(0)
})
