// @vitest-environment node
import { expect, test } from 'vitest'
import { gapAt, gapsIn, likelyGap, proposal, stepQuarter } from './gaps.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const s = (start: string, end: string) => ({ start: t(start), end: t(end) })
/** Midnight is at 0. */
function t(text: string): number {
  const [hours, minutes] = text.split(':').map(Number)
  return (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE
}
const DAY = [s('8:00', '11:37'), s('11:42', '12:00'), s('12:50', '17:00')]

test('gaps are between what was captured, and long enough to have been something', () => {
  expect(gapsIn(DAY)).toEqual([s('12:00', '12:50')])
  expect(gapsIn([])).toEqual([])
})

test('a click between two stretches means the time between them', () => {
  expect(gapAt(DAY, t('12:20'))).toEqual(s('12:00', '12:50'))
  expect(gapAt(DAY, t('11:40'))).toEqual(s('11:37', '11:42'))
  expect(gapAt(DAY, t('9:00'))).toBeNull()
})

test('before and after the day it is an hour at most, beside the day where that is near', () => {
  expect(gapAt(DAY, t('7:35'))).toEqual(s('7:30', '8:00'))
  expect(gapAt(DAY, t('6:10'))).toEqual(s('6:00', '7:00'))
  expect(gapAt(DAY, t('17:20'))).toEqual(s('17:00', '18:15'))
  expect(gapAt(DAY, t('19:20'))).toEqual(s('19:15', '20:15'))
})

test('times are proposed on quarter hours inside the gap, or to the minute when it is short', () => {
  expect(proposal(s('11:37', '13:07'))).toEqual(s('11:45', '13:00'))
  expect(proposal(s('12:00', '12:50'))).toEqual(s('12:00', '12:45'))
  expect(proposal(s('11:37', '11:52'))).toEqual(s('11:37', '11:52'))
})

test('without a click it is the longest gap, else the hour after the last captured time', () => {
  expect(likelyGap(DAY, t('18:00'))).toEqual(s('12:00', '12:45'))
  expect(likelyGap([s('8:00', '9:40')], t('18:00'))).toEqual(s('9:45', '10:45'))
  expect(likelyGap([], t('18:00'))).toEqual(s('17:00', '18:00'))
})

test('a step goes to the next quarter hour', () => {
  expect([stepQuarter(t('9:07'), 1), stepQuarter(t('9:07'), -1)]).toEqual([t('9:15'), t('9:00')])
  expect([stepQuarter(t('9:15'), 1), stepQuarter(t('9:15'), -1)]).toEqual([t('9:30'), t('9:00')])
})
