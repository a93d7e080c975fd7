import type { Answer, Input } from '../../contract/calls.ts'
import { Refusal } from '../../contract/errors.ts'
import type { NewEvent } from '../../contract/events.ts'
import { eventReads, type EventRow } from '../../db/events.ts'
import { userWrites } from '../../db/users.ts'
import { command } from '../threads/define.ts'
import { dedupeByContent, dedupeByKey } from './dedupe.ts'
import { ownerOf, recorder, type Recording, type Reported } from './record.ts'

export const eventCommands = {
  /** Stores one event of the field contract and answers with it, also when it came before. */
  'events.record': command<Reported, EventRow>((context) => {
    const record = recorder(context)
    const events = eventReads(context.db.sql)
    const users = userWrites(context.db)

    /** Agents send in order: what would lie before something this machine has sent already came after it. */
    function readingOf({ later, ...event }: Reported): Omit<Reported, 'later'> {
      if (!later) return event
      const second = { ...event, ...later }
      if (events.byDedupe(dedupeByContent(event))) return event
      if (events.byDedupe(dedupeByContent(second))) return second
      const user = event.user === null ? null : users.ensure(event.user)
      return events.hasLater({ ...event, user }) ? second : event
    }

    return (reported, viewer) => {
      // A device that is somebody's reports for nobody else.
      const sent = { ...reported, user: ownerOf(viewer) ?? reported.user }
      const event = readingOf(sent)
      const dedupe = dedupeByContent(event)
      const { id, duplicate } = record({ ...event, dedupe }, viewer)
      const row = duplicate ?? events.byDedupe(dedupe)
      if (!row) throw new Error(`event ${id} was stored and cannot be found`)
      return row
    }
  }),

  'events.create': command<Input<'events.create'>, Answer<'events.create'>>((context) => {
    const record = recorder(context)
    return ({ events }, viewer) => ({
      items: events.map((event, index) => {
        const { id, duplicate } = record(recordingOf(event), viewer)
        if (duplicate && differs(event, duplicate)) {
          throw new Refusal('conflict', `The key "${event.key}" is taken by another event.`, {
            [`events.${index}.key`]: `names event ${id}, which began at another time or came from another source`,
          })
        }
        return { key: event.key, id, status: duplicate ? ('duplicate' as const) : ('created' as const) }
      }),
    })
  }),
}

function recordingOf(event: NewEvent): Recording {
  const user = event.user ?? null
  return {
    source: event.source,
    user,
    machine: event.machine ?? null,
    device: event.device ?? null,
    start: event.start,
    end: event.end,
    title: event.title ?? null,
    app: event.app ?? null,
    url: event.url ?? null,
    phone_number: event.phoneNumber ?? null,
    contact: event.contact ?? null,
    direction: event.direction ?? null,
    private: event.private ? 1 : 0,
    dedupe: dedupeByKey(user, event.key),
  }
}

function differs(event: NewEvent, stored: EventRow): boolean {
  return (
    event.start !== stored.start + stored.clock_offset_ms ||
    event.end !== stored.end + stored.clock_offset_ms ||
    event.source !== stored.source ||
    (event.title ?? null) !== stored.title
  )
}
