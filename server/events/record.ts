import { eventReads, eventWrites, type EventRow, type NewEventRow } from '../../db/events.ts'
import type { Span } from '../../contract/time.ts'
import { userWrites } from '../../db/users.ts'
import type { WriteContext } from '../threads/define.ts'

/** What a client reports, in rows' terms; the person by handle. */
export type Recording = Omit<NewEventRow, 'user_id' | 'recorded_at'> & { user: string | null }

/** The same before its key is known: from clients that cannot name their events. */
export type Reported = Omit<Recording, 'dedupe'> & {
  /** The other reading of a time that the clocks showed twice. */
  later?: Span | undefined
}

export type Recorded = { id: number; duplicate: EventRow | null }

/** Stores an event once: the one way by which any front door records something. */
export function recorder({ db, clock }: WriteContext): (event: Recording) => Recorded {
  const events = { ...eventReads(db.sql), ...eventWrites(db) }
  const users = userWrites(db)
  return ({ user, ...event }) => {
    const id = events.insert({
      ...event,
      user_id: user === null ? null : users.ensure(user),
      recorded_at: clock(),
    })
    if (id !== undefined) return { id, duplicate: null }
    const known = events.byDedupe(event.dedupe)
    if (!known) throw new Error('an event with this key is stored and cannot be found')
    return { id: known.id, duplicate: known }
  }
}
