import { z } from 'zod'
import { LIMITS } from '../../contract/events.ts'
import { PROJECT_LIMITS } from '../../contract/projects.ts'
import { Hours, Id, IdText, label, text } from '../../contract/shapes.ts'

/**
 * Bodies and queries of the field contract. Unlike our own API's they ignore keys they do not know:
 * old clients send more than is asked for.
 */

const clientText = (max: number) => text(max).nullish()

/** Longest text that Windows has for a window's title. */
const LONGEST_TITLE = 32_767

/**
 * What an agent recorded, kept as well as it can be: an agent repeats what is refused for ever, and
 * all that it recorded later waits behind it. Half an emoji (titles are cut at some length) becomes
 * U+FFFD, NUL goes, what is longer than `max` is cut. What no window can be called is refused.
 */
const recordedText = (max: number) =>
  z
    .string()
    .max(LONGEST_TITLE, `at most ${LONGEST_TITLE} characters`)
    .transform((value) => value.replaceAll('\0', '').slice(0, max).toWellFormed())

const times = {
  timestamp_start: z.string().nullish().describe('naive (the hub’s zone) or with offset; default now'),
  timestamp_end: z.string().nullish(),
  duration_seconds: z.number().min(0).max(31_622_400).nullish(),
  machine_id: recordedText(LIMITS.handle).nullish(),
  device_id: recordedText(LIMITS.handle).nullish(),
  user_id: recordedText(LIMITS.handle).nullish(),
}

export const WindowEvent = z.object({
  ...times,
  window_title: recordedText(LIMITS.title),
  process_name: recordedText(LIMITS.app),
})
export type WindowEvent = z.infer<typeof WindowEvent>

export const PhoneEvent = z.object({
  ...times,
  phone_number: recordedText(LIMITS.phone).nullish(),
  contact_name: recordedText(LIMITS.name).nullish(),
  direction: z
    .enum(['INCOMING', 'OUTGOING', 'MISSED', 'INTERNAL', 'incoming', 'outgoing', 'missed', 'internal'])
    .nullish(),
})
export type PhoneEvent = z.infer<typeof PhoneEvent>

const whole = (max: number, min: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .default(fallback)

export const range = { start: z.string().optional(), end: z.string().optional() }
export const SourceType = z.enum(['window', 'phone'])

export const EventsQuery = z.object({
  ...range,
  user_id: z.string().optional(),
  source_type: SourceType.optional(),
  limit: whole(500, 1, 100),
  offset: whole(1_000_000_000, 0, 0),
})

export const ProjectBody = z.object({
  name: label(PROJECT_LIMITS.name),
  kunde: clientText(PROJECT_LIMITS.client),
  notizen: clientText(PROJECT_LIMITS.notes),
})

export const MilestoneBody = z.object({
  project_id: Id,
  name: label(PROJECT_LIMITS.name),
  soll_stunden: Hours.nullish(),
  ist_stunden: Hours.nullish(),
  bonus_relevant: z.boolean().nullish(),
})

export const AssignmentBody = z.object({
  event_id: Id,
  project_id: Id,
  milestone_id: Id.nullish(),
  activity_type: clientText(64),
  comment: clientText(2000),
})

export const AssignmentsQuery = z.object({ ...range, limit: whole(1000, 1, 1000) })
export const MilestonesQuery = z.object({ project_id: IdText.optional() })
export const ExportQuery = z.object({
  ...range,
  source_type: SourceType.optional(),
  include_private: z
    .enum(['true', 'false', 'True', 'False', '1', '0'])
    .transform((value) => /^(true|1)$/i.test(value))
    .default(false),
})

export const FieldEvent = z.object({
  id: Id,
  source_type: SourceType,
  timestamp_start: z.string(),
  timestamp_end: z.string(),
  duration_seconds: z.int(),
  is_private: z.boolean(),
  phone_number: z.string().nullable(),
  contact_name: z.string().nullable(),
  direction: z.string().nullable(),
  window_title: z.string().nullable(),
  process_name: z.string().nullable(),
  machine_id: z.string().nullable(),
  device_id: z.string().nullable(),
  user_id: z.string().nullable(),
})
export type FieldEvent = z.infer<typeof FieldEvent>

export const FieldProject = z.object({
  id: Id,
  name: z.string(),
  kunde: z.string().nullable(),
  notizen: z.string().nullable(),
})
export type FieldProject = z.infer<typeof FieldProject>

export const FieldMilestone = z.object({
  id: Id,
  project_id: Id,
  name: z.string(),
  soll_stunden: z.number().nullable(),
  ist_stunden: z.number(),
  bonus_relevant: z.boolean(),
})
export type FieldMilestone = z.infer<typeof FieldMilestone>

export const FieldAssignment = z.object({
  id: Id,
  event_id: Id,
  project_id: Id,
  milestone_id: Id.nullable(),
  activity_type: z.string().nullable(),
  comment: z.string().nullable(),
  event: FieldEvent,
  project: FieldProject,
  milestone: FieldMilestone.nullable(),
})
export type FieldAssignment = z.infer<typeof FieldAssignment>

export const SessionsQuery = z.object({
  ...range,
  user_id: z.string().optional(),
  limit: whole(500, 1, 100),
  offset: whole(1_000_000, 0, 0),
})
export const AggregateQuery = z.object({ ...range, user_id: z.string().optional() })
export const SessionAssignBody = AssignmentBody.omit({ event_id: true })

export const FieldSession = z.object({
  id: Id,
  user_id: z.string().nullable(),
  process_name: z.string().nullable(),
  window_title_base: z.string().nullable(),
  start_time: z.string(),
  end_time: z.string(),
  total_duration_seconds: z.int(),
  active_duration_seconds: z.int(),
  event_count: z.int(),
  break_count: z.int(),
  event_ids: z.array(Id),
  is_private: z.boolean(),
  assignment_id: Id.nullable(),
  assignment: FieldAssignment.omit({ event: true, project: true, milestone: true }).nullable(),
  created_at: z.string(),
  updated_at: z.string(),
})
export type FieldSession = z.infer<typeof FieldSession>

export const FieldImport = z.object({
  projects_created: z.int(),
  projects_updated: z.int(),
  milestones_created: z.int(),
  milestones_updated: z.int(),
})
