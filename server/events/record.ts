import { eventReads, eventWrites, type EventRow, type NewEventRow } from '../../db/events.ts'
import type { Viewer } from '../../contract/access.ts'
import type { Span } from '../../contract/time.ts'
import { userWrites } from '../../db/users.ts'
import type { WriteContext } from '../threads/define.ts'

/** What a client reports, in rows' terms; the person by handle. */
export type Recording = Omit<NewEventRow, 'user_id' | 'recorded_at' | 'clock_offset_ms'> & {
  user: string | null
}

/** The same before its key is known: from clients that cannot name their events. */
export type Reported = Omit<Recording, 'dedupe'> & {
  /** The other reading of a time that the clocks showed twice. */
  later?: Span | undefined
}

export type Recorded = { id: number; duplicate: EventRow | null }

/** For whom somebody reports, whatever they say; null: for whom they say. */
export function ownerOf(viewer: Viewer): string | null {
  if (viewer.kind === 'user') return viewer.handle
  return viewer.kind === 'device' ? viewer.owner : null
}

/** A clock that is less than this off is right: two machines never agree to the second. */
const CLOCK_TOLERANCE_MS = 30_000

/**
 * What is reported, as it was: whoever reports for themselves cannot report for others, and a device whose clock is
 * known to be wrong is put right; what it said stays as start + clock_offset_ms.
 */
function corrected({ ...event }: Recording, viewer: Viewer): Recording & { clock_offset_ms: number } {
  const user = ownerOf(viewer) ?? event.user
  const offset = viewer.kind === 'device' ? (viewer.clockOffsetMs ?? 0) : 0
  const off = Math.abs(offset) < CLOCK_TOLERANCE_MS ? 0 : offset
  return { ...event, user, start: event.start - off, end: event.end - off, clock_offset_ms: off }
}

/** Stores an event once: the one way by which any front door records something. */
export function recorder({ db, clock }: WriteContext): (sent: Recording, viewer: Viewer) => Recorded {
  const events = { ...eventReads(db.sql), ...eventWrites(db) }
  const users = userWrites(db)
  return (sent, viewer) => {
    const { user, ...event } = corrected(sent, viewer)
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
