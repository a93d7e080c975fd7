import type { Role } from '../../contract/access.ts'
import type { Answered, Sent, World } from './world.ts'
import { SETUP_CODE } from './world.ts'

export const PASSWORD = 'richtig sicher 42'
export const PIN = '4711'

/** Headers of a browser in the LAN: not from this machine, by the name that it called the hub. */
export const LAN = { host: '192.168.7.20', 'sec-fetch-site': 'same-origin' }

export type Someone = {
  headers: Record<string, string>
  send(path: string, sent?: Sent): Promise<Answered>
  get(path: string): Promise<Answered>
  call(method: string, path: string, body?: unknown): Promise<Answered>
}

/** Somebody who sends these headers with everything. */
export function someone(world: World, headers: Record<string, string>): Someone {
  const send = (path: string, sent: Sent = {}) =>
    world.send(path, { ...sent, headers: { ...headers, ...sent.headers } })
  return {
    headers,
    send,
    get: (path) => send(path),
    call: (method, path, body) =>
      send(path, {
        method,
        headers: body === undefined ? {} : { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  }
}

/** `name=value` of the cookie that an answer sets. */
export function cookieFrom({ headers }: Answered, name: string): string {
  const all = [headers['set-cookie'] ?? []].flat()
  const found = all.find((one) => one.startsWith(`${name}=`))?.split(';')[0]
  if (found === undefined) throw new Error(`no cookie ${name} in ${JSON.stringify(all)}`)
  return found
}

export const withCookie = (headers: Record<string, string>, cookie: string): Record<string, string> => ({
  ...headers,
  cookie: headers['cookie'] === undefined ? cookie : `${headers['cookie']}; ${cookie}`,
})

/** A stranger in the LAN. */
export const stranger = (world: World): Someone => someone(world, LAN)

/** The first admin, made by the set-up code, in a browser. */
export async function setUp(world: World, handle = 'chefin'): Promise<Someone> {
  const answer = await stranger(world).call('POST', '/api/setup', {
    code: SETUP_CODE,
    handle,
    name: 'Chefin',
    password: PASSWORD,
  })
  if (answer.status !== 201) throw new Error(`POST /api/setup: ${answer.status} ${answer.bytes.toString()}`)
  return someone(world, withCookie(LAN, cookieFrom(answer, 'timetrack')))
}

/** Adds a person who can log in, by the operator; their id. */
export async function addPerson(
  world: World,
  handle: string,
  {
    role = 'member',
    password = PASSWORD,
    pin = PIN,
    badge,
  }: { role?: Role; password?: string; pin?: string; badge?: string } = {},
): Promise<number> {
  const made = await world.call('POST', '/api/people', { handle, name: handle, role })
  if (made.status !== 201) throw new Error(`POST /api/people: ${made.status} ${made.bytes.toString()}`)
  const { id } = made.json as { id: number }
  const secrets = { password, pin, ...(badge === undefined ? {} : { badge }) }
  const set = await world.call('PUT', `/api/people/${id}/secrets`, secrets)
  if (set.status !== 200) throw new Error(`secrets: ${set.status} ${set.bytes.toString()}`)
  return id
}

export async function logIn(world: World, handle: string, password = PASSWORD): Promise<Someone> {
  const answer = await stranger(world).call('POST', '/api/login', { handle, password })
  if (answer.status !== 200)
    throw new Error(`log-in of ${handle}: ${answer.status} ${answer.bytes.toString()}`)
  return someone(world, withCookie(LAN, cookieFrom(answer, 'timetrack')))
}

/** A tablet in the LAN that was paired as a kiosk. */
export async function pairKiosk(world: World, name = 'Flur'): Promise<Someone> {
  const offered = await world.call('POST', '/api/pairings', { kind: 'kiosk', name })
  const { code } = offered.json as { code: string }
  const paired = await stranger(world).call('POST', '/api/pairings/use', { code })
  if (paired.status !== 201) throw new Error(`pairing: ${paired.status} ${paired.bytes.toString()}`)
  return someone(world, withCookie(LAN, cookieFrom(paired, 'timetrack_kiosk')))
}

/** Somebody at a kiosk, by PIN; `ticket` delivers their punches. */
export async function unlock(
  world: World,
  kiosk: Someone,
  secret: { handle: string; pin: string } | { badge: string },
): Promise<Someone & { ticket: string }> {
  const answer = await kiosk.call('POST', '/api/kiosk/unlock', secret)
  if (answer.status !== 200) throw new Error(`unlock: ${answer.status} ${answer.bytes.toString()}`)
  const { ticket } = answer.json as { ticket: string }
  return { ...someone(world, withCookie(kiosk.headers, cookieFrom(answer, 'timetrack'))), ticket }
}

/** A device with a token, as it sends things. */
export async function pairDevice(
  world: World,
  kind: 'agent' | 'monitor',
  owner: string | null = null,
): Promise<Someone & { id: number }> {
  const made = await world.call('POST', '/api/devices', { kind, name: kind, owner })
  const { token, device } = made.json as { token: string; device: { id: number } }
  return { ...someone(world, { host: LAN.host, authorization: `Bearer ${token}` }), id: device.id }
}
