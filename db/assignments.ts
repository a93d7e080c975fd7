import type { Sqlite, WriteDb } from './open.ts'

export type AssignmentRow = {
  id: number
  event_id: number
  project_id: number
  milestone_id: number | null
  activity: string | null
  comment: string | null
  source: 'manual' | 'rule' | 'import'
  /** What assigned it, when a rule did: which one, and as it then was. */
  rule_id: number | null
  rule_version: number | null
}

/** As it is about to be stored: `id` null for a new one. */
export type AssignmentDraft = Omit<AssignmentRow, 'id'> & { id: number | null }

/** With the action that it belongs to; a rule at work is no action of a person. */
type BatchedDraft = AssignmentDraft & { batch_id: number | null }

const COLUMNS = 'id, event_id, project_id, milestone_id, activity, comment, source, rule_id, rule_version'

export function assignmentReads(sql: Sqlite) {
  const byId = sql.prepare<[number], AssignmentRow>(`SELECT ${COLUMNS} FROM assignments WHERE id = ?`)
  const ofEvent = sql.prepare<[number], AssignmentRow>(
    `SELECT ${COLUMNS} FROM assignments WHERE event_id = ?`,
  )
  const anyOfProject = sql.prepare<[number], unknown>(
    'SELECT 1 FROM assignments WHERE project_id = ? LIMIT 1',
  )
  const anyOfMilestone = sql.prepare<[number], unknown>(
    'SELECT 1 FROM assignments WHERE milestone_id = ? LIMIT 1',
  )
  return {
    byId: (id: number) => byId.get(id),
    ofEvent: (event: number) => ofEvent.get(event),
    anyOfProject: (project: number) => anyOfProject.get(project) !== undefined,
    anyOfMilestone: (milestone: number) => anyOfMilestone.get(milestone) !== undefined,
  }
}

export function assignmentWrites(db: WriteDb) {
  // A restored assignment keeps its id, so that what refers to it still finds it.
  const put = db.sql.prepare<BatchedDraft, { id: number }>(
    `INSERT INTO assignments (id, event_id, project_id, milestone_id, activity, comment, source, rule_id, rule_version, batch_id)
     VALUES (@id, @event_id, @project_id, @milestone_id, @activity, @comment, @source, @rule_id, @rule_version, @batch_id)
     ON CONFLICT (event_id) DO UPDATE SET project_id = excluded.project_id, milestone_id = excluded.milestone_id,
       activity = excluded.activity, comment = excluded.comment, source = excluded.source,
       rule_id = excluded.rule_id, rule_version = excluded.rule_version, batch_id = excluded.batch_id
     RETURNING id`,
  )
  const remove = db.sql.prepare<[number]>('DELETE FROM assignments WHERE event_id = ?')
  return {
    put(row: BatchedDraft): number {
      db.touch('assignments')
      const stored = put.get(row)
      if (!stored) throw new Error('INSERT … RETURNING returned no row')
      return stored.id
    },
    remove(event: number): void {
      db.touch('assignments')
      remove.run(event)
    },
  }
}
