import type { Device } from '../../contract/devices.ts'
import { formatInstant, type Zone } from '../../contract/time.ts'
import type { DeviceRow } from '../../db/devices.ts'

export function deviceToWire(row: DeviceRow, zone: Zone): Device {
  const { id, kind, name, owner, address } = row
  return {
    id,
    kind,
    name,
    owner,
    since: formatInstant(row.created_at, zone),
    lastSeen: row.last_seen === null ? null : formatInstant(row.last_seen, zone),
    address,
    clockOffsetMs: row.clock_offset_ms,
  }
}
