import type { Instant } from '../contract/time.ts'

export type RecoveryPolicy = {
  /** Wait before the first, second … attempt; there are as many attempts as numbers. */
  delaysMs: readonly number[]
  /** Time without a failure after which earlier ones are forgotten. "Loaded" is not healthy: what crashes in a loop loads every time. */
  healthyMs: number
  /** When even our own splash page fails, it is tried for ever, at this pace. */
  splashMs: number
}

export const RECOVERY: RecoveryPolicy = {
  delaysMs: [1000, 3000, 10_000],
  healthyMs: 60_000,
  splashMs: 30_000,
}

/** Failures without healthy time between them. */
export type Failures = { count: number; last: Instant }

export type Recovery = { kind: 'load'; delayMs: number } | { kind: 'problem' }

/** What to do when the page in the window crashed, hung or could not be loaded. */
export function decideRecovery(
  policy: RecoveryPolicy,
  before: Failures | null,
  showing: 'splash' | 'hub',
  now: Instant,
): { failures: Failures; recovery: Recovery } {
  const isHealthy = before === null || now - before.last >= policy.healthyMs
  const failures = { count: isHealthy ? 1 : before.count + 1, last: now }
  const delayMs = policy.delaysMs[failures.count - 1]
  if (delayMs !== undefined) return { failures, recovery: { kind: 'load', delayMs } }
  if (showing === 'splash') return { failures, recovery: { kind: 'load', delayMs: policy.splashMs } }
  return { failures, recovery: { kind: 'problem' } }
}

/** A navigation that another one replaced. */
const ABORTED = -3

/** Whether a failed load leaves the window without its page. */
export function isLoadFailure(code: number, isMainFrame: boolean): boolean {
  return isMainFrame && code !== ABORTED
}
