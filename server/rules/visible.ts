import type { Viewer } from '../../contract/access.ts'
import { Refusal } from '../../contract/errors.ts'

const notYours = () =>
  new Refusal('forbidden', 'A rule for everyone, or of somebody else, is for admins to change.')

const isAdmin = (viewer: Viewer) =>
  viewer.kind === 'operator' || (viewer.kind === 'user' && viewer.role === 'admin')

/** Whether a rule is one that acts for the viewer; admins see all, for they keep their order. */
export const isRuleFor = (viewer: Viewer, { user }: { user: string | null }): boolean =>
  isAdmin(viewer) || user === null || (viewer.kind === 'user' && viewer.handle === user)

/** @throws Refusal when a rule of that person (null: everyone) is not the viewer's to make or change */
export function checkRuleOf(viewer: Viewer, user: string | null): void {
  if (isAdmin(viewer) || (viewer.kind === 'user' && viewer.handle === user)) return
  throw notYours()
}

/** Whose rule it will be: a member's are their own, also where they named nobody. @throws Refusal for somebody else's */
export function ruleOwner(viewer: Viewer, user: string | null): string | null {
  if (viewer.kind === 'user' && !isAdmin(viewer) && user === null) return viewer.handle
  checkRuleOf(viewer, user)
  return user
}

type Owned = { user_id: number | null }

/** Events whose hours a viewer may be told and moves: the own ones; admins, as hours, everybody's. */
export function* countedFor<E extends Owned>(viewer: Viewer, events: Iterable<E>): Generator<E> {
  const all = isAdmin(viewer)
  for (const event of events) if (all || (viewer.kind === 'user' && event.user_id === viewer.id)) yield event
}

/** Whether what an event says may be shown as an example. */
export const isExampleFor = (viewer: Viewer, { user_id }: Owned): boolean =>
  viewer.kind === 'operator' ||
  (viewer.kind === 'user' && (user_id === viewer.id || (user_id === null && viewer.role === 'admin')))
