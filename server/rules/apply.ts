import type { Viewer } from '../../contract/access.ts'
import { Refusal, notFound } from '../../contract/errors.ts'
import type { Instant } from '../../contract/time.ts'
import { assignmentReads, assignmentWrites } from '../../db/assignments.ts'
import { batchReads, batchWrites } from '../../db/batches.ts'
import { ruleEventReads, type PastEventRow, type PastPosition } from '../../db/rule-events.ts'
import { ruleReads } from '../../db/rules.ts'
import { actorOf, json } from '../batch.ts'
import type { WriteContext } from '../threads/define.ts'
import { currentRules } from './current.ts'
import { countedFor } from './visible.ts'
import { decide, type Decision } from './decide.ts'

/** Events that are read at once. */
const PAGE = 500
/** Longest time of a step, so that others need not wait longer for the writer. */
const STRETCH_MS = 50

export type ApplyStep = {
  /** One rule, or (null) all. */
  rule: number | null
  /** How far the step before came; at first the beginning of the range. */
  position: PastPosition
  /** End of the range, exclusive. */
  to: Instant
  /** What was begun; null for the first step. */
  begun: Begun | null
}

type Begun = { batch: number | null; changed: number; stamp: string; total: number }

export type Applied = {
  begun: Begun
  position: PastPosition
  looked: number
  isComplete: boolean
}

/** Does to a stretch of the past what the dry run said. All steps are one batch. */
export function ruleApplier({ db, clock }: WriteContext) {
  const events = ruleEventReads(db.sql)
  const assignments = { ...assignmentReads(db.sql), ...assignmentWrites(db) }
  const batches = { ...batchReads(db.sql), ...batchWrites(db) }
  const rules = ruleReads(db.sql)
  const current = currentRules(db.sql)

  /** Writes what was decided about an event. Returns whether it was anything. */
  function carryOut(event: PastEventRow, decision: Decision, batch: () => number): boolean {
    if (decision === null || decision.kind === 'held') return false
    const before = assignments.ofEvent(event.id) ?? null
    const batch_id = batch()
    if (decision.kind === 'clear') {
      assignments.remove(event.id)
      batches.add({ batch_id, event_id: event.id, before: json(before), after: null })
      return true
    }
    const { rule_id, rule_version, ...target } = decision.to
    // Keys in the order in which SQL returns them, because undo compares rows as text.
    const row = { event_id: event.id, ...target, source: 'rule' as const, rule_id, rule_version }
    const id = assignments.put({ id: before?.id ?? null, ...row, batch_id })
    batches.add({ batch_id, event_id: event.id, before: json(before), after: json({ id, ...row }) })
    return true
  }

  return ({ rule, position, to, begun }: ApplyStep, viewer: Viewer): Applied => {
    const { book, stamp } = current()
    if (!begun && rule !== null && !rules.byId(rule)) throw notFound('rule', rule)
    const total = begun?.total ?? events.count({ from: position.start, to })
    let { batch, changed } = begun ?? { batch: null, changed: 0 }
    if (begun && begun.stamp !== stamp) {
      throw new Refusal(
        'conflict',
        'Rules or projects were changed meanwhile: what was applied until then can be undone.',
      )
    }
    // Opened with the first change: what changes nothing leaves no trace.
    const open = () =>
      (batch ??= batches.open({
        kind: 'rule',
        at: clock(),
        project_id: null,
        milestone_id: null,
        user_id: actorOf(viewer),
      }))
    const scope = { book, rule, wasTakenAway: events.wasTakenAway }
    const until = performance.now() + STRETCH_MS
    const page = events.page(position, to, PAGE)
    let looked = 0
    for (const event of page) {
      position = { start: event.start, id: event.id }
      looked++
      const [counted] = countedFor(viewer, [event])
      if (counted && carryOut(counted, decide(counted, scope), open)) changed++
      if (performance.now() > until) break
    }
    if (batch !== null) batches.close(batch, changed)
    return {
      begun: { batch, changed, stamp, total },
      position,
      looked,
      isComplete: looked === page.length && page.length < PAGE,
    }
  }
}
