import { createHash } from 'node:crypto'
import type { Reported } from './record.ts'

/** 128 bits of SHA-256: no two of a million events share them by chance. */
function digest(parts: readonly (string | number | null | undefined)[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16)
}

/** Key of an event whose client names it: the same person's same key is the same event. */
export function dedupeByKey(user: string | null | undefined, key: string): Buffer {
  return digest(['key', user, key])
}

/**
 * Key of an event whose client cannot name it (field contract: the tray agent sends an event again
 * when the answer was lost): all that it says about itself.
 */
export function dedupeByContent(event: Reported): Buffer {
  const { source, user, machine, device, start, end, title, app, phone_number, contact, direction } = event
  return digest([
    'content',
    source,
    user,
    machine,
    device,
    start,
    end,
    title,
    app,
    phone_number,
    contact,
    direction,
  ])
}
