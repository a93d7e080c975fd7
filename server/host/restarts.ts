/**
 * When a server that ended may start again: at once the first time, then with growing delay, and not
 * at all after too many ends without healthy time between them. "Started" is not healthy: a process
 * that crashes in a loop starts every time.
 */
export type RestartPolicy = {
  firstDelayMs: number
  longestDelayMs: number
  /** Ends in a row that are forgiven. */
  budget: number
  /** Time in service after which earlier ends are forgotten. */
  healthyMs: number
}

export const RESTARTS: RestartPolicy = {
  firstDelayMs: 100,
  longestDelayMs: 30_000,
  budget: 8,
  healthyMs: 60_000,
}

/** Delay before the start that follows the `failures`-th end in a row; null when the budget is spent. */
export function restartDelay(policy: RestartPolicy, failures: number): number | null {
  if (failures > policy.budget) return null
  return Math.min(policy.firstDelayMs * 2 ** (failures - 1), policy.longestDelayMs)
}
