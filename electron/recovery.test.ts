import { expect, test } from 'vitest'
import { decideRecovery, isLoadFailure, RECOVERY, type Failures } from './recovery.ts'

/** Failures at these seconds; what each leads to. */
function recoveries(seconds: number[], showing: 'splash' | 'hub' = 'hub') {
  let failures: Failures | null = null
  return seconds.map((second) => {
    const decided = decideRecovery(RECOVERY, failures, showing, second * 1000)
    failures = decided.failures
    return decided.recovery.kind === 'load' ? decided.recovery.delayMs : decided.recovery.kind
  })
}

test('three tries with growing delay, then a person has to look', () => {
  expect(recoveries([0, 1, 5, 20])).toEqual([1000, 3000, 10_000, 'problem'])
})

test('a minute without a failure forgives, a page that crashes every half minute is not forgiven', () => {
  expect(recoveries([0, 1, 62, 200])).toEqual([1000, 3000, 1000, 1000])
  expect(recoveries([0, 30, 60, 90])).toEqual([1000, 3000, 10_000, 'problem'])
})

test('our own splash page is tried for ever, slowly', () => {
  expect(recoveries([0, 1, 5, 20, 51, 90], 'splash')).toEqual([1000, 3000, 10_000, 30_000, 30_000, 30_000])
})

test('a navigation that was replaced by another is no failure', () => {
  expect(isLoadFailure(-3, true)).toBe(false)
  expect(isLoadFailure(-102, false)).toBe(false)
  expect(isLoadFailure(-102, true)).toBe(true)
})
