import { z } from 'zod'
import { call } from './call.ts'
import { BatchResult, EventIds } from './events.ts'
import { Id, IdText, Time, limit, text } from './shapes.ts'

export const Target = z.strictObject({
  projectId: Id,
  milestoneId: Id.nullish(),
  activity: text(64).nullish(),
  comment: text(2000).nullish(),
})
export type Target = z.infer<typeof Target>

export const BATCH_KINDS = ['assign', 'unassign', 'private', 'ignore', 'delete', 'restore', 'edit'] as const

/** One action of a person over many rows, newest first in the history. */
export const Batch = z.object({
  id: Id,
  kind: z.enum(BATCH_KINDS),
  at: Time,
  rows: z.int(),
  projectId: Id.nullable(),
  milestoneId: Id.nullable(),
  undoneAt: Time.nullable(),
})
export type Batch = z.infer<typeof Batch>

export const assignmentCalls = {
  'assignments.set': call({
    method: 'put',
    path: '/api/assignments',
    tag: 'Assignments',
    summary: 'Assign, re-assign or (target null) un-assign many events at once',
    about:
      'One undoable batch. With `onlyUnassigned`, events that somebody explained meanwhile are left alone and come back in `unchanged`.',
    body: z.strictObject({
      eventIds: EventIds,
      target: Target.nullable(),
      onlyUnassigned: z.boolean().default(false),
    }),
    answer: BatchResult,
  }),
  'batches.list': call({
    method: 'get',
    path: '/api/batches',
    tag: 'Assignments',
    summary: 'The latest actions that can be undone',
    query: z.strictObject({ limit: limit(100, 20) }),
    answer: z.object({ items: z.array(Batch) }),
  }),
  'batches.undo': call({
    method: 'post',
    path: '/api/batches/:id/undo',
    tag: 'Assignments',
    summary: 'Take an action back',
    about: 'Rows that were changed again since are left as they are and listed in `left`.',
    params: z.object({ id: IdText }),
    answer: z.object({ batch: Id, restored: z.array(Id), left: z.array(Id) }),
  }),
} as const
