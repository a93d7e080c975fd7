import type { Viewer } from '../../contract/access.ts'
import type { Table } from '../../contract/hub.ts'
import type { Clock, Zone } from '../../contract/time.ts'
import type { Sqlite, WriteDb } from '../../db/open.ts'

/** The hub's zone and where its days begin. */
export type Calendar = { zone: Zone; dayStartMinutes: number }

export type ReadContext = Calendar & { sql: Sqlite; clock: Clock }
export type WriteContext = Calendar & { db: WriteDb; clock: Clock }

/**
 * A read: `prepare` runs once per reader thread, the function it returns once per request. What a viewer may
 * not see is left out there, by the query itself.
 */
export type Query<I, O> = {
  /** Tables the answer depends on: a commit that touches one of them makes a kept answer stale. */
  reads: readonly Table[]
  prepare(context: ReadContext): (input: I, viewer: Viewer) => O
}

/** A write: runs in the writer inside a savepoint, so that throwing takes back all it did. */
export type Command<I, O> = { prepare(context: WriteContext): (input: I, viewer: Viewer) => O }

/**
 * A long read, answered in pieces of text while its reader serves others in between. It gets a
 * connection of its own: one snapshot from the first row to the last.
 */
export type Stream<I> = { prepare(context: ReadContext): (input: I, viewer: Viewer) => Iterable<string> }

export function query<I, O>(reads: readonly Table[], prepare: Query<I, O>['prepare']): Query<I, O> {
  return { reads, prepare }
}

export function command<I, O>(prepare: Command<I, O>['prepare']): Command<I, O> {
  return { prepare }
}

export function stream<I>(prepare: Stream<I>['prepare']): Stream<I> {
  return { prepare }
}
