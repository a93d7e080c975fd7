import type { Target } from '../contract/assignments.ts'
import { Refusal, notFound } from '../contract/errors.ts'
import type { WriteDb } from '../db/open.ts'
import { projectReads } from '../db/projects.ts'

/** Refuses a target whose project or milestone does not exist or do not belong together. */
export function targetCheck({ db }: { db: Pick<WriteDb, 'sql'> }): (target: Target) => void {
  const projects = projectReads(db.sql)
  return ({ projectId, milestoneId }) => {
    if (!projects.byId(projectId)) throw notFound('project', projectId)
    if (milestoneId === null || milestoneId === undefined) return
    const milestone = projects.milestoneById(milestoneId)
    if (!milestone) throw notFound('milestone', milestoneId)
    if (milestone.project_id !== projectId) {
      const message = `belongs to project ${milestone.project_id}`
      throw new Refusal('invalid', `target.milestoneId: ${message}`, { 'target.milestoneId': message })
    }
  }
}
