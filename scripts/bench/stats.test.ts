import { expect, test } from 'vitest'
import { compare, inTurns, median, quantile } from './stats.ts'
import { table } from './table.ts'

test('quantiles and the median', () => {
  const values = Array.from({ length: 100 }, (_, n) => 100 - n)
  expect(quantile(values, 0.5)).toBe(51)
  expect(quantile(values, 0.99)).toBe(100)
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

test('sides take turns, each first as often as second', async () => {
  const order: string[] = []
  const turns = await inTurns(4, {
    ours: () => order.push('o'),
    baseline: async () => order.push('b'),
  })
  expect(order.join('')).toBe('obboobbo')
  expect(turns[1]).toEqual({ ours: 4, baseline: 3 })
})

test('the ratio is that of each turn, so that one slow moment does not count', () => {
  const turns = [
    { ours: 10, baseline: 20 },
    { ours: 1, baseline: 2 },
    { ours: 10, baseline: 1 },
  ]
  expect(compare(turns, (side) => side)).toEqual({ ours: 10, baseline: 2, ratio: 0.5 })
})

test('a table has its figures under one another', () => {
  const row = {
    what: 'µs',
    ours: '5/s',
    baseline: '10/s',
    ratio: '0.50 ×',
    budget: '≥ 0.5 ×',
    verdict: 'PASS' as const,
  }
  expect(table([row, { ...row, what: 'longer', ours: '500/s' }])).toBe(
    [
      'what     ours  baseline   ratio   budget',
      'µs        5/s      10/s  0.50 ×  ≥ 0.5 ×  PASS',
      'longer  500/s      10/s  0.50 ×  ≥ 0.5 ×  PASS',
    ].join('\n'),
  )
})
