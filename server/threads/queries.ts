import type { Answer, CallId, Input } from '../../contract/calls.ts'
import { accessQueries } from '../access/queries.ts'
import { assignmentQueries } from '../assignments/queries.ts'
import { deviceQueries } from '../devices/queries.ts'
import { attendanceQueries } from '../attendance/queries.ts'
import { eventQueries } from '../events/queries.ts'
import { exportQueries, exportStreams } from '../export/queries.ts'
import { fieldQueries } from '../field/queries.ts'
import { fieldRuleQueries } from '../field/rule-queries.ts'
import { fieldSessionQueries } from '../field/session-queries.ts'
import { kioskQueries } from '../kiosk/queries.ts'
import { peopleQueries } from '../people/queries.ts'
import { projectQueries } from '../projects/queries.ts'
import { ruleQueries } from '../rules/queries.ts'
import { ruleStreams } from '../rules/streams.ts'
import { sessionQueries } from '../sessions/queries.ts'
import { settingsQueries } from '../settings/queries.ts'
import { reviewQueries } from '../suggestions/review.ts'
import { suggestionQueries } from '../suggestions/queries.ts'
import { weekQueries } from '../weeks/queries.ts'
import type { Query } from './define.ts'

/** Every read, by the id of the call that it answers (field contract: `field.…`). */
export const queries = {
  ...accessQueries,
  ...peopleQueries,
  ...deviceQueries,
  ...kioskQueries,
  ...eventQueries,
  ...projectQueries,
  ...assignmentQueries,
  ...exportQueries,
  ...ruleQueries,
  ...sessionQueries,
  ...settingsQueries,
  ...suggestionQueries,
  ...reviewQueries,
  ...weekQueries,
  ...attendanceQueries,
  ...fieldQueries,
  ...fieldRuleQueries,
  ...fieldSessionQueries,
}
export type Queries = typeof queries

export const streams = { ...exportStreams, ...ruleStreams }
export type Streams = typeof streams

type ReadCalls =
  | 'people.list'
  | 'devices.list'
  | 'events.list'
  | 'events.get'
  | 'days.get'
  | 'days.summary'
  | 'users.list'
  | 'projects.list'
  | 'batches.list'
  | 'export.preview'
  | 'rules.list'
  | 'rules.export'
  | 'assignments.why'
  | 'sessions.preview'
  | 'sessions.progress'
  | 'settings.get'
  | 'suggestions.ofDay'
  | 'weeks.get'
  | 'attendance.now'
  | 'attendance.days'
  | 'attendance.who'
  | 'corrections.list'
queries satisfies { [K in ReadCalls & CallId]: Query<Input<K>, Answer<K>> }
