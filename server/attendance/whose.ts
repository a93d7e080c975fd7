import type { Viewer } from '../../contract/access.ts'
import { Refusal, notFound } from '../../contract/errors.ts'
import type { Sqlite } from '../../db/open.ts'
import { userReads } from '../../db/users.ts'
import { actorOf } from '../batch.ts'

/** Who looks after the attendance of others; a PIN at a kiosk makes nobody an admin. */
export function isAdmin(viewer: Viewer): boolean {
  return (
    viewer.kind === 'operator' ||
    (viewer.kind === 'user' && viewer.role === 'admin' && viewer.at === 'browser')
  )
}

/** Whose data a call is about. */
export function whose(sql: Sqlite) {
  const users = userReads(sql)

  function named(handle: string | undefined): number {
    if (handle === undefined)
      throw new Refusal('invalid', 'user: must say for whom', { user: 'must say for whom' })
    const id = users.idOf(handle)
    if (id === undefined) throw notFound('person', handle)
    return id
  }

  /** The own person; the operator, who is nobody, names one. */
  function own(viewer: Viewer, handle?: string): number {
    if (viewer.kind === 'operator') return named(handle)
    if (viewer.kind !== 'user') throw new Refusal('forbidden', 'Only a person has attendance: log in.')
    // Others are not looked up: who may not see them does not learn who is there.
    if (handle !== undefined && users.handleOf(viewer.id) !== handle)
      throw new Refusal('forbidden', 'This can only be asked for yourself.')
    return viewer.id
  }

  return {
    own,
    /** The own person, for admins any. */
    anyOf: (viewer: Viewer, handle?: string): number =>
      isAdmin(viewer) && handle !== undefined ? named(handle) : own(viewer, handle),
  }
}

/** Who acts, as the audit log keeps it. */
export const actor = (viewer: Viewer) => ({
  user_id: actorOf(viewer),
  via: viewer.kind === 'user' ? viewer.at : viewer.kind,
})
