import type { Viewer } from '../contract/access.ts'
import type { Target } from '../contract/assignments.ts'
import type { Answer, Input } from '../contract/calls.ts'
import { Refusal } from '../contract/errors.ts'
import { assignmentWrites } from '../db/assignments.ts'
import { batchWrites } from '../db/batches.ts'
import { eventReads, eventWrites } from '../db/events.ts'
import type { Sqlite } from '../db/open.ts'
import { actorOf, json } from './batch.ts'
import { dedupeByKey } from './events/dedupe.ts'
import { recorder } from './events/record.ts'
import { targetCheck } from './target.ts'
import type { WriteContext } from './threads/define.ts'

const NOTHING = {
  machine: null,
  device: null,
  app: null,
  url: null,
  phone_number: null,
  contact: null,
  direction: null,
}

/** Stores time that a person entered: an event with its assignment, as one batch that can be undone. */
export function entryWriter(
  context: WriteContext,
): (entry: Input<'entries.create'>, viewer: Viewer) => Answer<'entries.create'> {
  const record = recorder(context)
  const check = targetCheck(context)
  const assignments = assignmentWrites(context.db)
  const batches = batchWrites(context.db)
  const events = eventWrites(context.db)

  return ({ key, user, start, end, title = null, target, ...entry }, viewer) => {
    if (target) check(target)
    const { id, duplicate } = record(
      {
        ...NOTHING,
        source: 'manual',
        user,
        start,
        end,
        title,
        private: entry.private ? 1 : 0,
        dedupe: dedupeByKey(user, key),
      },
      viewer,
    )
    if (duplicate) {
      if (duplicate.start === start && duplicate.end === end) return { event: id, batch: null }
      throw new Refusal('conflict', `The key "${key}" is taken by another entry.`, {
        key: `names event ${id}, which began or ended at another time`,
      })
    }
    const where = {
      user_id: actorOf(viewer),
      project_id: target?.projectId ?? null,
      milestone_id: target?.milestoneId ?? null,
    }
    const batch = batches.open({ kind: 'entry', at: context.clock(), ...where })
    if (target) assignments.put({ ...explained(target), event_id: id, batch_id: batch })
    const after = events.flags(id)
    if (!after) throw new Error(`event ${id} was stored and cannot be found`)
    const before = { ...after, deleted_at: context.clock() }
    batches.add({ batch_id: batch, event_id: id, before: json(before), after: json(after) })
    batches.close(batch, 1)
    return { event: id, batch }
  }
}

/** Whether a person's entry of that key was ever stored. */
export function entered(sql: Sqlite): (user: string, key: string) => boolean {
  const events = eventReads(sql)
  return (user, key) => events.byDedupe(dedupeByKey(user, key)) !== undefined
}

function explained({ projectId, milestoneId, activity, comment }: Target) {
  return {
    id: null,
    project_id: projectId,
    milestone_id: milestoneId ?? null,
    activity: activity ?? null,
    comment: comment ?? null,
    source: 'manual' as const,
    rule_id: null,
    rule_version: null,
  }
}
