import type { Milestone, Project } from '../../../contract/projects.ts'

const HOUR = 3_600_000

export type Budget = { doneMs: number; plannedMs: number | null; leftMs: number | null; isOver: boolean }

export function budgetOf(milestone: Milestone): Budget {
  const doneMs = milestone.doneBefore * HOUR + milestone.bookedMs
  const plannedMs = milestone.plannedHours === null ? null : milestone.plannedHours * HOUR
  return {
    doneMs,
    plannedMs,
    leftMs: plannedMs === null ? null : plannedMs - doneMs,
    isOver: plannedMs !== null && doneMs > plannedMs,
  }
}

/** What the project's milestones are planned and done at; time without a milestone is done, too. */
export function budgetOfProject(project: Project): Budget {
  const budgets = project.milestones.map(budgetOf)
  const booked = project.milestones.reduce((sum, milestone) => sum + milestone.bookedMs, 0)
  const doneMs =
    budgets.reduce((sum, budget) => sum + budget.doneMs, 0) + Math.max(0, project.bookedMs - booked)
  const planned = budgets.filter((budget) => budget.plannedMs !== null)
  const plannedMs =
    planned.length === 0 ? null : planned.reduce((sum, budget) => sum + (budget.plannedMs ?? 0), 0)
  return {
    doneMs,
    plannedMs,
    leftMs: plannedMs === null ? null : plannedMs - doneMs,
    isOver: plannedMs !== null && doneMs > plannedMs,
  }
}

/** Projects of which name, client, number or a milestone holds every word of the query. */
export function findProjects(projects: readonly Project[], query: string): Project[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return projects.filter((project) => {
    const names = [
      project.name,
      project.client,
      project.number,
      ...project.milestones.map(({ name }) => name),
    ]
    const said = names.join('\n').toLowerCase()
    return words.every((word) => said.includes(word))
  })
}
