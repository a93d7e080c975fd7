import type { Milestone, Project } from '../../contract/projects.ts'
import type { MilestoneTotals, ProjectTotals } from '../../db/projects.ts'

export function projectToWire(row: ProjectTotals, milestones: readonly MilestoneTotals[]): Project {
  return {
    id: row.id,
    name: row.name,
    client: row.client,
    notes: row.notes,
    colour: row.colour,
    archived: row.archived === 1,
    number: row.number,
    bookedMs: row.booked_ms,
    milestones: milestones.map(milestoneToWire),
  }
}

export function milestoneToWire(row: MilestoneTotals): Milestone {
  return {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    plannedHours: row.planned_hours,
    doneBefore: row.done_before,
    bookedMs: row.booked_ms,
    bonusRelevant: row.bonus_relevant === 1,
    archived: row.archived === 1,
    number: row.number,
  }
}
