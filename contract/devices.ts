import { z } from 'zod'
import { DeviceKind } from './access.ts'
import { call } from './call.ts'
import { LIMITS } from './events.ts'
import { Id, IdText, Time, label } from './shapes.ts'

export const Device = z.object({
  id: Id,
  kind: DeviceKind,
  name: z.string(),
  owner: z.string().nullable().describe('handle; whatever the device reports is theirs'),
  since: Time,
  lastSeen: Time.nullable(),
  address: z.string().nullable(),
  clockOffsetMs: z.int().nullable().describe('how far its clock is ahead of the hub’s; null: not measured'),
})
export type Device = z.infer<typeof Device>

const about = { kind: DeviceKind, name: label(LIMITS.name), owner: label(LIMITS.handle).nullable() }

export const deviceCalls = {
  'devices.list': call({
    method: 'get',
    path: '/api/devices',
    tag: 'Devices',
    summary: 'Paired devices',
    access: 'admin',
    answer: z.object({ items: z.array(Device) }),
  }),
  'devices.create': call({
    method: 'post',
    path: '/api/devices',
    tag: 'Devices',
    summary: 'Pair a device by hand: its token is answered once, to be put into its settings',
    access: 'admin',
    body: z.strictObject({ ...about, owner: about.owner.default(null) }),
    status: 201,
    answer: z.object({ device: Device, token: z.string() }),
  }),
  'devices.change': call({
    method: 'patch',
    path: '/api/devices/:id',
    tag: 'Devices',
    summary: 'Rename a device or give it another owner',
    access: 'admin',
    params: z.object({ id: IdText }),
    body: z.strictObject({ name: about.name, owner: about.owner }).partial(),
    answer: Device,
  }),
  'devices.remove': call({
    method: 'delete',
    path: '/api/devices/:id',
    tag: 'Devices',
    summary: 'Unpair a device: its token is worth nothing from now on',
    access: 'admin',
    params: z.object({ id: IdText }),
    status: 204,
  }),
  'pairings.create': call({
    method: 'post',
    path: '/api/pairings',
    tag: 'Devices',
    summary: 'A short code with which one device pairs within ten minutes',
    access: 'admin',
    body: z.strictObject({ ...about, owner: about.owner.default(null) }),
    status: 201,
    answer: z.object({ code: z.string(), expires: Time }),
  }),
  'pairings.use': call({
    method: 'post',
    path: '/api/pairings/use',
    tag: 'Devices',
    summary: 'Pair with a code; a browser becomes a kiosk by the cookie, others get their token',
    access: 'anyone',
    body: z.strictObject({ code: label(20) }),
    status: 201,
    answer: z.object({ device: Device, token: z.string().nullable().describe('null for a kiosk') }),
  }),
} as const
