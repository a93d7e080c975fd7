import { z } from 'zod'
import { call } from './call.ts'
import { DayText, Flag, Id, IdText, Time, TimeIn, label, limit, text } from './shapes.ts'

export const SOURCES = ['window', 'browser', 'editor', 'afk', 'phone', 'calendar', 'manual'] as const
export const Source = z.enum(SOURCES)
export type Source = z.infer<typeof Source>

export const DIRECTIONS = ['incoming', 'outgoing', 'missed', 'internal'] as const
export const Direction = z.enum(DIRECTIONS)
export type Direction = z.infer<typeof Direction>

export const ASSIGNED_BY = ['manual', 'rule', 'import'] as const

/** How an event's time is explained; names come from the project list. */
export const EventAssignment = z.object({
  id: Id,
  projectId: Id,
  milestoneId: Id.nullable(),
  activity: z.string().nullable(),
  comment: z.string().nullable(),
  by: z.enum(ASSIGNED_BY),
})
export type EventAssignment = z.infer<typeof EventAssignment>

export const Event = z.object({
  id: Id,
  source: Source,
  user: z.string().nullable().describe('handle of the person'),
  machine: z.string().nullable(),
  device: z.string().nullable(),
  start: Time,
  end: Time,
  title: z.string().nullable(),
  app: z.string().nullable(),
  url: z.string().nullable(),
  phoneNumber: z.string().nullable(),
  contact: z.string().nullable(),
  direction: Direction.nullable(),
  private: z.boolean(),
  ignored: z.boolean(),
  deleted: z.boolean(),
  sessionId: Id.nullable(),
  awayMs: z.int().describe('of its time nobody sat at the machine; what counts is end − start − this'),
  assignment: EventAssignment.nullable(),
})
export type Event = z.infer<typeof Event>

export const LIMITS = {
  title: 2000,
  app: 200,
  url: 4000,
  name: 200,
  handle: 64,
  phone: 64,
  key: 200,
  batch: 1000,
} as const

export const NewEvent = z
  .strictObject({
    key: label(LIMITS.key).describe('idempotency key: sent again, it answers with what was stored'),
    source: Source,
    user: label(LIMITS.handle).nullish(),
    machine: text(LIMITS.handle).nullish(),
    device: text(LIMITS.handle).nullish(),
    start: TimeIn,
    end: TimeIn,
    title: text(LIMITS.title).nullish(),
    app: text(LIMITS.app).nullish(),
    url: text(LIMITS.url).nullish(),
    phoneNumber: text(LIMITS.phone).nullish(),
    contact: text(LIMITS.name).nullish(),
    direction: Direction.nullish(),
    private: z.boolean().default(false),
  })
  .refine((event) => event.end >= event.start, { path: ['end'], message: 'must not be before start' })
export type NewEvent = z.infer<typeof NewEvent>

export const EventIds = z.array(Id).min(1).max(LIMITS.batch).describe(`1 to ${LIMITS.batch} event ids`)

/** What a change to many rows did; `batch` undoes it, null when nothing changed. */
export const BatchResult = z.object({
  batch: Id.nullable(),
  changed: z.array(Id),
  unchanged: z.array(Id),
})
export type BatchResult = z.infer<typeof BatchResult>

/** Events of one person in one program with similar titles, as people remember them: as one thing. */
export const Session = z.object({
  id: Id,
  source: Source,
  app: z.string().nullable(),
  title: z.string().nullable().describe('what it was about: without program, version and counters'),
  start: Time,
  end: Time,
  activeMs: z.int().describe('its own time, counted once, without breaks and absence'),
  events: z.int(),
  breaks: z.int(),
  small: z.boolean().describe('too short to be decided on alone'),
})
export type Session = z.infer<typeof Session>

/** Time at work or on a break, as the person clocked in and out; `end` null where that is still to come. */
export const Stretch = z.object({ start: Time, end: Time.nullable(), kind: z.enum(['work', 'break']) })
export type Stretch = z.infer<typeof Stretch>

/** The day as one person spent it: every event that began in it, oldest first. */
export const DayEvents = z.object({
  day: DayText,
  start: Time,
  end: Time,
  user: z.string().nullable(),
  events: z.array(Event),
  sessions: z.array(Session),
  presence: z.array(Stretch).describe('of the shifts that began on that day; empty without any'),
  truncated: z.boolean().describe('true when the day holds more events than are sent'),
})
export type DayEvents = z.infer<typeof DayEvents>

