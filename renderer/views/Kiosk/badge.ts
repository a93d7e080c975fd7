/** As the contract has it. */
const SHORTEST = 4
const LONGEST = 64
/** A reader types a character every few milliseconds, whoever is quick at a keyboard every hundred. */
const FAST = 50
/** After that much silence somebody else begins. */
const PAUSE = 300

/**
 * Tells the reader of badges, which is a keyboard to the system, from somebody who types: it is faster, and ends with
 * Enter. Half of its pauses may be longer, when the machine is busy with something else.
 */
export function createBadgeReader() {
  let typed = ''
  let gaps: number[] = []
  let last = -Infinity

  function forget() {
    typed = ''
    gaps = []
  }

  /**
   * @param key as `KeyboardEvent.key` has it
   * @param at when, in milliseconds
   * @returns the badge that this key completes, if it does
   */
  function press(key: string, at: number): string | null {
    const gap = at - last
    last = at
    if (gap > PAUSE) forget()
    else gaps.push(gap)
    if (key === 'Enter') {
      const badge = isBadge() ? typed : null
      forget()
      return badge
    }
    if (/^[0-9A-Za-z]$/.test(key)) typed += key
    // Readers of some cards hold Shift for capitals.
    else if (key !== 'Shift') forget()
    return null
  }

  const isBadge = () =>
    typed.length >= SHORTEST && typed.length <= LONGEST && gaps.length >= typed.length && median(gaps) < FAST

  return { press }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Infinity
}

export type Waiting = { badge: string; at: number }

/** Whoever held it there has gone by then, and must not be logged in before somebody else. */
export const STALE = 20_000
const MOST = 3

/** Badges that were read while somebody was logged in or about to be: first come, first served. */
export const queued = (queue: readonly Waiting[], next: Waiting): Waiting[] =>
  // A badge that is held there twice is one log-in.
  queue.some(({ badge }) => badge === next.badge) ? [...queue] : [...queue, next].slice(0, MOST)

export function dequeued(queue: readonly Waiting[], now: number): { badge: string | null; rest: Waiting[] } {
  const [first, ...rest] = queue.filter(({ at }) => now - at < STALE)
  return { badge: first?.badge ?? null, rest }
}
