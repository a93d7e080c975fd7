import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Access } from '../../contract/access.ts'
import type { Call } from '../../contract/call.ts'
import { calls } from '../../contract/calls.ts'
import { fieldCalls } from '../field/calls.ts'
import {
  addPerson,
  logIn,
  pairDevice,
  pairKiosk,
  PIN,
  setUp,
  someone,
  stranger,
  unlock,
  type Someone,
} from '../testing/people.ts'
import { startWorld, type World } from '../testing/world.ts'

const ROLES = ['stranger', 'kiosk', 'atKiosk', 'member', 'admin', 'agent', 'monitor', 'operator'] as const
type Role = (typeof ROLES)[number]

/** Who may make calls of which kind, as a person reads it (DESIGN section 7). */
const TABLE: Record<Access, readonly Role[]> = {
  anyone: ROLES,
  ingest: ['member', 'admin', 'agent', 'operator'],
  kiosk: ['kiosk', 'atKiosk', 'operator'],
  page: ['kiosk', 'atKiosk', 'member', 'admin', 'operator'],
  person: ['atKiosk', 'member', 'admin', 'operator'],
  member: ['member', 'admin', 'operator'],
  admin: ['admin', 'operator'],
  monitor: ['monitor', 'admin', 'operator'],
  operator: ['operator'],
}

const all: Record<string, Call> = { ...calls, ...fieldCalls }
/** What ends the log-in with which it is tried, or never ends. */
const APART = ['login.end', 'hub.live']

let world: World
let people: Record<Role, Someone>
beforeAll(async () => {
  world = await startWorld()
  await setUp(world)
  await addPerson(world, 'mia')
  await addPerson(world, 'ada', { role: 'admin' })
  const kiosk = await pairKiosk(world)
  people = {
    stranger: stranger(world),
    kiosk,
    atKiosk: await unlock(world, kiosk, { handle: 'ada', pin: PIN }),
    member: await logIn(world, 'mia'),
    admin: await logIn(world, 'ada'),
    agent: await pairDevice(world, 'agent'),
    monitor: await pairDevice(world, 'monitor'),
    operator: someone(world, {}),
  }
})
afterAll(() => world.close())

/** Sends as little as gets a call past the gate: what is refused for what it holds was let in. */
async function statusOf(call: Call, who: Someone): Promise<number> {
  const path = call.path.replace(/:(\w+)/g, (_, name: string) => (name === 'day' ? '2026-11-24' : '999999'))
  const body = call.body ? { 'content-type': 'application/json' } : {}
  const answer = await who.send(path, {
    method: call.method.toUpperCase(),
    headers: body,
    ...(call.body ? { body: '{"nothing": "known"}' } : {}),
  })
  return answer.status
}

describe.each(Object.entries(all).filter(([id]) => !APART.includes(id)))('%s', (_id, call) => {
  test.each(ROLES)('as %s', async (role) => {
    const status = await statusOf(call, people[role])
    if (TABLE[call.access].includes(role)) {
      expect([401, 403], `${call.method} ${call.path} is for ${role}`).not.toContain(status)
      expect(status).toBeLessThan(500)
    } else expect(status).toBe(role === 'stranger' || role === 'kiosk' ? 401 : 403)
  })
})

test('before there is an admin, the operator and the screen of the hub are all that is served', async () => {
  const fresh = await startWorld()
  const open = ['hub.get', 'hub.health', 'me.get']
  try {
    for (const [id, call] of Object.entries(all)) {
      if (APART.includes(id) || call.method !== 'get') continue
      const status = await statusOf(call, stranger(fresh))
      expect(status, id).toBe(open.includes(id) ? 200 : 403)
    }
    const screen = someone(fresh, { 'sec-fetch-site': 'same-origin' })
    expect((await screen.get('/api/kiosk')).json).toMatchObject({ setupCode: 'ABCD-2345' })
    expect((await screen.get('/api/events')).status).toBe(403)
    expect((await fresh.get('/api/events')).status).toBe(200)
  } finally {
    await fresh.close()
  }
})

test('every call of the contract is answered by somebody', async () => {
  for (const [id, call] of Object.entries(all)) {
    if (APART.includes(id)) continue
    const path = call.path.replace(/:(\w+)/g, (_, name: string) => (name === 'day' ? '2026-11-24' : '999999'))
    const answer = await world.send(path, { method: call.method.toUpperCase() })
    expect(answer.bytes.toString(), id).not.toContain('There is nothing at')
  }
})
