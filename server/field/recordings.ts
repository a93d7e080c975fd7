import type { Clock, Zone } from '../../contract/time.ts'
import { isNaive } from '../../contract/time.ts'
import type { CommandInput } from '../threads/pool.ts'
import type { PhoneEvent, WindowEvent } from './shapes.ts'
import { laterReading, spanFromField } from './times.ts'
import { directionFromField } from './wire.ts'

/** Empty strings stand for "unknown" in what the call logger sends. */
function known(text: string | null | undefined): string | null {
  return text === undefined || text === '' ? null : text
}

export function windowRecording(sent: WindowEvent, zone: Zone, clock: Clock): CommandInput<'events.record'> {
  return recording(
    { ...sent, source: 'window', title: sent.window_title, app: sent.process_name },
    zone,
    clock,
  )
}

export function phoneRecording(sent: PhoneEvent, zone: Zone, clock: Clock): CommandInput<'events.record'> {
  return recording({ ...sent, source: 'phone', title: null, app: null }, zone, clock)
}

type Sent = Partial<PhoneEvent> & { source: 'window' | 'phone'; title: string | null; app: string | null }

function recording(sent: Sent, zone: Zone, clock: Clock): CommandInput<'events.record'> {
  const span = spanFromField(sent, zone, clock)
  const naive = isNaive(sent.timestamp_start ?? '')
  return {
    source: sent.source,
    user: known(sent.user_id),
    machine: known(sent.machine_id),
    device: known(sent.device_id),
    ...span,
    later: naive ? laterReading(span, zone) : undefined,
    title: sent.title,
    app: sent.app,
    url: null,
    phone_number: known(sent.phone_number),
    contact: known(sent.contact_name),
    direction: directionFromField(sent.direction),
    private: 0,
  }
}
