import { type Instant, type Zone, addDays, formatInstant, parseInstant } from '../../../contract/time.ts'

const LONGEST = 24 * 3_600_000

export type Missing = { is: 'typing' } | { is: 'impossible' } | { is: 'time'; at: string; ms: number }

/**
 * The end of a shift that nobody clocked out of, from the digits of a time: on the day it began, or after midnight where
 * the clock says less than at its beginning.
 * @param inAt when the shift began
 * @param before when the next one began
 */
export function endOf(digits: string, inAt: string, before: Instant, zone: Zone): Missing {
  if (digits.length < 4) return { is: 'typing' }
  const began = parseInstant(inAt, zone)
  const day = inAt.slice(0, 10)
  const time = `${digits.slice(0, 2)}:${digits.slice(2, 4)}`
  const candidates = [day, addDays(day, 1)].map((on) => parseInstant(`${on}T${time}`, zone))
  const end = candidates.find((at) => began !== null && at !== null && at > began)
  if (began === null || end === undefined || end === null) return { is: 'impossible' }
  const isPossible = end < before && end - began <= LONGEST
  return isPossible ? { is: 'time', at: formatInstant(end, zone), ms: end - began } : { is: 'impossible' }
}

/** `1730` as it is typed: `17:3_`. */
export const shownTime = (digits: string): string => {
  const all = digits.padEnd(4, '_')
  return `${all.slice(0, 2)}:${all.slice(2, 4)}`
}

/** Whether a digit can come next: hours to 23, minutes to 59. */
export const mayFollow = (digits: string, digit: string): boolean =>
  /^(?:[0-2]|[01]\d|2[0-3]|(?:[01]\d|2[0-3])[0-5]\d?)$/.test(digits + digit)
