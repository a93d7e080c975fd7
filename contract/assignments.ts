import { z } from 'zod'
import { call } from './call.ts'
import { BatchResult, EventIds } from './events.ts'
import { DayText, Id, IdText, Time, limit, text } from './shapes.ts'

export const Target = z.strictObject({
  projectId: Id,
  milestoneId: Id.nullish(),
  activity: text(64).nullish(),
  comment: text(2000).nullish(),
})
export type Target = z.infer<typeof Target>

export const BATCH_KINDS = [
  'assign',
  'unassign',
  'private',
  'ignore',
  'delete',
  'restore',
  'edit',
  'split',
  'merge',
  'entry',
  'rule',
] as const

/** One action of a person over many rows, newest first in the history. */
export const Batch = z.object({
  id: Id,
  kind: z.enum(BATCH_KINDS),
  at: Time,
  rows: z.int(),
  projectId: Id.nullable(),
  milestoneId: Id.nullable(),
  undoneAt: Time.nullable(),
  about: z
    .object({
      day: DayText.describe('of the first event'),
      user: z.string().nullable().describe('whose events; null: of nobody, or of several people'),
      ms: z.int().describe('time of its events one by one, without absence'),
    })
    .nullable()
    .describe('of what it was done to; null when that is too much to add up'),
})
export type Batch = z.infer<typeof Batch>

export const assignmentCalls = {
  'assignments.set': call({
    method: 'put',
    path: '/api/assignments',
    tag: 'Assignments',
    summary: 'Assign, re-assign or (target null) un-assign many events at once',
    access: 'person',
    about:
      'One undoable batch. With `onlyUnassigned`, events that somebody explained meanwhile are left alone and come back in `unchanged`; with `onlyFrom` those that are not assigned there.',
    body: z.strictObject({
      eventIds: EventIds,
      target: Target.nullable(),
      onlyUnassigned: z.boolean().default(false),
      onlyFrom: z.strictObject({ projectId: Id, milestoneId: Id.nullable() }).optional(),
    }),
    answer: BatchResult,
  }),
  'batches.list': call({
    method: 'get',
    path: '/api/batches',
    tag: 'Assignments',
    summary: 'The latest actions that can be undone',
    access: 'member',
    query: z.strictObject({ limit: limit(100, 20) }),
    answer: z.object({ items: z.array(Batch) }),
  }),
  'batches.undo': call({
    method: 'post',
    path: '/api/batches/:id/undo',
    tag: 'Assignments',
    summary: 'Take an action back',
    access: 'person',
    about: 'Rows that were changed again since are left as they are and listed in `left`.',
    params: z.object({ id: IdText }),
    answer: z.object({ batch: Id, restored: z.array(Id), left: z.array(Id) }),
  }),
} as const
