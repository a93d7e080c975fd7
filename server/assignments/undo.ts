import type { Answer } from '../../contract/calls.ts'
import { Refusal, notFound } from '../../contract/errors.ts'
import { assignmentReads, assignmentWrites, type AssignmentRow } from '../../db/assignments.ts'
import { batchReads, batchWrites, type BatchRowChange } from '../../db/batches.ts'
import { eventWrites, type EventFlags } from '../../db/events.ts'
import { projectReads } from '../../db/projects.ts'
import { json } from '../batch.ts'
import { command, type WriteContext } from '../threads/define.ts'

/** Rows that are read at once of a batch that may be long. */
const PAGE = 1000
/** Longest time of a step, so that others need not wait longer for the writer. */
const STRETCH_MS = 50

export type UndoStep = {
  id: number
  /** The event that the step before came to. */
  after?: number
}

/** What a step did; `next`: what the following one goes on after, null when all is done. */
export type UndoStepped = Answer<'batches.undo'> & { next: number | null }

export const undoCommands = {
  /**
   * Takes an action back. What a person did is at most a thousand rows and one step; what rules did to the past
   * may be much more, and is taken back a step at a time: whoever asks, asks again until nothing is left.
   */
  'batches.undo': command<UndoStep, UndoStepped>((context) => {
    const batches = { ...batchReads(context.db.sql), ...batchWrites(context.db) }
    const ofAssignments = assignmentUndo(context)
    const ofEvents = eventUndo(context)

    /** Rows of a long batch, until their time is over. */
    function undoStretch(id: number, after: number): UndoStepped {
      const until = performance.now() + STRETCH_MS
      const changes = batches.changesAfter(id, after, PAGE)
      const done: UndoStepped = { batch: id, restored: [], left: [], next: null }
      for (const [index, change] of changes.entries()) {
        done[ofAssignments(change) ? 'restored' : 'left'].push(change.event_id)
        const isLast = index + 1 === changes.length
        if (isLast ? changes.length === PAGE : performance.now() > until)
          return { ...done, next: change.event_id }
      }
      return done
    }

    function undoWhole(id: number, undo: (change: BatchRowChange) => boolean): UndoStepped {
      const done: UndoStepped = { batch: id, restored: [], left: [], next: null }
      // Removals first: a moved assignment must give its id back before it is put where it was.
      const changes = batches
        .changes(id)
        .sort((a, b) => Number(a.before !== null) - Number(b.before !== null))
      for (const change of changes) done[undo(change) ? 'restored' : 'left'].push(change.event_id)
      return done
    }

    return ({ id, after = 0 }, viewer) => {
      const batch = batches.byId(id)
      if (!batch || (viewer.kind === 'user' && batch.user_id !== viewer.id)) throw notFound('batch', id)
      if (batch.undone_at !== null) throw new Refusal('conflict', 'This action was undone already.')
      const isOfAssignments = batch.kind === 'assign' || batch.kind === 'unassign'
      const done =
        batch.kind === 'rule'
          ? undoStretch(id, after)
          : undoWhole(id, isOfAssignments ? ofAssignments : ofEvents)
      if (done.next === null) batches.markUndone(id, context.clock())
      return done
    }
  }),
}

/** Batches from before rules do not remember one. */
const NO_RULE = { rule_id: null, rule_version: null }

/** Puts an assignment back as it was, unless it was changed since. Returns whether it is as it was. */
function assignmentUndo({ db }: WriteContext): (change: BatchRowChange) => boolean {
  const assignments = { ...assignmentReads(db.sql), ...assignmentWrites(db) }
  const projects = projectReads(db.sql)
  /** Whether its target is still there and its id not in use: a moved assignment may have stayed where it is. */
  const fits = (row: AssignmentRow) => {
    const known = assignments.byId(row.id)
    if (known && known.event_id !== row.event_id) return false
    return row.milestone_id === null
      ? projects.byId(row.project_id) !== undefined
      : projects.milestoneById(row.milestone_id)?.project_id === row.project_id
  }
  return ({ batch_id, event_id, before, after }) => {
    const now = assignments.ofEvent(event_id) ?? null
    const was = before === null ? null : (JSON.parse(before) as AssignmentRow)
    if (!isAsLeft(now, after) || (was && !fits(was))) return false
    if (was) assignments.put({ ...NO_RULE, ...was, batch_id })
    else assignments.remove(event_id)
    return true
  }
}

function eventUndo({ db }: WriteContext): (change: BatchRowChange) => boolean {
  const events = eventWrites(db)
  return ({ event_id, before, after }) => {
    const now = events.flags(event_id) ?? null
    if (!now || before === null || !isAsLeft(now, after)) return false
    events.setFlags(event_id, { ...now, ...(JSON.parse(before) as EventFlags) })
    return true
  }
}

/** Whether a row still is what the batch remembers: of that alone, for older ones knew fewer columns. */
function isAsLeft(now: AssignmentRow | EventFlags | null, remembered: string | null): boolean {
  if (now === null || remembered === null) return json(now) === remembered
  const left = JSON.parse(remembered) as Record<string, unknown>
  return Object.entries(left).every(([name, value]) => (now as Record<string, unknown>)[name] === value)
}
