// @vitest-environment node
import { expect, test } from 'vitest'
import type { Event } from '../../../contract/events.ts'
import { DAY, explainedAs, makeDay, makeEvent } from '../../fixtures/world.ts'
import { assignedBars, axisHours, axisRange, capturedBars, hourLabel, place } from './axis.ts'
import { blocksOf, timed } from './blocks.ts'

/** Each event a session of its own. */
const fold = (...events: Event[]) => {
  const day = makeDay(...events.map((event) => [event]))
  return blocksOf(timed(day.events), day.sessions)
}
const RANGE = { from: 6, to: 20 }

test('the axis shows 06 to 20 and grows with the day', () => {
  expect(axisRange(fold(makeEvent('09:00', '10:00')), DAY)).toEqual(RANGE)
  const night = { ...makeEvent('21:00', '22:00'), end: '2026-11-25T01:10:00+01:00' }
  expect(axisRange(fold(makeEvent('04:50', '05:10'), night), DAY)).toEqual({ from: 4, to: 26 })
})

test('hours are written without 24 and beyond', () => {
  expect(axisHours({ from: 5, to: 9 }, 2)).toEqual([6, 8])
  expect([6, 24, 26].map(hourLabel)).toEqual(['06', '00', '02'])
  expect(place(RANGE, 13 * 60)).toBe(50)
})

test('a switch of a minute does not cut the bar of the program that had the hour', () => {
  const blocks = fold(
    makeEvent('09:00', '09:29'),
    makeEvent('09:29', '09:30', { app: 'outlook.exe', title: 'Mail' }),
    makeEvent('09:30', '10:00'),
  )
  const bars = capturedBars(blocks, DAY, RANGE)
  expect(bars.map(({ key, start, end }) => [key, start, end])).toEqual([['acad', 540, 600]])
})

test('bars begin and end where the time did, with the gaps between', () => {
  const bars = capturedBars(fold(makeEvent('09:03', '09:30'), makeEvent('10:00', '10:17')), DAY, RANGE)
  expect(bars.map(({ start, end }) => [start, end])).toEqual([
    [543, 570],
    [600, 617],
  ])
})

test('open time is hatched only where nothing explains it', () => {
  const blocks = fold(
    makeEvent('09:00', '10:00'),
    makeEvent('09:20', '09:40', { source: 'phone', contact: 'Müller', ...explainedAs(2, 20) }),
  )
  expect(assignedBars(blocks, DAY, RANGE).map(({ key, start, end }) => [key, start, end])).toEqual([
    ['', 540, 560],
    ['2/20', 560, 580],
    ['', 580, 600],
  ])
})
