import type { Sqlite, WriteDb } from './open.ts'

export type ProjectRow = {
  id: number
  name: string
  client: string | null
  notes: string | null
  colour: number
  archived: 0 | 1
  number: string | null
}

export type ProjectTotals = ProjectRow & { booked_ms: number }

export type MilestoneRow = {
  id: number
  project_id: number
  name: string
  planned_hours: number | null
  done_before: number
  bonus_relevant: 0 | 1
  archived: 0 | 1
  number: string | null
}

export type MilestoneTotals = MilestoneRow & { booked_ms: number }

const PROJECT_TOTALS = `SELECT p.*, coalesce((SELECT sum(ms) FROM booked b WHERE b.project_id = p.id), 0) AS booked_ms FROM projects p`
const MILESTONE_TOTALS = `SELECT m.*, coalesce(b.ms, 0) AS booked_ms FROM milestones m
  LEFT JOIN booked b ON b.project_id = m.project_id AND b.milestone_id = m.id`

export function projectReads(sql: Sqlite) {
  const all = sql.prepare<[], ProjectTotals>(`${PROJECT_TOTALS} ORDER BY p.name, p.id`)
  const byId = sql.prepare<[number], ProjectTotals>(`${PROJECT_TOTALS} WHERE p.id = ?`)
  const byName = sql.prepare<[string], ProjectRow>('SELECT * FROM projects WHERE name = ?')
  const active = sql.prepare<[], ProjectRow>('SELECT * FROM projects WHERE archived = 0 ORDER BY name, id')
  const activeMilestones = sql.prepare<{ project: number | null }, MilestoneRow>(
    `SELECT m.* FROM projects p JOIN milestones m ON m.project_id = p.id
     WHERE p.archived = 0 AND m.archived = 0 AND (@project IS NULL OR p.id = @project) ORDER BY m.name, m.id`,
  )
  const allMilestones = sql.prepare<[], MilestoneTotals>(`${MILESTONE_TOTALS} ORDER BY m.name, m.id`)
  const milestonesOf = sql.prepare<[number], MilestoneTotals>(
    `${MILESTONE_TOTALS} WHERE m.project_id = ? ORDER BY m.name, m.id`,
  )
  const milestoneById = sql.prepare<[number], MilestoneTotals>(`${MILESTONE_TOTALS} WHERE m.id = ?`)
  const milestoneByName = sql.prepare<[number, string], MilestoneRow>(
    'SELECT * FROM milestones WHERE project_id = ? AND name = ?',
  )
  return {
    all: () => all.all(),
    byId: (id: number) => byId.get(id),
    byName: (name: string) => byName.get(name),
    /** Projects without their hours, archived ones left out. */
    active: () => active.all(),
    /** Milestones of active projects, or of one of them, without their hours. */
    activeMilestones: (project: number | undefined) => activeMilestones.all({ project: project ?? null }),
    allMilestones: () => allMilestones.all(),
    milestonesOf: (project: number) => milestonesOf.all(project),
    milestoneById: (id: number) => milestoneById.get(id),
    milestoneByName: (project: number, name: string) => milestoneByName.get(project, name),
  }
}

export function projectWrites(db: WriteDb) {
  const insert = db.sql.prepare<
    Omit<ProjectRow, 'id' | 'colour'> & { colour: number | null },
    { id: number }
  >(
    `INSERT INTO projects (name, client, notes, colour, archived, number)
     VALUES (@name, @client, @notes, coalesce(@colour, (SELECT count(*) FROM projects) % 12), @archived, @number) RETURNING id`,
  )
  const update = db.sql.prepare<ProjectRow>(
    `UPDATE projects SET name = @name, client = @client, notes = @notes, colour = @colour, archived = @archived, number = @number WHERE id = @id`,
  )
  const remove = db.sql.prepare<[number]>('DELETE FROM projects WHERE id = ?')
  const insertMilestone = db.sql.prepare<Omit<MilestoneRow, 'id'>, { id: number }>(
    `INSERT INTO milestones (project_id, name, planned_hours, done_before, bonus_relevant, archived, number)
     VALUES (@project_id, @name, @planned_hours, @done_before, @bonus_relevant, @archived, @number) RETURNING id`,
  )
  const updateMilestone = db.sql.prepare<MilestoneRow>(
    `UPDATE milestones SET project_id = @project_id, name = @name, planned_hours = @planned_hours, done_before = @done_before,
       bonus_relevant = @bonus_relevant, archived = @archived, number = @number WHERE id = @id`,
  )
  const removeMilestone = db.sql.prepare<[number]>('DELETE FROM milestones WHERE id = ?')
  const removeMilestonesOf = db.sql.prepare<[number]>('DELETE FROM milestones WHERE project_id = ?')
  return {
    /** `colour` null takes the next of the twelve. */
    insert(row: Omit<ProjectRow, 'id' | 'colour'> & { colour: number | null }): number {
      db.touch('projects')
      return idOf(insert.get(row))
    },
    update(row: ProjectRow): void {
      db.touch('projects')
      update.run(row)
    },
    /** Deletes a project and its milestones; refused by foreign keys while time is assigned to it. */
    remove(id: number): void {
      db.touch('projects')
      db.touch('milestones')
      removeMilestonesOf.run(id)
      remove.run(id)
    },
    insertMilestone(row: Omit<MilestoneRow, 'id'>): number {
      db.touch('milestones')
      return idOf(insertMilestone.get(row))
    },
    /** Moving it to another project moves its assignments along (ON UPDATE CASCADE). */
    updateMilestone(row: MilestoneRow): void {
      db.touch('milestones')
      db.touch('assignments')
      updateMilestone.run(row)
    },
    removeMilestone(id: number): void {
      db.touch('milestones')
      removeMilestone.run(id)
    },
  }
}

function idOf(row: { id: number } | undefined): number {
  if (!row) throw new Error('INSERT … RETURNING returned no row')
  return row.id
}
