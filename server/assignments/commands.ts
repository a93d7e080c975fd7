import type { Answer, Input } from '../../contract/calls.ts'
import type { Target } from '../../contract/assignments.ts'
import { Refusal, notFound } from '../../contract/errors.ts'
import {
  assignmentReads,
  assignmentWrites,
  type AssignmentDraft,
  type AssignmentRow,
} from '../../db/assignments.ts'
import { eventReads, eventWrites, type EventFlags } from '../../db/events.ts'
import { batchRunner, json } from '../batch.ts'
import { targetCheck } from '../target.ts'
import { ownership } from '../whose.ts'
import { command, type WriteContext } from '../threads/define.ts'

export const assignmentCommands = {
  'assignments.set': command<Input<'assignments.set'>, Answer<'assignments.set'>>((context) => {
    const runBatch = batchRunner(context)
    const assignments = { ...assignmentReads(context.db.sql), ...assignmentWrites(context.db) }
    const events = eventReads(context.db.sql)
    const check = targetCheck(context)

    const whose = ownership(context.db.sql)

    return ({ eventIds, target, onlyUnassigned, onlyFrom }, viewer) => {
      whose.checkEvents(viewer, eventIds)
      if (target) check(target)
      const action = target
        ? { kind: 'assign' as const, project_id: target.projectId, milestone_id: target.milestoneId ?? null }
        : { kind: 'unassign' as const }
      return runBatch(action, viewer, eventIds, (event, batch) => {
        if (!events.byId(event)) throw notFound('event', event)
        const before = assignments.ofEvent(event) ?? null
        if (onlyFrom && !isIn(before, onlyFrom)) return null
        if (!target) {
          if (!before) return null
          assignments.remove(event)
          return { event, before, after: null }
        }
        if (before && (onlyUnassigned || sameTarget(before, target))) return null
        const row = rowOf(target, event, before)
        const id = assignments.put({ ...row, batch_id: batch })
        return { event, before, after: { ...row, id } }
      })
    }
  }),

  /** Changes an assignment and, as the field contract's PUT may, the event it belongs to. */
  'assignments.move': command<{ id: number; eventId: number; target: Target }, Answer<'assignments.set'>>(
    (context) => {
      const runBatch = batchRunner(context)
      const assignments = { ...assignmentReads(context.db.sql), ...assignmentWrites(context.db) }
      const events = eventReads(context.db.sql)
      const check = targetCheck(context)

      const whose = ownership(context.db.sql)
      return ({ id, eventId, target }, viewer) => {
        const moved = assignments.byId(id)
        if (!moved || !whose.isOpenTo(viewer, events.ownerOf(moved.event_id) ?? null))
          throw notFound('assignment', id)
        whose.checkEvents(viewer, [eventId])
        if (!events.byId(eventId)) throw notFound('event', eventId)
        check(target)
        const other = assignments.ofEvent(eventId)
        if (other && other.id !== id)
          throw new Refusal('malformed', `Event ${eventId} has an assignment already.`)
        const action = {
          kind: 'assign' as const,
          project_id: target.projectId,
          milestone_id: target.milestoneId ?? null,
        }
        return runBatch(action, viewer, [moved.event_id, eventId], (event, batch) => {
          if (event !== eventId) {
            assignments.remove(event)
            return { event, before: moved, after: null }
          }
          const row = rowOf(target, event, moved)
          assignments.put({ ...row, batch_id: batch })
          return { event, before: moved.event_id === event ? moved : null, after: row }
        })
      }
    },
  ),

  'events.change': command<Input<'events.change'>, Answer<'events.change'>>((context) => {
    const runBatch = batchRunner(context)
    const events = eventWrites(context.db)
    const whose = ownership(context.db.sql)

    return ({ eventIds, set }, viewer) => {
      whose.checkEvents(viewer, eventIds)
      return runBatch({ kind: kindOf(set) }, viewer, eventIds, (event) => {
        const before = events.flags(event)
        if (!before) throw notFound('event', event)
        const after: EventFlags = {
          private: bit(set.private, before.private),
          ignored: bit(set.ignored, before.ignored),
          deleted_at: deletion(set.deleted, before.deleted_at, context),
          piece: before.piece,
        }
        if (json(before) === json(after)) return null
        events.setFlags(event, after)
        return { event, before, after }
      })
    }
  }),
}

/** Key order as SQL returns it, because undo compares rows as text. */
function rowOf(target: Target, event: number, before: AssignmentRow | null): AssignmentDraft {
  return {
    id: before?.id ?? null,
    event_id: event,
    project_id: target.projectId,
    milestone_id: target.milestoneId ?? null,
    activity: target.activity === undefined ? (before?.activity ?? null) : target.activity,
    comment: target.comment === undefined ? (before?.comment ?? null) : target.comment,
    source: 'manual',
    rule_id: null,
    rule_version: null,
  }
}

function sameTarget(row: AssignmentRow, target: Target): boolean {
  return (
    row.source === 'manual' &&
    row.project_id === target.projectId &&
    row.milestone_id === (target.milestoneId ?? null) &&
    (target.activity === undefined || target.activity === row.activity) &&
    (target.comment === undefined || target.comment === row.comment)
  )
}

function isIn(row: AssignmentRow | null, place: { projectId: number; milestoneId: number | null }): boolean {
  return row?.project_id === place.projectId && row.milestone_id === place.milestoneId
}

function bit(wanted: boolean | undefined, current: 0 | 1): 0 | 1 {
  return wanted === undefined ? current : wanted ? 1 : 0
}

function deletion(
  wanted: boolean | undefined,
  current: number | null,
  { clock }: WriteContext,
): number | null {
  if (wanted === undefined || wanted === (current !== null)) return current
  return wanted ? clock() : null
}

function kindOf(set: Input<'events.change'>['set']): 'private' | 'ignore' | 'delete' | 'restore' | 'edit' {
  const [only, ...more] = Object.entries(set).filter(([, value]) => value !== undefined)
  if (!only || more.length > 0) return 'edit'
  const [field, value] = only
  if (field === 'deleted') return value ? 'delete' : 'restore'
  if (!value) return 'edit'
  return field === 'private' ? 'private' : 'ignore'
}
