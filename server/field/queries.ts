import type { Source } from '../../contract/events.ts'
import type { Instant } from '../../contract/time.ts'
import { notFound } from '../../contract/errors.ts'
import { eventReads } from '../../db/events.ts'
import { fieldLists } from '../../db/field-lists.ts'
import { projectReads } from '../../db/projects.ts'
import { userReads } from '../../db/users.ts'
import { unlessPrivate } from '../private.ts'
import { query } from '../threads/define.ts'
import type { FieldAssignment, FieldEvent, FieldMilestone, FieldProject } from './shapes.ts'
import { assignmentToField, eventToField, projectToField } from './wire.ts'

type Range = { from?: Instant | undefined; to?: Instant | undefined }

/** Id that no person has: an unknown handle finds nothing. */
const NOBODY = -1

export const fieldQueries = {
  'field.events.list': query<
    Range & { user?: string | undefined; source?: Source | undefined; limit: number; offset: number },
    FieldEvent[]
  >(['events', 'users'], ({ sql, zone }) => {
    const lists = fieldLists(sql)
    const users = userReads(sql)
    return ({ user, ...filter }, viewer) =>
      lists
        .events({ ...filter, user: user === undefined ? undefined : (users.idOf(user) ?? NOBODY) })
        .map((row) => eventToField(unlessPrivate(row, viewer), zone))
  }),

  'field.event': query<{ id: number }, FieldEvent>(['events', 'users', 'assignments'], ({ sql, zone }) => {
    const events = eventReads(sql)
    return ({ id }, viewer) => {
      const row = events.byId(id)
      if (!row) throw notFound('event', id)
      return eventToField(unlessPrivate(row, viewer), zone)
    }
  }),

  'field.projects.list': query<object, FieldProject[]>(['projects'], ({ sql }) => {
    const projects = projectReads(sql)
    return () => projects.active().map(projectToField)
  }),

  /** An archived project of this name: creating it again brings it back. */
  'field.projects.archived': query<{ name: string }, { id: number | null }>(['projects'], ({ sql }) => {
    const projects = projectReads(sql)
    return ({ name }) => {
      const row = projects.byName(name)
      return { id: row?.archived === 1 ? row.id : null }
    }
  }),

  'field.milestones.list': query<{ project?: number | undefined }, FieldMilestone[]>(
    ['projects', 'milestones'],
    ({ sql }) => {
      const projects = projectReads(sql)
      return ({ project }) =>
        projects.activeMilestones(project).map((row) => ({
          id: row.id,
          project_id: row.project_id,
          name: row.name,
          soll_stunden: row.planned_hours,
          ist_stunden: row.done_before,
          bonus_relevant: row.bonus_relevant === 1,
        }))
    },
  ),

  /** The same for a milestone. */
  'field.milestones.archived': query<{ project: number; name: string }, { id: number | null }>(
    ['milestones'],
    ({ sql }) => {
      const projects = projectReads(sql)
      return ({ project, name }) => {
        const row = projects.milestoneByName(project, name)
        return { id: row?.archived === 1 ? row.id : null }
      }
    },
  ),

  'field.assignments.list': query<Range & { limit: number }, FieldAssignment[]>(
    ['assignments', 'events', 'users', 'projects', 'milestones'],
    ({ sql, zone }) => {
      const lists = fieldLists(sql)
      return (filter, viewer) =>
        lists.assignments(filter).map((row) => assignmentToField(unlessPrivate(row, viewer), zone))
    },
  ),

  'field.assignment': query<{ id: number } | { event: number }, FieldAssignment>(
    ['assignments', 'events', 'users', 'projects', 'milestones'],
    ({ sql, zone }) => {
      const lists = fieldLists(sql)
      return (by, viewer) => {
        const row = 'id' in by ? lists.assignment(by.id) : lists.assignmentOfEvent(by.event)
        if (!row) throw notFound('assignment', 'id' in by ? by.id : `of event ${by.event}`)
        return assignmentToField(unlessPrivate(row, viewer), zone)
      }
    },
  ),
}
