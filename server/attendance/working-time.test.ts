import { describe, expect, test } from 'vitest'
import { parseInstant, zone } from '../../contract/time.ts'
import { shiftDays, type CountedPunch } from '../shifts.ts'
import { totalMs, warningsOf, type ClosedStretch } from './working-time.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const berlin = { zone: zone('Europe/Berlin'), dayStartMinutes: 0 }

/** Punches of a day written as shifts, `06:00-12:00`, and as breaks in brackets, `(09:00-09:30)`. */
function day(text: string, date = '2026-11-24'): ClosedStretch[] {
  const punches = text.split(', ').flatMap((part, index): CountedPunch[] => {
    const isBreak = part.startsWith('(')
    const [start = '', end = ''] = part.replaceAll(/[()]/g, '').split('-')
    return [
      { id: index * 2, kind: isBreak ? 'break_start' : 'in', at: at(date, start) },
      { id: index * 2 + 1, kind: isBreak ? 'break_end' : 'out', at: at(date, end) },
    ]
  })
  const [found] = shiftDays(punches, berlin)
  return (found?.stretches ?? []) as ClosedStretch[]
}
const at = (date: string, time: string) => parseInstant(`${date}T${time}:00`, berlin.zone) ?? NaN
const alone = { restMs: null, last24WeeksMs: 0 }
const codes = (text: string) => warningsOf(day(text), alone).map(({ code }) => code)

describe('§ 4: breaks', () => {
  test.each<[string, string, string[]]>([
    [
      'over nine hours there, under nine at work: half an hour is enough',
      '07:43-16:44, (12:00-12:30)',
      ['over_8h'],
    ],
    ['the gap between two shifts of a day is a break', '06:00-12:00, 13:00-15:00', []],
    ['six hours of work need none', '06:00-08:00, 08:10-09:10, 09:20-10:20, 10:30-12:30', []],
    [
      'a minute more does, and gaps of ten minutes are none',
      '06:00-08:00, 08:10-09:10, 09:20-10:20, 10:30-12:31',
      ['break_too_short', 'six_hours_without_break'],
    ],
    ['six hours in one go', '06:00-12:00', []],
    ['and a minute', '06:00-12:01', ['break_too_short', 'six_hours_without_break']],
    ['29 minutes are too short', '08:00-16:00, (12:00-12:29)', ['break_too_short']],
    ['30 are not', '08:00-16:00, (12:00-12:30)', []],
    ['two quarters are half an hour', '08:00-16:00, (10:00-10:15), (13:00-13:15)', []],
    [
      'two pauses of 14 minutes are none',
      '08:00-14:40, (10:00-10:14), (12:00-12:14)',
      ['break_too_short', 'six_hours_without_break'],
    ],
    ['nine hours with half an hour', '07:00-16:30, (12:00-12:30)', ['over_8h']],
    ['a minute over nine hours wants 45', '07:00-16:31, (12:00-12:30)', ['over_8h', 'break_too_short']],
    ['and is satisfied by 45', '07:00-16:46, (12:00-12:45)', ['over_8h']],
    [
      'a break after more than six hours comes late',
      '06:00-14:00, (12:01-12:31)',
      ['six_hours_without_break'],
    ],
    ['a break at the end interrupts nothing', '08:00-14:30, (14:00-14:30)', []],
    ['nor does it count', '08:00-14:35, (14:05-14:35)', ['break_too_short', 'six_hours_without_break']],
  ])('%s', (_what, text, expected) => {
    expect(codes(text)).toEqual(expected)
  })

  test('says what is and what should be', () => {
    expect(warningsOf(day('07:00-16:31, (12:00-12:30)'), alone)).toContainEqual({
      code: 'break_too_short',
      law: '§ 4 ArbZG',
      isMs: 30 * MINUTE,
      limitMs: 45 * MINUTE,
    })
  })
})

describe('§ 3: eight hours, ten, and the average', () => {
  test.each<[string, string[]]>([
    ['08:00-17:00, (12:00-13:00)', []],
    ['08:00-17:01, (12:00-13:00)', ['over_8h']],
    ['07:00-18:00, (12:00-13:00)', ['over_8h']],
    ['07:00-18:01, (12:00-13:00)', ['over_10h']],
  ])('%s', (text, expected) => {
    expect(codes(text)).toEqual(expected)
  })

  test.each([
    [24 * 48 * HOUR, []],
    [24 * 48 * HOUR + MINUTE, ['average_over_8h']],
  ])('24 weeks of %i ms', (last24WeeksMs, expected) => {
    const long = warningsOf(day('08:00-17:30, (12:00-13:00)'), { restMs: null, last24WeeksMs })
    expect(long.map(({ code }) => code).filter((code) => code !== 'over_8h')).toEqual(expected)
    // Shorter days are how the average comes down again.
    expect(warningsOf(day('08:00-12:00'), { restMs: null, last24WeeksMs })).toEqual([])
  })
})

describe('§ 5: eleven hours of rest', () => {
  test.each([
    [8.5 * HOUR, true],
    [11 * HOUR - MINUTE, true],
    [11 * HOUR, false],
    [null, false],
  ])('%s ms', (restMs, isTooShort) => {
    expect(warningsOf(day('08:00-12:00'), { restMs, last24WeeksMs: 0 })).toEqual(
      isTooShort ? [{ code: 'rest_too_short', law: '§ 5 ArbZG', isMs: restMs, limitMs: 11 * HOUR }] : [],
    )
  })
})

test('§ 2: working time is from beginning to end without breaks', () => {
  expect(totalMs(day('07:43-16:44, (12:00-12:30)'), 'work')).toBe(8 * HOUR + 31 * MINUTE)
})
