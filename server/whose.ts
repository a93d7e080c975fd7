import type { Viewer } from '../contract/access.ts'
import { Refusal, notFound } from '../contract/errors.ts'
import { eventReads } from '../db/events.ts'
import type { Sqlite } from '../db/open.ts'
import { userReads } from '../db/users.ts'

/** Id that no person has: asked for by an unknown handle, one finds nothing. */
const NOBODY = -1

const notYours = () => new Refusal('forbidden', 'What others did is theirs alone to see.')

/**
 * Whose raw data a viewer may see and change (DESIGN section 7): their own. What names nobody (a call logger does not
 * know who called) is for admins to sort out; the operator, who can read the file anyway, sees all but what is private.
 */
export function ownership(sql: Sqlite) {
  const users = userReads(sql)
  const events = eventReads(sql)

  /** Asked for by handle; undefined: everybody's, null: of nobody. */
  function ofMany(viewer: Viewer, handle: string | undefined): number | null | undefined {
    if (viewer.kind === 'operator')
      return handle === undefined ? undefined : handle === '' ? null : (users.idOf(handle) ?? NOBODY)
    if (viewer.kind !== 'user') throw notYours()
    if (handle === undefined || handle === viewer.handle) return viewer.id
    if (handle === '' && viewer.role === 'admin') return null
    throw notYours()
  }

  return {
    ofMany,
    /** One person's: without a handle the viewer's own, for the operator what names nobody. */
    ofOne: (viewer: Viewer, handle: string | undefined): number | null => ofMany(viewer, handle) ?? null,
    /** Whether it may be seen and changed. */
    isOpenTo(viewer: Viewer, owner: number | null): boolean {
      if (viewer.kind === 'operator') return true
      if (viewer.kind !== 'user') return false
      return owner === viewer.id || (owner === null && viewer.role === 'admin')
    },
    /** @throws Refusal 404 for an event that is not there, and for one that is not theirs: which, is not said */
    checkEvents(viewer: Viewer, ids: readonly number[]): void {
      if (viewer.kind === 'operator') return
      for (const id of ids) {
        const owner = events.ownerOf(id)
        if (owner === undefined || !this.isOpenTo(viewer, owner)) throw notFound('event', id)
      }
    },
  }
}

/** Of which person something is asked by a handle, where the own ones come without one: as the wire says it. */
export const handleFor = (viewer: Viewer, handle: string | undefined): string | null =>
  handle ?? (viewer.kind === 'user' ? viewer.handle : null)
