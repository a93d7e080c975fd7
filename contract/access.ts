import { z } from 'zod'
import type { Id } from './shapes.ts'

/** What a person may do: admins look after people, devices, projects and settings; raw data is nobody's but its owner's. */
export const ROLES = ['admin', 'member'] as const
export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>

/**
 * Who may make a call (DESIGN section 7); the operator, `curl` on the machine itself, may make every one.
 *
 * - `anyone`: also who has not said who they are.
 * - `ingest`: agents with a token, people with a log-in; with the setting `ingest = open` the whole LAN.
 * - `kiosk`: a paired kiosk, whoever stands before it.
 * - `page`: a kiosk, or somebody who logged in.
 * - `person`: somebody who logged in, at a kiosk or in a browser.
 * - `member`: somebody who logged in in a browser. A PIN does not get as far.
 * - `admin`: one of those with that role.
 * - `operator`: nobody else.
 * - `monitor`: admins, and devices with a token for figures.
 */
export const ACCESS = [
  'anyone',
  'ingest',
  'kiosk',
  'page',
  'person',
  'member',
  'admin',
  'monitor',
  'operator',
] as const
export type Access = (typeof ACCESS)[number]

export const DEVICE_KINDS = ['agent', 'kiosk', 'monitor'] as const
export const DeviceKind = z.enum(DEVICE_KINDS)
export type DeviceKind = z.infer<typeof DeviceKind>

type UserId = z.infer<typeof Id>

/** On whose behalf something is asked or done, as far as the hub knows. */
export type Viewer =
  | { kind: 'operator' }
  | {
      kind: 'user'
      id: UserId
      handle: string
      role: Role
      at: 'browser' | 'kiosk'
      login: number
      device: number | null
    }
  /** `owner`: whose device it is, by handle. `clockOffsetMs`: how far its clock is ahead, where it said so. */
  | { kind: 'device'; id: number; is: DeviceKind; owner: string | null; clockOffsetMs: number | null }
  /** The hub's own screen has no number: it is the kiosk by where it stands. */
  | { kind: 'kiosk'; device: number | null }
  | { kind: 'stranger' }

/** `curl` on the machine itself, and the hub's own work in the background. */
export const OPERATOR: Viewer = { kind: 'operator' }
