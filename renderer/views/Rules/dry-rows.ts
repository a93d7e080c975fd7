import type { Place, RulePreview } from '../../../contract/rules.ts'

const HOUR = 3_600_000

/** What a dry run does to one place; `place` null: to what nothing explains. */
export type DryRow = {
  key: string
  place: Place
  deltaMs: number
  afterMs: number
  budget: { doneMs: number; plannedMs: number; isOver: boolean } | null
}

/** One row for each place that changes: the unexplained first, then by how much. */
export function dryRows({ places, budgets }: Pick<RulePreview, 'places' | 'budgets'>): DryRow[] {
  const byMilestone = new Map(budgets.map((budget) => [budget.milestoneId, budget]))
  const rows = places.map(({ place, ms, newMs }): DryRow => {
    const budget = place?.milestoneId ? byMilestone.get(place.milestoneId) : undefined
    const planned = budget?.plannedHours ?? null
    return {
      key: place === null ? '' : `${place.projectId}/${place.milestoneId ?? ''}`,
      place,
      deltaMs: newMs - ms,
      afterMs: newMs,
      budget:
        budget && planned !== null
          ? {
              doneMs: budget.newDoneHours * HOUR,
              plannedMs: planned * HOUR,
              isOver: budget.newDoneHours > planned,
            }
          : null,
    }
  })
  return rows.sort((a, b) => Number(b.place === null) - Number(a.place === null))
}
