/**
 * The rules of a time zone as a function from an instant (ms since 1970 UTC) to the milliseconds to
 * add for wall time. A part of `time.ts`, through which everybody else goes.
 */

// Asking Intl costs microseconds and an export asks a million times, so each zone fills a table as
// it goes: one number for each 75 hours from 2000 to 2100. No zone changes its clocks twice within
// that (the least in those years is 166 hours), so a stretch that begins and ends alike is alike
// throughout, and one that does not has exactly one change in it.
const STRETCH = 2 ** 28
const TABLE_START = 946_684_800_000 - STRETCH
const TABLE_END = 4_102_444_800_000 + STRETCH
const UNKNOWN = 2 ** 31 - 1
const CHANGES = 2 ** 31 - 2
type Change = { at: number; before: number; after: number }

/**
 * The offsets of an IANA zone, in some nanoseconds a call between 2000 and 2100, correct but slow outside.
 * @throws RangeError if Intl does not know the zone; the function returned, for NaN
 */
export function zoneOffsets(name: string): (at: number) => number {
  return name === 'UTC' ? utcOffset : tabled(intlOffset(name))
}

/** Everybody reads times with offsets by UTC, and in a browser the first question to Intl takes long. */
function utcOffset(at: number): number {
  if (Number.isNaN(at)) throw new RangeError('Invalid time value')
  return 0
}

function intlOffset(name: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
  return (at) => {
    const found = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(format.format(at))
    if (found === null) return 0 // plain 'GMT'
    const [, sign, hours, minutes, seconds = 0] = found
    const size = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
    return sign === '-' ? -size : size
  }
}

function tabled(ask: (at: number) => number): (at: number) => number {
  const table = new Int32Array(Math.ceil((TABLE_END - TABLE_START) / STRETCH)).fill(UNKNOWN)
  const changes = new Map<number, Change>()
  const fill = (index: number): void => {
    const change = changeWithin(ask, TABLE_START + index * STRETCH)
    if (change.before === change.after) table[index] = change.before
    else {
      changes.set(index, change)
      table[index] = CHANGES
    }
  }
  return function offsetAt(at) {
    const index = Math.floor((at - TABLE_START) / STRETCH)
    let offset = table[index]
    if (offset === UNKNOWN) {
      fill(index)
      offset = table[index]
    }
    if (offset === undefined) return ask(at)
    if (offset !== CHANGES) return offset
    const change = changes.get(index)
    return change === undefined ? ask(at) : at < change.at ? change.before : change.after
  }
}

function changeWithin(ask: (at: number) => number, from: number): Change {
  let low = from
  let high = from + STRETCH
  const before = ask(low)
  const after = ask(high)
  if (before !== after)
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (ask(middle) === before) low = middle
      else high = middle
    }
  return { at: high, before, after }
}
