import { createHash } from 'node:crypto'
import type { Answer, Input } from '../../contract/calls.ts'
import { Refusal, notFound } from '../../contract/errors.ts'
import { dayOf, type Instant } from '../../contract/time.ts'
import { assignmentReads, assignmentWrites } from '../../db/assignments.ts'
import { eventReads, eventWrites, type EventFlags, type ExplainedEventRow } from '../../db/events.ts'
import { batchRunner, type RowChange } from '../batch.ts'
import { command, type WriteContext } from '../threads/define.ts'
import { ownership } from '../whose.ts'
import { rebuilder } from './rebuild.ts'

export const sessionCommands = {
  'sessions.split': command<Input<'sessions.split'>, Answer<'sessions.split'>>((context) => {
    const runBatch = batchRunner(context)
    const eventsOf = eventsOfOneDay(context)
    const whose = ownership(context.db.sql)
    const events = eventWrites(context.db)
    const cut = cutter(context)

    return ({ eventIds, at }, viewer) => {
      whose.checkEvents(viewer, eventIds)
      const rows = eventsOf(eventIds)
      const all = [...rows.values()]
      if (!all.some(({ start }) => start < at) || !all.some(({ end }) => end > at)) {
        throw new Refusal('invalid', 'at: must lie within the events', { at: 'must lie within the events' })
      }
      return runBatch({ kind: 'split' }, viewer, eventIds, (id, batch) => {
        const row = rows.get(id)
        const before = events.flags(id)
        if (!row || !before) throw notFound('event', id)
        if (row.start < at && row.end > at) return cut(row, before, at, batch)
        const after = { ...before, piece: pieceOf(batch, row.start >= at ? 1 : 0) }
        events.setFlags(id, after)
        return { event: id, before, after }
      })
    }
  }),

  'sessions.merge': command<Input<'sessions.merge'>, Answer<'sessions.merge'>>((context) => {
    const runBatch = batchRunner(context)
    const eventsOf = eventsOfOneDay(context)
    const whose = ownership(context.db.sql)
    const events = eventWrites(context.db)

    return ({ eventIds }, viewer) => {
      whose.checkEvents(viewer, eventIds)
      eventsOf(eventIds)
      return runBatch({ kind: 'merge' }, viewer, eventIds, (id, batch) => {
        const before = events.flags(id)
        if (!before) throw notFound('event', id)
        const after = { ...before, piece: pieceOf(batch, 0) }
        events.setFlags(id, after)
        return { event: id, before, after }
      })
    }
  }),

  /** Makes sessions anew, a bounded stretch at a time: whoever asks, asks again until nothing is left. */
  'sessions.rebuild': command<object, { done: number; total: number; isComplete: boolean }>((context) => {
    const rebuild = rebuilder(context)
    return () => rebuild()
  }),
}

/** Numbers of the pieces that a batch makes; no other batch has them. */
function pieceOf(batch: number, index: 0 | 1): number {
  return batch * 2 + index
}

/** Looks events up that can become one session. @throws Refusal when they are of several people or days */
function eventsOfOneDay({ db, zone, dayStartMinutes }: WriteContext) {
  const events = eventReads(db.sql)
  return (ids: readonly number[]): Map<number, ExplainedEventRow> => {
    const rows = new Map<number, ExplainedEventRow>()
    for (const id of ids) {
      const row = events.byId(id)
      if (!row || row.deleted_at !== null) throw notFound('event', id)
      rows.set(id, row)
    }
    const units = new Set(
      [...rows.values()].map(({ user, start }) => `${dayOf(start, zone, dayStartMinutes)} ${user ?? ''}`),
    )
    if (units.size > 1) {
      const message = 'must be of one person and one day'
      throw new Refusal('invalid', `eventIds: ${message}`, { eventIds: message })
    }
    return rows
  }
}

/**
 * Cuts an event in two. What was recorded stays, hidden, and knows its key: the client that sends it again is
 * told that it is there. Both parts carry its assignment.
 */
function cutter({ db, clock }: WriteContext) {
  const events = { ...eventReads(db.sql), ...eventWrites(db) }
  const assignments = { ...assignmentReads(db.sql), ...assignmentWrites(db) }
  return (row: ExplainedEventRow, before: EventFlags, at: Instant, batch: number): RowChange[] => {
    const assignment = assignments.ofEvent(row.id)
    const parts = [
      { start: row.start, end: at, piece: pieceOf(batch, 0) },
      { start: at, end: row.end, piece: pieceOf(batch, 1) },
    ].map((part): RowChange => {
      const dedupe = createHash('sha256')
        .update(`part of ${row.id} in piece ${part.piece}`)
        .digest()
        .subarray(0, 16)
      const event = events.insertPart({ ...part, of: row.id, dedupe })
      if (assignment) assignments.put({ ...assignment, id: null, event_id: event, batch_id: batch })
      const after = { ...before, piece: part.piece }
      return { event, before: { ...after, deleted_at: clock() }, after }
    })
    const hidden = { ...before, deleted_at: clock() }
    events.setFlags(row.id, hidden)
    return [{ event: row.id, before, after: hidden }, ...parts]
  }
}
