import { z } from 'zod'
import { call } from './call.ts'
import { LIMITS, Stretch } from './events.ts'
import { DayText, Id, IdText, Time, TimeIn, label, text } from './shapes.ts'
import { daysBetween } from './time.ts'

export const PUNCH_KINDS = ['in', 'break_start', 'break_end', 'out'] as const
export const PunchKind = z.enum(PUNCH_KINDS)
export type PunchKind = z.infer<typeof PunchKind>

export const Presence = z.enum(['in', 'break', 'out'])
export type Presence = z.infer<typeof Presence>

export const Punch = z.object({
  id: Id,
  kind: PunchKind,
  at: Time,
  recorded: Time,
  corrected: z.boolean().describe('it came by a correction'),
})
export type Punch = z.infer<typeof Punch>

export const PunchIn = z.strictObject({
  key: label(LIMITS.key).describe('idempotency key'),
  kind: PunchKind,
  at: TimeIn.optional().describe(
    'when it was pressed, where it could not be sent at once; at most 7 days ago',
  ),
})

/** Why a day is not as the working-time law wants it; the hub warns and never deducts. */
export const WARNINGS = [
  'over_8h',
  'over_10h',
  'break_too_short',
  'six_hours_without_break',
  'rest_too_short',
  'average_over_8h',
] as const
export const Warning = z.object({
  code: z.enum(WARNINGS),
  law: z.string().describe('the paragraph, `§ 4 ArbZG`'),
  isMs: z.int(),
  limitMs: z.int(),
})
export type Warning = z.infer<typeof Warning>

/** A day of attendance: it belongs to the day on which its shift began. */
export const AttendanceDay = z.object({
  day: DayText,
  stretches: z.array(Stretch),
  punches: z.array(Punch),
  workedMs: z.int().describe('net: start to end without breaks (§ 2 ArbZG)'),
  breakMs: z.int(),
  targetMs: z.int().nullable(),
  isOpen: z.boolean().describe('clocked in and not out'),
  warnings: z.array(Warning),
  correction: z.enum(['open', 'approved', 'rejected']).nullable(),
})
export type AttendanceDay = z.infer<typeof AttendanceDay>

/** What the hub knows of a person's attendance now. */
export const AttendanceNow = z.object({
  presence: Presence,
  since: Time.nullable().describe('start of the present state'),
  inSince: Time.nullable().describe('when this shift began'),
  today: AttendanceDay.describe('the day that runs: in a night shift the one on which it began'),
  weekMs: z.int(),
  balanceMs: z.int().nullable().describe('up to yesterday, against target hours; null without any'),
  forgotten: z
    .object({ day: DayText, inAt: Time })
    .nullable()
    .describe('an earlier shift without an end: ask for it, never invent one'),
  work: z
    .object({ projectId: Id, milestoneId: Id.nullable(), since: Time })
    .nullable()
    .describe('what the person said to be working on'),
  favourites: z
    .array(z.object({ projectId: Id, milestoneId: Id.nullable() }))
    .describe('worked on most in the last weeks, the latest first'),
})
export type AttendanceNow = z.infer<typeof AttendanceNow>

export const Correction = z.object({
  id: Id,
  user: z.string(),
  name: z.string(),
  day: DayText,
  at: Time,
  reason: z.string(),
  voids: z.array(Punch).describe('punches that are not to count; they stay on record'),
  adds: z.array(z.object({ kind: PunchKind, at: Time })),
  state: z.enum(['open', 'approved', 'rejected', 'withdrawn']),
  selfReported: z.boolean().describe('only the end of a shift, which counted at once'),
  decidedBy: z.string().nullable().describe('null: nobody yet, nobody had to, or the operator'),
  decidedAt: Time.nullable(),
  note: z.string().nullable(),
})
export type Correction = z.infer<typeof Correction>

const handle = text(LIMITS.handle)
const whose = { user: handle.optional() }
/** The operator is nobody, so has to say for whom; others may name only themselves. */
const onBehalf = { user: handle.optional().describe('for whom, when the operator asks') }
const tag = 'Attendance'
const MOST_DAYS = 62

