import { expect, test } from 'vitest'
import type { Verdict } from './dist/findings.ts'
import { countStep, countTests, whyNotRun } from './counts.ts'

const vitest = (failed: number) =>
  JSON.stringify({ numPassedTests: 7, numFailedTests: failed, numPendingTests: 2, numTodoTests: 1 })

test("Vitest's report is counted, with todo among the skipped", () => {
  expect(countTests(vitest(1))).toEqual({ passed: 7, failed: 1, skipped: 3 })
})

test("Playwright's report is counted", () => {
  const stats = { expected: 4, unexpected: 1, flaky: 0, skipped: 2 }
  expect(countTests(JSON.stringify({ stats }))).toEqual({ passed: 4, failed: 1, skipped: 2 })
})

const check = (...verdicts: Verdict[]) =>
  JSON.stringify({ findings: verdicts.map((verdict) => ({ what: 'it', verdict, note: '' })) })

test('findings of a check are counted, with what it could not look at among the skipped', () => {
  expect(countTests(check('ok', 'MISS', 'ok', 'not checked'))).toEqual({ passed: 2, failed: 1, skipped: 1 })
})

test('a check that found nothing and says that it failed counts as a failure', () => {
  expect(countStep(false, check())).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('only a check that says so could not run', () => {
  expect(whyNotRun(JSON.stringify({ couldNotRun: 'no qemu' }))).toBe('no qemu')
  expect(whyNotRun(check('MISS'))).toBeUndefined()
  expect(whyNotRun(vitest(1))).toBeUndefined()
})

test('a step without a report counts as one', () => {
  expect(countStep(true, undefined)).toEqual({ passed: 1, failed: 0, skipped: 0 })
  expect(countStep(false, undefined)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('a runner that fails although no test did still counts as a failure', () => {
  expect(countStep(false, vitest(0))).toEqual({ passed: 7, failed: 1, skipped: 3 })
  expect(countStep(false, vitest(2))).toEqual({ passed: 7, failed: 2, skipped: 3 })
})
