import { z } from 'zod'
import { Target } from './assignments.ts'
import { call } from './call.ts'
import { LIMITS } from './events.ts'
import { Id, TimeIn, label, text } from './shapes.ts'

export const entryCalls = {
  'entries.create': call({
    method: 'post',
    path: '/api/entries',
    tag: 'Events',
    summary: 'Enter what nothing recorded: a meeting, a drive, a day on site',
    access: 'member',
    about:
      'Stores an event of source `manual` and, with a target, its assignment, as one undoable batch. Sent again with its key, it answers with what is stored.',
    body: z
      .strictObject({
        key: label(LIMITS.key).describe('idempotency key'),
        user: label(LIMITS.handle),
        start: TimeIn,
        end: TimeIn,
        title: text(LIMITS.title).nullish(),
        private: z.boolean().default(false),
        target: Target.nullable().default(null),
      })
      .refine((entry) => entry.end > entry.start, { path: ['end'], message: 'must be after start' })
      .refine((entry) => entry.end - entry.start <= 86_400_000, {
        path: ['end'],
        message: 'at most 24 hours after start',
      }),
    status: 201,
    answer: z.object({
      event: Id,
      batch: Id.nullable().describe('undoes it; null when it was stored already'),
    }),
  }),
} as const
