import type { DeviceKind } from '../../contract/access.ts'
import type { Answer, Input } from '../../contract/calls.ts'
import { Refusal, notFound } from '../../contract/errors.ts'
import type { Device } from '../../contract/devices.ts'
import { deviceReads, deviceWrites } from '../../db/devices.ts'
import { loginWrites } from '../../db/logins.ts'
import { offerWrites } from '../../db/offers.ts'
import { userReads } from '../../db/users.ts'
import { command, type WriteContext } from '../threads/define.ts'
import { deviceToWire } from './wire.ts'

export const deviceCommands = {
  'devices.create': command<
    { kind: DeviceKind; name: string; owner: string | null; token: Uint8Array },
    { device: Device }
  >((context) => {
    const pair = pairer(context)
    const ownerOf = ownerFinder(context)
    return ({ kind, name, owner, token }) => ({
      device: pair({ kind, name, user_id: ownerOf(owner), token: Buffer.from(token) }),
    })
  }),

  'devices.change': command<Input<'devices.change'>, Answer<'devices.change'>>((context) => {
    const { db, zone } = context
    const devices = { ...deviceReads(db.sql), ...deviceWrites(db) }
    const ownerOf = ownerFinder(context)
    return ({ id, name, owner }) => {
      const before = devices.byId(id)
      if (!before) throw notFound('device', id)
      devices.change({
        id,
        name: name ?? before.name,
        user_id: owner === undefined ? before.user_id : ownerOf(owner),
      })
      return deviceToWire(devices.byId(id) ?? before, zone)
    }
  }),

  'devices.remove': command<Input<'devices.remove'>, null>(({ db, clock }) => {
    const devices = deviceWrites(db)
    const logins = loginWrites(db)
    return ({ id }) => {
      if (!devices.end(id, clock())) throw notFound('device', id)
      logins.endOfDevice(id, clock())
      return null
    }
  }),

  /** Whose device a pairing code will make; refused here, so that the code is not worth less than it says. */
  'pairings.create': command<
    { kind: DeviceKind; name: string; owner: string | null; code: Uint8Array; lastsMs: number },
    { expires: number }
  >((context) => {
    const offers = offerWrites(context.db)
    const ownerOf = ownerFinder(context)
    return ({ kind, name, owner, code, lastsMs }) => {
      const now = context.clock()
      offers.put(
        { kind, name, user_id: ownerOf(owner), code: Buffer.from(code), expires_at: now + lastsMs },
        now,
      )
      return { expires: now + lastsMs }
    }
  }),

  'pairings.use': command<{ code: Uint8Array; token: Uint8Array }, { device: Device | null }>((context) => {
    const offers = offerWrites(context.db)
    const pair = pairer(context)
    return ({ code, token }) => {
      const offer = offers.take(Buffer.from(code), context.clock())
      if (!offer || offer.kind === 'login') return { device: null }
      const { kind, name, user_id } = offer
      return { device: pair({ kind, name, user_id, token: Buffer.from(token) }) }
    }
  }),
}

function pairer({ db, clock, zone }: WriteContext) {
  const devices = { ...deviceReads(db.sql), ...deviceWrites(db) }
  return (row: { kind: DeviceKind; name: string; user_id: number | null; token: Buffer }): Device => {
    const stored = devices.byId(devices.insert({ ...row, created_at: clock() }))
    if (!stored) throw new Error('a device was stored and cannot be found')
    return deviceToWire(stored, zone)
  }
}

function ownerFinder({ db }: WriteContext) {
  const users = userReads(db.sql)
  return (handle: string | null): number | null => {
    if (handle === null) return null
    const id = users.idOf(handle)
    if (id === undefined)
      throw new Refusal('invalid', `owner: there is nobody ${handle}`, { owner: 'is nobody' })
    return id
  }
}
