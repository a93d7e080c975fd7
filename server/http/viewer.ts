import type { Response } from 'express'
import type { Viewer } from '../../contract/access.ts'
import { told } from './timing.ts'

/** On whose behalf this request is answered (server/access/gate.ts found out). */
export const viewerOf = (res: Response): Viewer => told(res).viewer

/** Names a viewer's view of things: what two of the same scope are answered is the same. */
export function scopeOf(viewer: Viewer): string {
  switch (viewer.kind) {
    case 'user':
      return `${viewer.role} ${viewer.id} ${viewer.at}`
    case 'device':
      return `device ${viewer.id} ${viewer.is} ${viewer.owner}`
    case 'kiosk':
      return `kiosk ${viewer.device}`
    default:
      return viewer.kind
  }
}
