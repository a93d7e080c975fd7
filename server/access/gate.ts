import type { Request, RequestHandler } from '../http/route.ts'
import { hostname } from 'node:os'
import { OPERATOR, type Viewer } from '../../contract/access.ts'
import { Refusal } from '../../contract/errors.ts'
import { parseInstant, zone, type Clock } from '../../contract/time.ts'
import { told } from '../http/timing.ts'
import { scopeOf } from '../http/viewer.ts'
import { hashToken } from '../secrets.ts'
import type { Pool } from '../threads/pool.ts'
import { cookieOf, KIOSK_COOKIE, LOGIN_COOKIE } from './cookies.ts'
import { checkOrigin, isForwarded, isFromBrowser, isLoopback, isOurHost, ownNames } from './origin.ts'
import type { Standing } from './rights.ts'
import { createSightings } from './sightings.ts'
import type { AccessList } from './standing.ts'

type Device = AccessList['devices'][number]
type Login = AccessList['logins'][number]

type Known = {
  standing: Standing
  badgeSalt: string
  names: ReadonlySet<string>
  devices: ReadonlyMap<string, Device>
  logins: ReadonlyMap<string, Login>
  version: number
}

const TABLES = ['users', 'devices', 'logins', 'settings'] as const
const UTC = zone('UTC')

export type Gate = ReturnType<typeof createGate>

/** Finds out on whose behalf each request comes, before anything is answered (DESIGN section 7). */
export function createGate({ pool, clock }: { pool: Pool; clock: Clock }) {
  const sightings = createSightings(pool, clock)
  let known: Known | undefined
  let loading: Promise<Known> | undefined

  /** What the hub knows now: read anew after every commit that may have changed it. */
  function current(): Known | Promise<Known> {
    if (known && known.version === pool.version(TABLES)) return known
    return (loading ??= load().finally(() => (loading = undefined)))
  }

  async function load(): Promise<Known> {
    for (;;) {
      const version = pool.version(TABLES)
      const { bytes } = await pool.query('access.list', {}, OPERATOR)
      // A commit in between: who was just logged out must not come in by what was read before.
      if (pool.version(TABLES) !== version) continue
      known = knownFrom(JSON.parse(new TextDecoder().decode(bytes)) as AccessList, version)
      return known
    }
  }

  function viewerOf(req: Request, { devices, logins }: Known): Viewer {
    const { headers } = req
    const token = /^Bearer ([A-Za-z0-9_-]{1,200})$/.exec(headers.authorization ?? '')?.[1]
    const device = token === undefined ? undefined : devices.get(keyOf(token))
    if (device) return deviceViewer(device, req)
    const cookie = cookieOf(headers.cookie, LOGIN_COOKIE)
    const login = cookie === undefined ? undefined : logins.get(keyOf(cookie))
    if (login && login.expires > clock()) {
      // A kiosk stays one though somebody logged in to the pages for browsers there, too.
      const kiosk = isPin(login) || !req.path.startsWith('/api/kiosk') ? null : kioskViewer(req, devices)
      return kiosk ?? userViewer(login, req)
    }
    if (isHere(req) && !isFromBrowser(headers)) return OPERATOR
    return kioskViewer(req, devices) ?? { kind: 'stranger' }
  }

  /** A browser that was paired, or one on the machine itself; null when it is neither. */
  function kioskViewer(req: Request, devices: Known['devices']): Viewer | null {
    if (isHere(req)) return { kind: 'kiosk', device: null }
    const cookie = cookieOf(req.headers.cookie, KIOSK_COOKIE)
    const paired = cookie === undefined ? undefined : devices.get(keyOf(cookie))
    if (paired?.kind !== 'kiosk') return null
    sightings.note('device', paired.id, req)
    return { kind: 'kiosk', device: paired.id }
  }

  function deviceViewer({ id, kind, owner }: Device, req: Request): Viewer {
    const clockOffsetMs = offsetOf(req.get('x-device-time'), clock())
    sightings.note('device', id, req, clockOffsetMs)
    return { kind: 'device', id, is: kind, owner, clockOffsetMs }
  }

  function userViewer(login: Login, req: Request): Viewer {
    const { id, user, handle, role, device } = login
    sightings.note('login', id, req)
    return { kind: 'user', id: user, handle, role, at: isPin(login) ? 'kiosk' : 'browser', login: id, device }
  }

  const who: RequestHandler = (req, res, next) => {
    const answer = (state: Known) => {
      if (!isOurHost(req.headers.host, state.names))
        throw new Refusal(
          'forbidden',
          'This hub is not called that. Use its address, or add the name in the settings (access.hosts).',
        )
      checkOrigin(req.method, req.headers)
      const viewer = viewerOf(req, state)
      Object.assign(told(res), { viewer, scope: scopeOf(viewer), standing: state.standing })
      next()
    }
    const state = current()
    if (state instanceof Promise) state.then(answer).catch(next)
    else answer(state)
  }

  return {
    who,
    current: async () => current(),
    close: () => sightings.close(),
  }
}

const isPin = ({ via }: Login) => via === 'pin' || via === 'badge'

const isHere = (req: Request) =>
  isLoopback(req.socket.remoteAddress, req.headers.host) && !isForwarded(req.headers)

const keyOf = (token: string) => hashToken(token).toString('hex')

function knownFrom(list: AccessList, version: number): Known {
  return {
    standing: { needsSetup: list.admins === 0, ingestIsOpen: list.settings.ingest === 'open' },
    badgeSalt: list.badgeSalt,
    names: ownNames(hostname(), list.settings.hosts),
    devices: new Map(list.devices.map((device) => [device.token, device])),
    logins: new Map(list.logins.map((login) => [login.token, login])),
    version,
  }
}

/** How far a device's clock is ahead, by the time that it says it is; null when it does not say. */
function offsetOf(header: string | undefined, now: number): number | null {
  const said = header === undefined ? null : parseInstant(header, UTC)
  return said === null ? null : said - now
}
