// @vitest-environment node
import { expect, test } from 'vitest'
import { rangeOf } from './ranges.ts'

test('weeks run from Monday to Sunday', () => {
  expect(rangeOf('week', '2026-11-24')).toEqual({ from: '2026-11-23', to: '2026-11-29' })
  expect(rangeOf('week', '2026-11-29')).toEqual({ from: '2026-11-23', to: '2026-11-29' })
  expect(rangeOf('lastWeek', '2026-11-23')).toEqual({ from: '2026-11-16', to: '2026-11-22' })
})

test('months are whole, also around the turn of the year and in February', () => {
  expect(rangeOf('month', '2026-12-31')).toEqual({ from: '2026-12-01', to: '2026-12-31' })
  expect(rangeOf('lastMonth', '2027-01-15')).toEqual({ from: '2026-12-01', to: '2026-12-31' })
  expect(rangeOf('lastMonth', '2028-03-31')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  expect(rangeOf('month', '2027-02-10')).toEqual({ from: '2027-02-01', to: '2027-02-28' })
})
