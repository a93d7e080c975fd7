import { z } from 'zod'
import { call } from './call.ts'
import { BatchResult, EventIds, LIMITS, Session } from './events.ts'
import { SessionSettings } from './settings.ts'
import { DayText, TimeIn, text } from './shapes.ts'

export const sessionCalls = {
  'sessions.split': call({
    method: 'post',
    path: '/api/sessions/split',
    tag: 'Sessions',
    summary: 'Split events at a time',
    access: 'member',
    about:
      'Those before the time become one session, those after it another; an event that lasts across it is cut in two, each with its assignment. The events must be of one person and one day. One undoable batch.',
    body: z.strictObject({ eventIds: EventIds, at: TimeIn }),
    answer: BatchResult,
  }),
  'sessions.merge': call({
    method: 'post',
    path: '/api/sessions/merge',
    tag: 'Sessions',
    summary: 'Make one session of events',
    access: 'member',
    about:
      'The pauses between them stay pauses. The events must be of one person and one day. One undoable batch.',
    body: z.strictObject({ eventIds: EventIds }),
    answer: BatchResult,
  }),
  'sessions.preview': call({
    method: 'get',
    path: '/api/days/:day/sessions',
    tag: 'Sessions',
    summary: 'What other settings would make of a day',
    access: 'member',
    params: z.object({ day: DayText }),
    query: z.strictObject({
      user: text(LIMITS.handle).optional(),
      gapSeconds: z.coerce.number().pipe(SessionSettings.shape.gapSeconds).optional(),
      breakSeconds: z.coerce.number().pipe(SessionSettings.shape.breakSeconds).optional(),
      smallSeconds: z.coerce.number().pipe(SessionSettings.shape.smallSeconds).optional(),
      similarity: z.coerce.number().pipe(SessionSettings.shape.similarity).optional(),
    }),
    answer: z.object({ sessions: z.array(Session.omit({ id: true })) }),
  }),
  'sessions.progress': call({
    method: 'get',
    path: '/api/sessions/progress',
    tag: 'Sessions',
    summary: 'How many events are in the sessions that the settings of now make',
    access: 'member',
    answer: z.object({ done: z.int(), total: z.int(), complete: z.boolean() }),
  }),
} as const
