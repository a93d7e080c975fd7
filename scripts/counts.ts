import type { Verdict } from './dist/findings.ts'
import type { FindingsReport, NotRunReport } from './dist/report.ts'

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
}
interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
}

/** Reads how many tests ran out of what Vitest's or Playwright's JSON reporter or one of our checks has written. */
export function countTests(json: string): Counts {
  const report = JSON.parse(json) as VitestReport | PlaywrightReport | FindingsReport
  if ('findings' in report) {
    const count = (wanted: Verdict) => report.findings.filter(({ verdict }) => verdict === wanted).length
    return { passed: count('ok'), failed: count('MISS'), skipped: count('not checked') }
  }
  if ('stats' in report) {
    const { expected, unexpected, flaky, skipped } = report.stats
    return { passed: expected + flaky, failed: unexpected, skipped }
  }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
}

/** What a check that could not run on this machine says about it. */
export function whyNotRun(json: string): string | undefined {
  const report = JSON.parse(json) as NotRunReport | object
  return 'couldNotRun' in report ? report.couldNotRun : undefined
}

/**
 * What a step adds to the totals: its tests where its runner wrote a report, otherwise itself. A runner
 * may fail for what is no test (a file that does not load), and that must not get lost.
 */
export function countStep(isFine: boolean, report: string | undefined): Counts {
  const itself = { passed: isFine ? 1 : 0, failed: isFine ? 0 : 1, skipped: 0 }
  if (report === undefined) return itself
  const counts = countTests(report)
  return !isFine && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

export const add = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
})
