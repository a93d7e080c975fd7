export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2
}

export type Turn<T> = { ours: T; baseline: T }

/**
 * Measures two sides in turns, ours and baseline one after the other and each first as often as second,
 * so that what else the machine does meanwhile meets both alike.
 */
export async function inTurns<T>(
  turns: number,
  sides: { ours: () => T | Promise<T>; baseline: () => T | Promise<T> },
): Promise<Turn<T>[]> {
  const results: Turn<T>[] = []
  for (let turn = 0; turn < turns; turn++) {
    if (turn % 2 === 0) {
      const ours = await sides.ours()
      results.push({ ours, baseline: await sides.baseline() })
    } else {
      const baseline = await sides.baseline()
      results.push({ ours: await sides.ours(), baseline })
    }
  }
  return results
}

/** Middle value of each side, and of the turns' own ratios ours : baseline. */
export function compare<T>(
  turns: readonly Turn<T>[],
  of: (side: T) => number,
): { ours: number; baseline: number; ratio: number } {
  return {
    ours: median(turns.map(({ ours }) => of(ours))),
    baseline: median(turns.map(({ baseline }) => of(baseline))),
    ratio: median(turns.map(({ ours, baseline }) => of(ours) / of(baseline))),
  }
}
