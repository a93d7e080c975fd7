import type { Access, Viewer } from '../../contract/access.ts'
import { Refusal } from '../../contract/errors.ts'

/** What of the hub's state decides about rights. */
export type Standing = {
  /** There is no admin yet. */
  needsSetup: boolean
  /** The LAN may record without a token. */
  ingestIsOpen: boolean
}

const isUser = (viewer: Viewer) => viewer.kind === 'user'
const isMember = (viewer: Viewer) => viewer.kind === 'user' && viewer.at === 'browser'
const isDevice = (viewer: Viewer, is: 'agent' | 'kiosk' | 'monitor') =>
  viewer.kind === 'device' && viewer.is === is
const atKiosk = (viewer: Viewer) =>
  viewer.kind === 'kiosk' || (viewer.kind === 'user' && viewer.at === 'kiosk')

/** Who may, once the hub is set up; the operator may always. */
const MAY: Record<Access, (viewer: Viewer, standing: Standing) => boolean> = {
  anyone: () => true,
  ingest: (viewer, { ingestIsOpen }) => ingestIsOpen || isDevice(viewer, 'agent') || isMember(viewer),
  kiosk: atKiosk,
  page: (viewer) => atKiosk(viewer) || isUser(viewer),
  person: isUser,
  member: isMember,
  admin: (viewer) => isMember(viewer) && viewer.kind === 'user' && viewer.role === 'admin',
  operator: () => false,
  monitor: (viewer) =>
    isDevice(viewer, 'monitor') || MAY.admin(viewer, { needsSetup: false, ingestIsOpen: false }),
}

/** Why a viewer may not make a call; null when they may. 401: say who you are. 403: not you. */
export function refusalFor(access: Access, viewer: Viewer, standing: Standing): Refusal | null {
  if (viewer.kind === 'operator' || access === 'anyone') return null
  if (standing.needsSetup && !(access === 'kiosk' && atKiosk(viewer)))
    return new Refusal(
      'needs_setup',
      'This hub is not set up yet. Open /app/setup and type the code that its screen and console show.',
    )
  if (MAY[access](viewer, standing)) return null
  if (viewer.kind === 'stranger' || viewer.kind === 'kiosk')
    return new Refusal('unauthorized', 'Log in, or send the token of a paired device.')
  return new Refusal('forbidden', 'This is not yours to see or to change.')
}