export const attendanceCalls = {
  'attendance.now': call({
    method: 'get',
    path: '/api/attendance',
    tag,
    summary: 'Where a person stands today; for admins also others',
    access: 'person',
    query: z.strictObject(whose),
    answer: AttendanceNow,
  }),
  'attendance.days': call({
    method: 'get',
    path: '/api/attendance/days',
    tag,
    summary: `Attendance day by day, at most ${MOST_DAYS} days`,
    access: 'person',
    query: z
      .strictObject({ from: DayText, to: DayText, ...whose })
      .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before from' })
      .refine(({ from, to }) => daysBetween(from, to) < MOST_DAYS, {
        path: ['to'],
        message: `at most ${MOST_DAYS} days`,
      }),
    answer: z.object({
      user: z.string(),
      days: z.array(AttendanceDay),
      workedMs: z.int(),
      targetMs: z.int().nullable(),
      balanceMs: z.int().nullable().describe('at the end of the range, at most up to yesterday'),
    }),
  }),
  'attendance.who': call({
    method: 'get',
    path: '/api/attendance/who',
    tag,
    summary: 'Who is in',
    access: 'admin',
    answer: z.object({
      items: z.array(
        z.object({ user: z.string(), name: z.string(), presence: Presence, since: Time.nullable() }),
      ),
    }),
  }),
  'punches.create': call({
    method: 'post',
    path: '/api/punches',
    tag,
    summary: 'Clock in or out, begin or end a break',
    about:
      'Sent again with its key, it answers with what is stored. Refused (409) where it does not follow from the last one, and (503) while the clock of the hub cannot be right.',
    access: 'person',
    body: z.strictObject({ ...PunchIn.shape, ...onBehalf }),
    status: 201,
    answer: Punch,
  }),
  'punches.undo': call({
    method: 'post',
    path: '/api/punches/:id/undo',
    tag,
    summary: 'Take the own last punch back, within a minute',
    access: 'person',
    params: z.object({ id: IdText }),
    answer: Punch,
  }),
  'work.switch': call({
    method: 'put',
    path: '/api/work',
    tag,
    summary: 'Say what is worked on from now; `target` null: on nothing',
    about:
      'What was worked on until now becomes an entry with its assignment; what was chosen less than a minute ago is replaced. Clocking out or a break ends it.',
    access: 'person',
    body: z.strictObject({
      key: label(LIMITS.key),
      ...onBehalf,
      target: z.strictObject({ projectId: Id, milestoneId: Id.nullish() }).nullable(),
    }),
    answer: AttendanceNow,
  }),
  'corrections.list': call({
    method: 'get',
    path: '/api/corrections',
    tag,
    summary: 'Corrections of attendance, newest first: the own ones; for admins everybody’s',
    access: 'person',
    query: z.strictObject({ state: z.enum(['open', 'approved', 'rejected', 'withdrawn']).optional() }),
    answer: z.object({ items: z.array(Correction) }),
  }),
  'corrections.create': call({
    method: 'post',
    path: '/api/corrections',
    tag,
    summary: 'Ask for a correction of the own attendance, with a reason',
    about:
      'It is about one day. An admin decides; one that only adds the end of a shift counts at once and is marked.',
    access: 'person',
    body: z
      .strictObject({
        key: label(LIMITS.key),
        user: handle.optional().describe('whose, when an admin or the operator asks'),
        reason: label(500),
        voids: z.array(Id).max(20).default([]),
        adds: z
          .array(z.strictObject({ kind: PunchKind, at: TimeIn }))
          .max(20)
          .default([]),
      })
      .refine(({ voids, adds }) => voids.length + adds.length > 0, {
        path: ['adds'],
        message: 'must change something',
      }),
    status: 201,
    answer: Correction,
  }),
  'corrections.decide': call({
    method: 'post',
    path: '/api/corrections/:id/decision',
    tag,
    summary: 'Approve or reject a correction',
    access: 'admin',
    params: z.object({ id: IdText }),
    body: z.strictObject({ approve: z.boolean(), note: text(500).nullish() }),
    answer: Correction,
  }),
  'corrections.withdraw': call({
    method: 'post',
    path: '/api/corrections/:id/withdrawal',
    tag,
    summary: 'Withdraw the own open correction',
    access: 'person',
    params: z.object({ id: IdText }),
    answer: Correction,
  }),
} as const
