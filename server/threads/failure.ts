import { Refusal } from '../../contract/errors.ts'
import { codeOf, isCorrupt, isFull } from '../../db/problem.ts'
import type { Failure } from './messages.ts'

/** What a thread answers when a query or command throws. Unknown errors keep their text for the log. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Refusal) return { code: error.code, message: error.message, fields: error.fields }
  if (isFull(error)) {
    return {
      code: 'disk_full',
      message: "The hub's disk is full: nothing was stored. Free some space on it and send again.",
    }
  }
  if (isCorrupt(error)) {
    return { code: 'internal', message: "The hub's database is damaged. See /health.", corrupt: true }
  }
  if (codeOf(error) === 'SQLITE_BUSY') return { code: 'busy', message: 'The database is busy. Send again.' }
  return {
    code: 'internal',
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }
}
