import type { Viewer } from '../../contract/access.ts'
import type { Event } from '../../contract/events.ts'
import { formatInstant, type Zone } from '../../contract/time.ts'
import type { ExplainedEventRow } from '../../db/events.ts'
import { unlessPrivate } from '../private.ts'

/** A stored event as `/api` answers it, in the hub's zone; a private one says what it was to its owner alone. */
export function eventToWire(stored: ExplainedEventRow, zone: Zone, viewer: Viewer): Event {
  const row = unlessPrivate(stored, viewer)
  return {
    id: row.id,
    source: row.source,
    user: row.user,
    machine: row.machine,
    device: row.device,
    start: formatInstant(row.start, zone),
    end: formatInstant(row.end, zone),
    title: row.title,
    app: row.app,
    url: row.url,
    phoneNumber: row.phone_number,
    contact: row.contact,
    direction: row.direction,
    private: row.private === 1,
    ignored: row.ignored === 1,
    deleted: row.deleted_at !== null,
    sessionId: row.session_id,
    awayMs: row.away_ms,
    assignment: assignmentToWire(row),
  }
}

function assignmentToWire(row: ExplainedEventRow): Event['assignment'] {
  if (row.assignment_id === null || row.project_id === null || row.assigned_by === null) return null
  return {
    id: row.assignment_id,
    projectId: row.project_id,
    milestoneId: row.milestone_id,
    activity: row.activity,
    comment: row.comment,
    by: row.assigned_by,
  }
}
