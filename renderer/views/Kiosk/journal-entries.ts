import type { PunchKind } from '../../../contract/attendance.ts'
import type { ApiError } from '../../api.ts'

/** A punch that the hub is not known to have. */
export type Entry = {
  key: string
  kind: PunchKind
  /** when it was pressed, ISO with offset */
  at: string
  /** what lets this page deliver it after the person has gone */
  ticket: string
  handle: string
  name: string
  /** why the hub does not accept it; null while it waits to be sent */
  reason: string | null
}

export const waiting = (entries: readonly Entry[]): Entry[] => entries.filter(({ reason }) => reason === null)
export const refused = (entries: readonly Entry[]): Entry[] => entries.filter(({ reason }) => reason !== null)

/** The same key is the same press. */
export const add = (entries: readonly Entry[], entry: Entry): Entry[] =>
  entries.some(({ key }) => key === entry.key) ? [...entries] : [...entries, entry]

export const accept = (entries: readonly Entry[], key: string): Entry[] =>
  entries.filter((entry) => entry.key !== key)

export const refuse = (entries: readonly Entry[], key: string, reason: string): Entry[] =>
  entries.map((entry) => (entry.key === key ? { ...entry, reason } : entry))

/** Whoever it concerns has read that these were not accepted. What waits is never forgotten. */
export const seen = (entries: readonly Entry[], keys: readonly string[]): Entry[] =>
  entries.filter(({ key, reason }) => reason === null || !keys.includes(key))

/**
 * What an answer other than yes means: `refused` for good, `later` for this person, as when a ticket or the kiosk's own
 * pairing has to be renewed, or `all later`, when the hub is away or not well.
 */
export function verdictOn({ status }: Pick<ApiError, 'status'>): 'refused' | 'later' | 'all later' {
  if (status === 401 || status === 429) return 'later'
  return status >= 400 && status < 500 ? 'refused' : 'all later'
}

const KINDS: readonly unknown[] = ['in', 'break_start', 'break_end', 'out'] satisfies PunchKind[]

/** What was stored by this page, or by an older version of it. */
export const readEntries = (stored: unknown): Entry[] => (Array.isArray(stored) ? stored.filter(isEntry) : [])

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false
  const { kind, reason, ...texts } = value as Record<string, unknown>
  const hasTexts = ['key', 'at', 'ticket', 'handle', 'name'].every((name) => typeof texts[name] === 'string')
  return hasTexts && KINDS.includes(kind) && (reason === null || typeof reason === 'string')
}
