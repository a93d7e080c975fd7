import { Refusal } from '../../contract/errors.ts'
import type { ImportLine, ImportPlan } from '../../contract/projects.ts'
import type { MilestoneRow, ProjectRow, projectReads } from '../../db/projects.ts'
import { CsvError, readErpCsv, type ErpRow } from './read-erp-csv.ts'

type Reads = Pick<ReturnType<typeof projectReads>, 'byName' | 'milestoneByName'>
type Fate = 'same' | 'create' | 'update'

/** A project or milestone as it will be after the import. */
export type ImportedProject = {
  fate: Fate
  row: Pick<ProjectRow, 'name' | 'client' | 'notes'>
  stored: ProjectRow | undefined
}
export type ImportedMilestone = {
  fate: Fate
  project: string
  row: Pick<MilestoneRow, 'name' | 'planned_hours' | 'done_before' | 'bonus_relevant'>
  stored: MilestoneRow | undefined
}

export type ImportOutcome = { plan: ImportPlan; projects: ImportedProject[]; milestones: ImportedMilestone[] }

/**
 * What an ERP's CSV would do, line by line. Preview and import both call it, so what was shown is
 * what is done. An empty cell leaves a field as it is. @throws Refusal naming the line
 */
export function planImport(bytes: Uint8Array, reads: Reads): ImportOutcome {
  const { rows, encoding, delimiter } = read(bytes)
  const projects = new Map<string, ImportedProject>()
  const milestones = new Map<string, ImportedMilestone>()
  const lines = rows.map((row): ImportLine => {
    const changes = [...projectChanges(row, projects, reads)]
    if (row.milestone !== null)
      changes.push(...milestoneChanges(row, row.milestone, projects, milestones, reads))
    const creates = changes.some(({ field }) => field === 'project' || field === 'milestone')
    return {
      line: row.line,
      project: row.project,
      milestone: row.milestone,
      effect: creates ? 'create' : changes.length > 0 ? 'update' : 'same',
      changes,
    }
  })
  const count = (of: Map<string, { fate: Fate }>, fate: Fate) =>
    [...of.values()].filter((one) => one.fate === fate).length
  return {
    projects: [...projects.values()],
    milestones: [...milestones.values()],
    plan: {
      encoding,
      delimiter,
      lines,
      counts: {
        projectsCreated: count(projects, 'create'),
        projectsUpdated: count(projects, 'update'),
        milestonesCreated: count(milestones, 'create'),
        milestonesUpdated: count(milestones, 'update'),
      },
    },
  }
}

function read(bytes: Uint8Array) {
  try {
    return readErpCsv(bytes)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const message = error.line === null ? error.message : `Line ${error.line}: ${error.message}`
    throw new Refusal('invalid', message, { file: message })
  }
}

type Changes = ImportLine['changes']

function projectChanges(row: ErpRow, known: Map<string, ImportedProject>, reads: Reads): Changes {
  let project = known.get(row.project)
  const changes: Changes = []
  if (!project) {
    const stored = reads.byName(row.project)
    project = {
      fate: stored ? 'same' : 'create',
      stored,
      row: { name: row.project, client: stored?.client ?? null, notes: stored?.notes ?? null },
    }
    known.set(row.project, project)
    if (!stored) changes.push({ field: 'project', from: null, to: row.project })
  }
  for (const field of ['client', 'notes'] as const) {
    const to = row[field]
    if (to === null || to === project.row[field]) continue
    changes.push({ field, from: project.row[field], to })
    project.row[field] = to
    if (project.fate === 'same') project.fate = 'update'
  }
  return changes
}

function milestoneChanges(
  row: ErpRow,
  name: string,
  projects: Map<string, ImportedProject>,
  known: Map<string, ImportedMilestone>,
  reads: Reads,
): Changes {
  const changes: Changes = []
  const key = JSON.stringify([row.project, name])
  let milestone = known.get(key)
  if (!milestone) {
    milestone = foundMilestone(row.project, name, projects.get(row.project)?.stored, reads)
    known.set(key, milestone)
    if (milestone.fate === 'create') changes.push({ field: 'milestone', from: null, to: name })
  }
  for (const { field, column, to } of milestoneCells(row)) {
    const from = milestone.row[column]
    if (to === null || to === from) continue
    changes.push({ field, from: shown(field, from), to: shown(field, to) })
    milestone.row = { ...milestone.row, [column]: to }
    if (milestone.fate === 'same') milestone.fate = 'update'
  }
  return changes
}

/** The milestone as it is stored, or as a new one begins. */
function foundMilestone(
  project: string,
  name: string,
  owner: ProjectRow | undefined,
  reads: Reads,
): ImportedMilestone {
  const stored = owner && reads.milestoneByName(owner.id, name)
  const row = stored ?? { name, planned_hours: null, done_before: 0, bonus_relevant: 0 as const }
  const { planned_hours, done_before, bonus_relevant } = row
  return {
    fate: stored ? 'same' : 'create',
    project,
    stored,
    row: { name, planned_hours, done_before, bonus_relevant },
  }
}

/** The cells of a line that belong to its milestone, as they are stored; null where the cell is empty. */
function milestoneCells({ plannedHours, doneHours, bonusRelevant }: ErpRow) {
  return [
    { field: 'plannedHours', column: 'planned_hours', to: plannedHours },
    { field: 'doneBefore', column: 'done_before', to: doneHours },
    {
      field: 'bonusRelevant',
      column: 'bonus_relevant',
      to: bonusRelevant === null ? null : Number(bonusRelevant),
    },
  ] as const
}

function shown(field: Changes[number]['field'], value: number | null): number | boolean | null {
  return field === 'bonusRelevant' ? value === 1 : value
}
