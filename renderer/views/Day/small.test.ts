// @vitest-environment node
import { expect, test } from 'vitest'
import type { Event } from '../../../contract/events.ts'
import { makeDay, makeEvent } from '../../fixtures/world.ts'
import { blocksOf, timed } from './blocks.ts'
import { smallHours } from './small.ts'
import { dayTotals } from './totals.ts'

const small = (...events: Event[]) => {
  const { sessions } = makeDay(...events.map((event) => [event]))
  return dayTotals(blocksOf(timed(events), sessions)).small
}

test('small change is told by the hour it began in, with what happened at once counted once', () => {
  const hours = smallHours(
    small(
      makeEvent('14:10', '14:11'),
      makeEvent('09:59', '10:00'),
      makeEvent('14:10', '14:11', { app: 'excel.exe' }),
      makeEvent('14:50', '14:51'),
    ),
  )
  expect(hours.map(({ hour, blocks, ms }) => [hour, blocks.length, ms / 60_000])).toEqual([
    [9, 1, 1],
    [14, 3, 2],
  ])
})

test('after midnight comes after, not before', () => {
  const late = { ...makeEvent('23:30', '23:31') }
  const night = {
    ...makeEvent('00:30', '00:31'),
    start: '2026-11-25T00:30:00+01:00',
    end: '2026-11-25T00:31:00+01:00',
  }
  expect(smallHours(small(night, late)).map(({ hour }) => hour)).toEqual([23, 0])
})

test('without small change there are no hours', () => {
  expect(smallHours([])).toEqual([])
})
