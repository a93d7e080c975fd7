import type { Answer, CallId, Input } from '../../contract/calls.ts'
import { assignmentQueries } from '../assignments/queries.ts'
import { eventQueries } from '../events/queries.ts'
import { exportQueries, exportStreams } from '../export/queries.ts'
import { fieldQueries } from '../field/queries.ts'
import { projectQueries } from '../projects/queries.ts'
import type { Query } from './define.ts'

/** Every read, by the id of the call that it answers (field contract: `field.…`). */
export const queries = {
  ...eventQueries,
  ...projectQueries,
  ...assignmentQueries,
  ...exportQueries,
  ...fieldQueries,
}
export type Queries = typeof queries

export const streams = { ...exportStreams }
export type Streams = typeof streams

type ReadCalls =
  | 'events.list'
  | 'events.get'
  | 'days.get'
  | 'days.summary'
  | 'users.list'
  | 'projects.list'
  | 'batches.list'
  | 'export.preview'
queries satisfies { [K in ReadCalls & CallId]: Query<Input<K>, Answer<K>> }
