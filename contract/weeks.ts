import { z } from 'zod'
import { call } from './call.ts'
import { LIMITS } from './events.ts'
import { DayText, Id, text } from './shapes.ts'

/** A week of one person, Monday to Sunday: days across, targets down. */
export const Week = z.object({
  user: z.string().nullable(),
  days: z
    .array(
      z.object({
        day: DayText,
        capturedMs: z.int().describe('all that happened and counts, what overlaps counted once'),
        explainedMs: z.int().describe('what of it is assigned'),
        openMs: z.int().describe('what of it is not'),
      }),
    )
    .length(7),
  rows: z.array(
    z.object({
      projectId: Id,
      milestoneId: Id.nullable(),
      ms: z.array(z.int()).length(7).describe('time assigned, by day, as an export adds it up'),
      enteredMs: z.array(z.int()).length(7).describe('what of it a person entered by hand'),
    }),
  ),
})
export type Week = z.infer<typeof Week>

export const weekCalls = {
  'weeks.get': call({
    method: 'get',
    path: '/api/weeks/:day',
    tag: 'Days',
    summary: 'The week around a day, of one person',
    access: 'member',
    params: z.object({ day: DayText }),
    query: z.strictObject({ user: text(LIMITS.handle).optional() }),
    answer: Week,
  }),
} as const
