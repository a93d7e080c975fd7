// @vitest-environment node
import { expect, test } from 'vitest'
import { parseInstant, zone } from '../../../contract/time.ts'
import { at, makeDay, makeEvent, explainedAs } from '../../fixtures/world.ts'
import { blocksOf, timed } from './blocks.ts'
import { clockedWork } from './clocked.ts'
import { dayTotals } from './totals.ts'

const HOUR = 3_600_000
const instant = (time: string) => parseInstant(at(time), zone('UTC')) ?? NaN
const presence = [
  { start: at('08:00'), end: at('12:00'), kind: 'work' as const },
  { start: at('12:00'), end: at('12:30'), kind: 'break' as const },
  { start: at('12:30'), end: null, kind: 'work' as const },
]
const NOW = instant('16:30')

test('work counts until now, a break does not', () => {
  expect(clockedWork(presence, NOW).reduce((sum, { start, end }) => sum + end - start, 0)).toBe(8 * HOUR)
})

test('what nobody ended is not made up on another day', () => {
  expect(clockedWork(presence, null)).toEqual([{ start: instant('08:00'), end: instant('12:00') }])
})

test('the day to explain is what was captured and when somebody was there, once', () => {
  const day = makeDay([makeEvent('09:00', '11:00', explainedAs(1))], [makeEvent('17:00', '18:00')])
  const blocks = blocksOf(timed(day.events), day.sessions)
  const totals = dayTotals(blocks, clockedWork(presence, NOW))
  expect(totals).toMatchObject({ capturedMs: 3 * HOUR, explainedMs: 2 * HOUR, wholeMs: 9 * HOUR })
  expect(dayTotals(blocks).wholeMs).toBe(3 * HOUR)
})
