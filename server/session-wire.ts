import type { Session, Source } from '../contract/events.ts'
import { formatInstant, type Zone } from '../contract/time.ts'
import type { SessionRow } from '../db/sessions.ts'
import { appName } from './titles.ts'

/** A session as `/api` answers it, in the hub's zone. */
export function sessionToWire(
  row: Omit<SessionRow, 'user_id' | 'day' | 'piece'>,
  smallMs: number,
  zone: Zone,
): Session {
  const colon = row.stream.indexOf(':')
  const source = row.stream.slice(0, colon) as Source
  const isProgram = source === 'window' || source === 'browser' || source === 'editor'
  return {
    id: row.id,
    source,
    app: isProgram ? appName(row.stream.slice(colon + 1)) : null,
    title: row.title,
    start: formatInstant(row.start, zone),
    end: formatInstant(row.end, zone),
    activeMs: row.active_ms,
    events: row.event_count,
    breaks: row.break_count,
    small: row.active_ms < smallMs,
  }
}
