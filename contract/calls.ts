import { assignmentCalls } from './assignments.ts'
import { attendanceCalls } from './attendance.ts'
import type { AnswerOf, InputOf, RequestOf } from './call.ts'
import { deviceCalls } from './devices.ts'
import { entryCalls } from './entries.ts'
import { eventCalls } from './events.ts'
import { exportCalls } from './export.ts'
import { hubCalls } from './hub.ts'
import { kioskCalls } from './kiosk.ts'
import { loginCalls } from './logins.ts'
import { peopleCalls } from './people.ts'
import { importCalls, projectCalls } from './projects.ts'
import { ruleCalls } from './rules.ts'
import { systemCalls } from './system.ts'
import { sessionCalls } from './sessions.ts'
import { settingsCalls } from './settings.ts'
import { suggestionCalls } from './suggestions.ts'
import { weekCalls } from './weeks.ts'

/** Every call of our own API (DESIGN section 5). The field contract's are in server/field/calls.ts. */
export const calls = {
  ...hubCalls,
  ...loginCalls,
  ...peopleCalls,
  ...deviceCalls,
  ...kioskCalls,
  ...attendanceCalls,
  ...eventCalls,
  ...entryCalls,
  ...projectCalls,
  ...importCalls,
  ...weekCalls,
  ...sessionCalls,
  ...suggestionCalls,
  ...ruleCalls,
  ...assignmentCalls,
  ...exportCalls,
  ...systemCalls,
  ...settingsCalls,
} as const

export type Calls = typeof calls
export type CallId = keyof Calls
export type Input<K extends CallId> = InputOf<Calls[K]>
export type Request<K extends CallId> = RequestOf<Calls[K]>
export type Answer<K extends CallId> = AnswerOf<Calls[K]>
