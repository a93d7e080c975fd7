import { expect, test } from 'vitest'
import { rangeOf } from './ranges.ts'

test.each([
  ['month', '2026-11-01'],
  ['days', '2026-10-26'],
  ['all', '2000-01-01'],
] as const)('%s begins on %s and ends today', (name, from) => {
  expect(rangeOf(name, '2026-11-24')).toEqual({ from, to: '2026-11-24' })
})
