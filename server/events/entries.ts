import type { Answer, Input } from '../../contract/calls.ts'
import { Refusal } from '../../contract/errors.ts'
import { assignmentWrites } from '../../db/assignments.ts'
import { batchWrites } from '../../db/batches.ts'
import { eventWrites } from '../../db/events.ts'
import { json } from '../batch.ts'
import { targetCheck } from '../target.ts'
import { command } from '../threads/define.ts'
import { dedupeByKey } from './dedupe.ts'
import { recorder } from './record.ts'

const NOTHING = {
  machine: null,
  device: null,
  app: null,
  url: null,
  phone_number: null,
  contact: null,
  direction: null,
}

export const entryCommands = {
  'entries.create': command<Input<'entries.create'>, Answer<'entries.create'>>((context) => {
    const record = recorder(context)
    const check = targetCheck(context)
    const assignments = assignmentWrites(context.db)
    const batches = batchWrites(context.db)
    const events = eventWrites(context.db)

    return ({ key, user, start, end, title = null, target, ...entry }) => {
      if (target) check(target)
      const { id, duplicate } = record({
        ...NOTHING,
        source: 'manual',
        user,
        start,
        end,
        title,
        private: entry.private ? 1 : 0,
        dedupe: dedupeByKey(user, key),
      })
      if (duplicate) {
        if (duplicate.start === start && duplicate.end === end) return { event: id, batch: null }
        throw new Refusal('conflict', `The key "${key}" is taken by another entry.`, {
          key: `names event ${id}, which began or ended at another time`,
        })
      }
      const { projectId: project_id = null, milestoneId: milestone_id = null } = target ?? {}
      const batch = batches.open({ kind: 'entry', at: context.clock(), project_id, milestone_id })
      if (project_id !== null) {
        assignments.put({
          id: null,
          event_id: id,
          project_id,
          milestone_id,
          activity: target?.activity ?? null,
          comment: target?.comment ?? null,
          source: 'manual',
          rule_id: null,
          rule_version: null,
          batch_id: batch,
        })
      }
      const after = events.flags(id)
      if (!after) throw new Error(`event ${id} was stored and cannot be found`)
      const before = { ...after, deleted_at: context.clock() }
      batches.add({ batch_id: batch, event_id: id, before: json(before), after: json(after) })
      batches.close(batch, 1)
      return { event: id, batch }
    }
  }),
}
