import type { Viewer } from '../contract/access.ts'
import type { EventRow } from '../db/events.ts'

/** An event without what it was about, where it is private and not the viewer's own (DESIGN section 7). */
export function unlessPrivate<R extends EventRow>(row: R, viewer: Viewer): R {
  const isOwn = viewer.kind === 'user' && viewer.handle === row.user
  if (row.private === 0 || isOwn) return row
  return { ...row, title: null, app: null, url: null, phone_number: null, contact: null }
}
