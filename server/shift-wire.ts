import type { Stretch as WireStretch } from '../contract/events.ts'
import { formatInstant, type Zone } from '../contract/time.ts'
import type { Stretch } from './shifts.ts'

/** A stretch of a shift as `/api` answers it, in the hub's zone. */
export function stretchToWire({ start, end, kind }: Stretch, zone: Zone): WireStretch {
  return { start: formatInstant(start, zone), end: end === null ? null : formatInstant(end, zone), kind }
}
