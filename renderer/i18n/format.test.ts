import { beforeAll, expect, test } from 'vitest'
import { clockRange, duration, headDay, longDay, longRange, number, plainDay, shortDay } from './format.ts'
import { showLocale, t } from './index.ts'

beforeAll(() => showLocale('de'))

test('German dates, durations and numbers', async () => {
  expect(longDay('2026-11-24', '2026-11-24')).toBe('Dienstag, 24. November')
  expect(longDay('2025-11-24', '2026-11-24')).toBe('Montag, 24. November 2025')
  expect(shortDay('2026-11-24', '2026-11-24')).toBe('Di, 24. Nov.')
  expect(plainDay('2026-03-01')).toBe('01.03.2026')
  expect(headDay('2026-11-24')).toBe('Di 24.')
  expect(longRange('2026-11-23', '2026-11-29', '2026-11-24')).toBe('23.–29. November')
  expect(longRange('2026-11-30', '2026-12-06', '2026-11-24')).toMatch(/^30\. November\s–\s6\. Dezember$/)
  expect(longRange('2025-11-24', '2025-11-30', '2026-11-24')).toBe('24.–30. November 2025')
  expect(number(1234.56)).toBe('1.234,6')
})

test('English follows its own conventions', async () => {
  await showLocale('en')
  expect(longDay('2026-11-24', '2026-11-24')).toBe('Tuesday 24 November')
  expect(headDay('2026-11-24')).toBe('Tue 24')
  expect(longRange('2026-11-23', '2026-11-29', '2026-11-24')).toMatch(/^23\s?–\s?29 November$/)
  expect(number(1234.56)).toBe('1,234.6')
  await showLocale('de')
})

test('less than half a minute is little, not nothing', () => {
  expect(duration(310 * 60_000)).toBe('5:10')
  expect(duration(20_000)).toBe('< 0:01')
  expect(duration(0)).toBe('0:00')
})

test('times are those of the hub, as they came', () => {
  expect(clockRange('2026-11-24T14:10:59+01:00', '2026-11-24T15:12:00+01:00')).toBe('14:10 – 15:12')
  expect(clockRange('2026-11-24T14:10:01+01:00', '2026-11-24T14:10:59+01:00')).toBe('14:10')
})

test('counts choose their form', () => {
  expect(t('day.events', {}, 1)).toBe('1 Ereignis')
  expect(t('day.events', {}, 0)).toBe('0 Ereignisse')
  expect(t('day.rest', { time: '2:55' }, 6)).toBe('noch 2:55 in 6 Blöcken')
})
