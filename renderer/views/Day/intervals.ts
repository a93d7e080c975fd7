/** Stretches of time, or of anything with a start and an end, end excluded. */
export type Stretch = { start: number; end: number }

/** The same time counted once: sorted, without overlaps; gaps up to `gap` are closed. */
export function union(stretches: readonly Stretch[], gap = 0): Stretch[] {
  const merged: Stretch[] = []
  for (const { start, end } of [...stretches].sort((a, b) => a.start - b.start)) {
    if (end <= start) continue
    const last = merged.at(-1)
    if (last && start <= last.end + gap) last.end = Math.max(last.end, end)
    else merged.push({ start, end })
  }
  return merged
}

export function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { start, end }) => sum + Math.max(0, end - start), 0)
}

/** What is left of `whole` without `holes`; both as `union` makes them. */
export function without(whole: readonly Stretch[], holes: readonly Stretch[]): Stretch[] {
  const left: Stretch[] = []
  let next = 0
  for (const { start, end } of whole) {
    let from = start
    while (next > 0 && (holes[next - 1]?.end ?? -Infinity) > start) next--
    while ((holes[next]?.end ?? Infinity) <= start) next++
    for (let at = next; ; at++) {
      const hole = holes[at]
      if (!hole || hole.start >= end) break
      if (hole.start > from) left.push({ start: from, end: hole.start })
      from = Math.max(from, hole.end)
    }
    if (from < end) left.push({ start: from, end })
  }
  return left
}
