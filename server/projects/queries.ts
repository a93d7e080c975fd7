import type { Answer, Input } from '../../contract/calls.ts'
import { projectReads } from '../../db/projects.ts'
import { query } from '../threads/define.ts'
import { planImport } from './plan-import.ts'
import { projectToWire } from './wire.ts'

/** `booked` follows assignments and events, so a project's hours depend on both. */
const TABLES = ['projects', 'milestones', 'assignments', 'events'] as const

export const projectQueries = {
  'projects.list': query<Input<'projects.list'>, Answer<'projects.list'>>(TABLES, ({ sql }) => {
    const projects = projectReads(sql)
    return ({ archived }) => {
      const milestones = Map.groupBy(
        projects.allMilestones().filter((row) => archived || row.archived === 0),
        (row) => row.project_id,
      )
      const rows = projects.all().filter((row) => archived || row.archived === 0)
      return { items: rows.map((row) => projectToWire(row, milestones.get(row.id) ?? [])) }
    }
  }),

  'import.preview': query<{ bytes: Uint8Array }, Answer<'import.preview'>>(
    ['projects', 'milestones'],
    ({ sql }) => {
      const projects = projectReads(sql)
      return ({ bytes }) => planImport(bytes, projects).plan
    },
  ),
}
