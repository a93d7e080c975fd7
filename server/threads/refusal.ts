import { Refusal } from '../../contract/errors.ts'
import type { Failure } from './messages.ts'

/** A failure of a thread as the error that the HTTP side answers with. */
export function refusalOf(failure: Failure): Error {
  // The text of an unexpected error is for the log, not for clients.
  if (failure.code === 'internal' && !failure.corrupt) return new Error(failure.message)
  return new Refusal(failure.code, failure.message, failure.fields)
}
