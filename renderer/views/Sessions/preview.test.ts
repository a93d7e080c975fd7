// @vitest-environment node
import { expect, test } from 'vitest'
import { DAY, at } from '../../fixtures/world.ts'
import { type Previewed, barsOf, busyDay, countOf, hoursOf } from './preview.ts'

const HOUR = 3_600_000

const session = (start: string, end: string, small = false): Previewed => ({
  source: 'window',
  app: 'acad.exe',
  title: 'Grundriss',
  start: at(start),
  end: at(end),
  activeMs: 0,
  events: 1,
  breaks: 0,
  small,
})

test.each<[what: string, hours: number[], day: string | null]>([
  ['the latest full day', [6, 5, 7, 1, 0], '2026-11-25'],
  ['else the fullest', [1, 3, 2, 0, 0], '2026-11-24'],
  ['else none', [0, 0, 0, 0, 0], null],
])('%s is shown', (_what, hours, day) => {
  const days = hours.map((captured, place) => ({ day: `2026-11-${23 + place}`, capturedMs: captured * HOUR }))
  expect(busyDay(days)).toBe(day)
})

test('small change is counted apart', () => {
  expect(countOf([session('09:00', '10:00'), session('10:00', '10:01', true)])).toEqual({
    blocks: 1,
    small: 1,
  })
})

test('the axis is as long as the day was, over midnight too', () => {
  const late = { ...session('22:00', '23:00'), end: '2026-11-25T01:30:00+01:00' }
  expect(hoursOf([session('09:10', '10:50'), late], DAY)).toEqual({ from: 9, to: 26 })
  expect(hoursOf([], DAY)).toEqual({ from: 8, to: 17 })
})

test('what happened at once lies in lanes, and lanes are used again', () => {
  const sessions = [
    session('08:00', '10:00'),
    session('08:30', '09:00'),
    session('09:00', '09:30', true),
    session('10:00', '12:00'),
  ]
  expect(barsOf(sessions, DAY, { from: 8, to: 12 })).toEqual([
    { left: 0, width: 50, lane: 0, isSmall: false },
    { left: 12.5, width: 12.5, lane: 1, isSmall: false },
    { left: 25, width: 12.5, lane: 1, isSmall: true },
    { left: 50, width: 50, lane: 0, isSmall: false },
  ])
})

test('more at once than there are lanes share one', () => {
  const sessions = Array.from({ length: 5 }, () => session('08:00', '09:00'))
  const lanes = barsOf(sessions, DAY, { from: 8, to: 9 }).map(({ lane }) => lane)
  expect(lanes.slice(0, 3)).toEqual([0, 1, 2])
  expect(Math.max(...lanes)).toBe(2)
})
