import { Refusal } from '../../contract/errors.ts'
import {
  formatWall,
  isDay,
  parseInstant,
  readSpan,
  type Clock,
  type Instant,
  type Span,
  type Zone,
} from '../../contract/time.ts'

type SentTimes = {
  timestamp_start?: string | null | undefined
  timestamp_end?: string | null | undefined
  duration_seconds?: number | null | undefined
}

function refuse(field: string, message: string): never {
  throw new Refusal('invalid', `${field}: ${message}`, { [field]: message })
}

/** When an event was, from what a field client sends: naive times mean the hub's zone. @throws Refusal */
export function spanFromField(sent: SentTimes, zone: Zone, clock: Clock): Span {
  const { timestamp_start: start, timestamp_end: end, duration_seconds: durationSeconds } = sent
  if (start === null || start === undefined)
    return endingAt(end, Math.round((durationSeconds ?? 0) * 1000), zone, clock)
  const span = readSpan({ start, end, durationSeconds }, zone)
  if (!('error' in span)) return span
  if (span.error === 'start') refuse('timestamp_start', NOT_A_TIME)
  if (span.error === 'end') refuse('timestamp_end', NOT_A_TIME)
  if (span.error === 'duration') refuse('duration_seconds', 'must not be negative or reach beyond 2100')
  return refuse('timestamp_end', 'must not be before timestamp_start')
}

/** Without a start: the start is now, or so long before the end that is given. */
function endingAt(end: string | null | undefined, ms: number, zone: Zone, clock: Clock): Span {
  if (end === null || end === undefined) {
    const now = clock()
    return { start: now, end: now + ms }
  }
  const at = parseInstant(end, zone) ?? refuse('timestamp_end', NOT_A_TIME)
  return { start: at - ms, end: at }
}

/**
 * The second reading of a span in the hour that clocks show twice; undefined at any other time. Which
 * of the two it was, only what came before can tell.
 */
export function laterReading({ start, end }: Span, zone: Zone): Span | undefined {
  for (const shift of SHIFTS_MS) {
    const later = { start: start + shift, end: end + shift }
    if (
      formatWall(later.start, zone) === formatWall(start, zone) &&
      formatWall(later.end, zone) === formatWall(end, zone)
    )
      return later
  }
  return undefined
}

/** Clocks are put back by an hour, on Lord Howe Island by half of one. */
const SHIFTS_MS = [3_600_000, 1_800_000]

const NOT_A_TIME = 'must be a time between 2000 and 2100, such as 2025-11-15T10:00:00'

/** A bound in a query string: a time or a day; a `+` that nobody escaped arrives as a space. @throws Refusal */
export function boundFromField(name: string, text: string | undefined, zone: Zone): Instant | undefined {
  if (text === undefined || text === '') return undefined
  const repaired = text.replace(/ (\d{2}:?\d{2})$/, '+$1')
  const at =
    parseInstant(isDay(repaired) ? `${repaired}T00:00:00` : repaired, zone) ?? parseInstant(text, zone)
  return at ?? refuse(name, NOT_A_TIME)
}
