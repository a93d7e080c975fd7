import type { Answer, Input } from '../../contract/calls.ts'
import { Refusal, notFound } from '../../contract/errors.ts'
import { assignmentReads } from '../../db/assignments.ts'
import { projectReads, projectWrites, type MilestoneRow, type ProjectRow } from '../../db/projects.ts'
import { ruleReads } from '../../db/rules.ts'
import { runningReads } from '../../db/running-work.ts'
import { command } from '../threads/define.ts'
import { applyImport } from './apply-import.ts'
import { planImport } from './plan-import.ts'
import { milestoneToWire, projectToWire } from './wire.ts'
import type { WriteContext } from '../threads/define.ts'

function tables({ db }: WriteContext) {
  const reads = projectReads(db.sql)
  const projectById = (id: number) => {
    const row = reads.byId(id)
    if (!row) throw notFound('project', id)
    return row
  }
  const milestoneById = (id: number) => {
    const row = reads.milestoneById(id)
    if (!row) throw notFound('milestone', id)
    return row
  }
  return {
    ...reads,
    ...projectWrites(db),
    projectById,
    milestoneById,
    wire: (id: number) => projectToWire(projectById(id), reads.milestonesOf(id)),
  }
}

function taken(noun: string, name: string): Refusal {
  const message = `There is a ${noun} "${name}" already.`
  return new Refusal('conflict', message, { name: message })
}

export const projectCommands = {
  'projects.create': command<Input<'projects.create'>, Answer<'projects.create'>>((context) => {
    const projects = tables(context)
    return (fields) => {
      if (projects.byName(fields.name)) throw taken('project', fields.name)
      const id = projects.insert({
        name: fields.name,
        client: fields.client ?? null,
        notes: fields.notes ?? null,
        colour: fields.colour ?? null,
        archived: fields.archived ? 1 : 0,
        number: fields.number ?? null,
      })
      return projects.wire(id)
    }
  }),

  'projects.change': command<Input<'projects.change'>, Answer<'projects.change'>>((context) => {
    const projects = tables(context)
    return ({ id, ...fields }) => {
      const { booked_ms: _, ...row } = projects.projectById(id)
      const changed = merged<ProjectRow>(row, { ...fields, archived: flag(fields.archived) })
      const other = projects.byName(changed.name)
      if (other && other.id !== id) throw taken('project', changed.name)
      projects.update(changed)
      return projects.wire(id)
    }
  }),

  'projects.remove': command<Input<'projects.remove'>, void>((context) => {
    const projects = tables(context)
    const assignments = assignmentReads(context.db.sql)
    const rules = ruleReads(context.db.sql)
    const running = runningReads(context.db.sql)
    return ({ id }) => {
      projects.projectById(id)
      if (assignments.anyOfProject(id))
        throw new Refusal('conflict', 'Time is assigned to this project: archive it instead.')
      if (rules.anyOfProject(id))
        throw new Refusal('conflict', 'Rules assign time to this project: archive it instead.')
      if (running.anyOfProject(id))
        throw new Refusal('conflict', 'Somebody is working on this project: archive it instead.')
      projects.remove(id)
    }
  }),

  'milestones.create': command<Input<'milestones.create'>, Answer<'milestones.create'>>((context) => {
    const projects = tables(context)
    return ({ id: projectId, ...fields }) => {
      projects.projectById(projectId)
      if (projects.milestoneByName(projectId, fields.name)) throw taken('milestone', fields.name)
      const id = projects.insertMilestone({
        project_id: projectId,
        name: fields.name,
        planned_hours: fields.plannedHours ?? null,
        done_before: fields.doneBefore ?? 0,
        bonus_relevant: fields.bonusRelevant ? 1 : 0,
        archived: fields.archived ? 1 : 0,
        number: fields.number ?? null,
      })
      return milestoneToWire(projects.milestoneById(id))
    }
  }),

  'milestones.change': command<Input<'milestones.change'>, Answer<'milestones.change'>>((context) => {
    const projects = tables(context)
    return ({ id, ...fields }) => {
      const { booked_ms: _, ...row } = projects.milestoneById(id)
      if (fields.projectId !== undefined) projects.projectById(fields.projectId)
      const changed = merged<MilestoneRow>(row, {
        project_id: fields.projectId,
        name: fields.name,
        planned_hours: fields.plannedHours,
        done_before: fields.doneBefore,
        bonus_relevant: flag(fields.bonusRelevant),
        archived: flag(fields.archived),
        number: fields.number,
      })
      const other = projects.milestoneByName(changed.project_id, changed.name)
      if (other && other.id !== id) throw taken('milestone', changed.name)
      projects.updateMilestone(changed)
      return milestoneToWire(projects.milestoneById(id))
    }
  }),

  'milestones.remove': command<Input<'milestones.remove'>, void>((context) => {
    const projects = tables(context)
    const assignments = assignmentReads(context.db.sql)
    const rules = ruleReads(context.db.sql)
    const running = runningReads(context.db.sql)
    return ({ id }) => {
      projects.milestoneById(id)
      if (assignments.anyOfMilestone(id))
        throw new Refusal('conflict', 'Time is assigned to this milestone: archive it instead.')
      if (rules.anyOfMilestone(id))
        throw new Refusal('conflict', 'Rules assign time to this milestone: archive it instead.')
      if (running.anyOfMilestone(id))
        throw new Refusal('conflict', 'Somebody is working on this milestone: archive it instead.')
      projects.removeMilestone(id)
    }
  }),

  'import.apply': command<{ bytes: Uint8Array }, Answer<'import.apply'>>((context) => {
    const projects = tables(context)
    return ({ bytes }) => {
      const outcome = planImport(bytes, projects)
      applyImport(outcome, projects)
      return outcome.plan
    }
  }),
}

function flag(value: boolean | undefined): 0 | 1 | undefined {
  return value === undefined ? undefined : value ? 1 : 0
}

/** `row` with the fields that were given; undefined leaves a field as it is. */
function merged<T extends object>(row: T, fields: { [K in keyof T]?: T[K] | undefined }): T {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return { ...row, ...Object.fromEntries(given) }
}
