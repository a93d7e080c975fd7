import { describe, expect, test } from 'vitest'
import { balanceMs, targetMs, targetOfRange, type Target } from './balance.ts'

const HOUR = 3_600_000
const full: Target = { minutes: [480, 480, 480, 480, 360, 0, 0], from: '2026-11-23', carriedMinutes: 90 }

test('each weekday has its own hours, Monday first', () => {
  const week = ['23', '24', '25', '26', '27', '28', '29'].map((day) => targetMs(full, `2026-11-${day}`))
  expect(week.map((ms) => (ms ?? NaN) / HOUR)).toEqual([8, 8, 8, 8, 6, 0, 0])
  expect(targetOfRange(full, '2026-11-23', '2026-11-29')).toBe(38 * HOUR)
  expect(targetOfRange({ ...full, minutes: null }, '2026-11-23', '2026-11-29')).toBeNull()
})

describe('the balance', () => {
  const worked = new Map([
    ['2026-11-20', 10 * HOUR],
    ['2026-11-23', 9 * HOUR],
    ['2026-11-24', 7.5 * HOUR],
    ['2026-11-25', 4 * HOUR],
  ])

  test('is what was carried over, more what was worked, less what was due, from its first day on', () => {
    expect(balanceMs(full, '2026-11-24', worked)).toBe((1.5 + 16.5 - 16) * HOUR)
  })

  test('of a day on which nobody came lacks that day', () => {
    expect(balanceMs(full, '2026-11-26', worked)).toBe((1.5 + 20.5 - 32) * HOUR)
  })

  test('before its first day has ended is what was carried over, and before that there is none', () => {
    expect(balanceMs(full, '2026-11-22', worked)).toBe(1.5 * HOUR)
    expect(balanceMs(full, '2026-11-21', worked)).toBeNull()
  })

  test('is none where no hours or no beginning were agreed', () => {
    expect(balanceMs({ ...full, minutes: null }, '2026-11-24', worked)).toBeNull()
    expect(balanceMs({ ...full, from: null }, '2026-11-24', worked)).toBeNull()
  })
})
