import type { projectReads, projectWrites } from '../../db/projects.ts'
import type { ImportOutcome } from './plan-import.ts'

type Tables = Pick<ReturnType<typeof projectReads>, 'byName'> & ReturnType<typeof projectWrites>

/** Writes what {@link ImportOutcome} says; inside one command, so all of it or nothing. */
export function applyImport({ projects, milestones }: ImportOutcome, tables: Tables): void {
  for (const { fate, row, stored } of projects) {
    if (fate === 'create') tables.insert({ ...row, colour: null, archived: 0, number: null })
    if (fate === 'update' && stored) tables.update({ ...stored, ...row })
  }
  for (const { fate, project, row, stored } of milestones) {
    if (fate === 'update' && stored) tables.updateMilestone({ ...stored, ...row })
    if (fate !== 'create') continue
    const owner = tables.byName(project)
    if (!owner) throw new Error('a planned project was not written')
    tables.insertMilestone({ ...row, project_id: owner.id, archived: 0, number: null })
  }
}