/** Hours of a day per person: no titles, so the kiosk may show it to everybody. */
export const DaySummary = z.object({
  day: DayText,
  people: z.array(
    z.object({
      user: z.string(),
      name: z.string(),
      capturedMs: z.int(),
      assignedMs: z.int(),
      firstStart: Time,
      lastEnd: Time,
    }),
  ),
})
export type DaySummary = z.infer<typeof DaySummary>

export const User = z.object({
  handle: z.string().describe('empty for the events that name nobody'),
  name: z.string(),
  colour: z.int(),
  lastEvent: Time.nullable(),
})
export type User = z.infer<typeof User>

const listQuery = z.strictObject({
  from: TimeIn.optional().describe('events that start at or after this time'),
  to: TimeIn.optional().describe('events that start before this time'),
  user: text(LIMITS.handle).optional(),
  source: Source.optional(),
  text: label(200)
    .optional()
    .describe(
      'every word must occur in title, app or contact; from three letters on, its beginning is enough',
    ),
  assigned: Flag.optional(),
  private: Flag.optional(),
  ignored: Flag.optional(),
  deleted: Flag.default(false),
  order: z.enum(['newest', 'oldest']).default('newest'),
  limit: limit(500, 100),
  cursor: text(100).optional().describe('`next` of the page before'),
})

export const eventCalls = {
  'events.list': call({
    method: 'get',
    path: '/api/events',
    tag: 'Events',
    summary: 'List events, in order of their start',
    access: 'member',
    about:
      'Pages by cursor. A page may hold fewer events than asked for and still have a `next`: filters that match rarely are searched a bounded stretch at a time.',
    query: listQuery,
    answer: z.object({ items: z.array(Event), next: z.string().nullable() }),
  }),
  'events.get': call({
    method: 'get',
    path: '/api/events/:id',
    tag: 'Events',
    summary: 'One event',
    access: 'member',
    params: z.object({ id: IdText }),
    answer: Event,
  }),
  'events.create': call({
    method: 'post',
    path: '/api/events',
    tag: 'Events',
    summary: 'Record 1 to 1,000 events',
    access: 'ingest',
    about:
      'All or nothing. An event whose key is known already is not stored again: its answer says `duplicate` and carries the stored id. The same key with another time, source or title is refused (409).',
    body: z.strictObject({ events: z.array(NewEvent).min(1).max(LIMITS.batch) }),
    limit: 8 * 1024 * 1024,
    status: 201,
    answer: z.object({
      items: z.array(z.object({ key: z.string(), id: Id, status: z.enum(['created', 'duplicate']) })),
    }),
  }),
  'events.change': call({
    method: 'patch',
    path: '/api/events',
    tag: 'Events',
    summary: 'Set private, ignored or deleted on many events at once',
    access: 'person',
    about: 'One undoable batch. Deleting hides an event and keeps it; `deleted: false` restores it.',
    body: z.strictObject({
      eventIds: EventIds,
      set: z
        .strictObject({
          private: z.boolean().optional(),
          ignored: z.boolean().optional(),
          deleted: z.boolean().optional(),
        })
        .refine((set) => Object.keys(set).length > 0, 'must name private, ignored or deleted'),
    }),
    answer: BatchResult,
  }),
  'days.get': call({
    method: 'get',
    path: '/api/days/:day',
    tag: 'Days',
    summary: 'The events of one day of one person, oldest first',
    access: 'member',
    about:
      'An event belongs to the day it began in, also when it ends after midnight. Without a user: the own ones; with an empty one, for admins: the events that name nobody.',
    params: z.object({ day: DayText }),
    query: z.strictObject({ user: text(LIMITS.handle).optional() }),
    answer: DayEvents,
  }),
  'days.summary': call({
    method: 'get',
    path: '/api/days/:day/summary',
    tag: 'Days',
    summary: 'Hours of a day per person, without titles',
    access: 'admin',
    params: z.object({ day: DayText }),
    answer: DaySummary,
  }),
  'users.list': call({
    method: 'get',
    path: '/api/users',
    tag: 'People',
    summary: 'People whose days the viewer may see, by name: oneself; for the operator everybody',
    access: 'member',
    about:
      'For admins it ends with an entry of an empty handle when there are events that name nobody: a call logger does not know who called.',
    answer: z.object({ items: z.array(User) }),
  }),
} as const
