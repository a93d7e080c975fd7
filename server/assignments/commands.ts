import type { Answer, Input } from '../../contract/calls.ts'
import type { Target } from '../../contract/assignments.ts'
import { Refusal, notFound } from '../../contract/errors.ts'
import {
  assignmentReads,
  assignmentWrites,
  type AssignmentDraft,
  type AssignmentRow,
} from '../../db/assignments.ts'
import { batchReads, batchWrites } from '../../db/batches.ts'
import { eventReads, eventWrites, type EventFlags } from '../../db/events.ts'
import { projectReads } from '../../db/projects.ts'
import { command, type WriteContext } from '../threads/define.ts'
import { batchRunner, json } from './batch.ts'

export const assignmentCommands = {
  'assignments.set': command<Input<'assignments.set'>, Answer<'assignments.set'>>((context) => {
    const runBatch = batchRunner(context)
    const assignments = { ...assignmentReads(context.db.sql), ...assignmentWrites(context.db) }
    const events = eventReads(context.db.sql)
    const check = targetCheck(context)

    return ({ eventIds, target, onlyUnassigned }) => {
      if (target) check(target)
      const action = target
        ? { kind: 'assign' as const, project_id: target.projectId, milestone_id: target.milestoneId ?? null }
        : { kind: 'unassign' as const }
      return runBatch(action, eventIds, (event, batch) => {
        if (!events.byId(event)) throw notFound('event', event)
        const before = assignments.ofEvent(event) ?? null
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

      return ({ id, eventId, target }) => {
        const moved = assignments.byId(id)
        if (!moved) throw notFound('assignment', id)
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
        return runBatch(action, [moved.event_id, eventId], (event, batch) => {
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

    return ({ eventIds, set }) =>
      runBatch({ kind: kindOf(set) }, eventIds, (event) => {
        const before = events.flags(event)
        if (!before) throw notFound('event', event)
        const after: EventFlags = {
          private: bit(set.private, before.private),
          ignored: bit(set.ignored, before.ignored),
          deleted_at: deletion(set.deleted, before.deleted_at, context),
        }
        if (json(before) === json(after)) return null
        events.setFlags(event, after)
        return { event, before, after }
      })
  }),

  'batches.undo': command<Input<'batches.undo'>, Answer<'batches.undo'>>((context) => {
    const batches = { ...batchReads(context.db.sql), ...batchWrites(context.db) }
    const assignments = { ...assignmentReads(context.db.sql), ...assignmentWrites(context.db) }
    const events = eventWrites(context.db)
    const projects = projectReads(context.db.sql)
    /** Whether its target is still there and its id not in use: a moved assignment may have stayed where it is. */
    const fits = (row: AssignmentRow) => {
      const known = assignments.byId(row.id)
      if (known && known.event_id !== row.event_id) return false
      return row.milestone_id === null
        ? projects.byId(row.project_id) !== undefined
        : projects.milestoneById(row.milestone_id)?.project_id === row.project_id
    }

    return ({ id }) => {
      const batch = batches.byId(id)
      if (!batch) throw notFound('batch', id)
      if (batch.undone_at !== null) throw new Refusal('conflict', 'This action was undone already.')
      const ofAssignments = batch.kind === 'assign' || batch.kind === 'unassign'
      const restored: number[] = []
      const left: number[] = []
      // Removals first: a moved assignment must give its id back before it is put where it was.
      const changes = batches
        .changes(id)
        .sort((a, b) => Number(a.before !== null) - Number(b.before !== null))
      for (const { event_id: event, before, after } of changes) {
        const now = ofAssignments ? (assignments.ofEvent(event) ?? null) : (events.flags(event) ?? null)
        const was = before === null ? null : (JSON.parse(before) as AssignmentRow | EventFlags)
        if (json(now) !== after || (was && 'project_id' in was && !fits(was))) {
          left.push(event)
          continue
        }
        if (was === null) assignments.remove(event)
        else if ('project_id' in was) assignments.put({ ...was, batch_id: id })
        else events.setFlags(event, was)
        restored.push(event)
      }
      batches.markUndone(id, context.clock())
      return { batch: id, restored, left }
    }
  }),
}

/** Refuses a target whose project or milestone does not exist or do not belong together. */
function targetCheck({ db }: WriteContext): (target: Target) => void {
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
