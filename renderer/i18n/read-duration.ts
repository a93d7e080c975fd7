const MINUTE = 60_000
const HOUR = 60 * MINUTE
const QUARTER = 15 * MINUTE
const LONGEST = 24 * HOUR

/** A bare number above this is minutes: nobody works fifteen hours on one thing, and many meet for 45 minutes. */
const MOST_HOURS = 12

const HOURS = 'h|std|stunden?|hrs?|hours?'
const MINUTES = "m|min|minuten?|minutes?|'"

const CLOCK = /^(\d*):([0-5]\d)$/
const PARTS = new RegExp(`^(?:(\\d+)(?:${HOURS}))?(\\d+)(?:${MINUTES})$`)
const HOURS_AND_REST = new RegExp(`^(\\d+)(?:${HOURS})([0-5]?\\d)$`)
const DECIMAL = new RegExp(`^(\\d*[.,]\\d+|\\d+)(?:${HOURS})$`)
const FRACTION = /^\d*[.,]\d+$/

/** The nearest quarter of an hour, and never none. */
const snapped = (ms: number): number => Math.max(1, Math.round(ms / QUARTER)) * QUARTER

/**
 * A length of time as people type it: `1:30`, `1,5`, `1.5h`, `90m`, `2h 15`, `8`. What says minutes is taken to
 * the minute; decimal hours go to the next quarter. Null for what is no length, none at all, or beyond a day.
 */
export function readDuration(text: string): number | null {
  const ms = lengthOf(text.toLowerCase().replace(/\s+/g, ''))
  return ms !== null && ms > 0 && ms <= LONGEST ? ms : null
}

function lengthOf(typed: string): number | null {
  const exact = CLOCK.exec(typed) ?? PARTS.exec(typed) ?? HOURS_AND_REST.exec(typed)
  if (exact) return Number(exact[1] ?? 0) * HOUR + Number(exact[2]) * MINUTE
  if (/^\d+$/.test(typed)) return Number(typed) * (Number(typed) > MOST_HOURS ? MINUTE : HOUR)
  const hours = DECIMAL.exec(typed)?.[1] ?? FRACTION.exec(typed)?.[0]
  const value = Number(hours?.replace(',', '.'))
  return value > 0 ? snapped(value * HOUR) : null
}

/** The next quarter of an hour up or down; never less than one. */
export function stepDuration(ms: number, by: 1 | -1): number {
  const quarters = by > 0 ? Math.floor(ms / QUARTER) + 1 : Math.ceil(ms / QUARTER) - 1
  return Math.min(LONGEST, Math.max(1, quarters) * QUARTER)
}
