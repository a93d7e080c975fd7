/**
 * Repeatable chance. The generator is sfc32 ("small fast counting", Chris Doty-Humphrey, public
 * domain): four words of state, a period of at least 2^32, quick in JavaScript. It is seeded by text, so
 * that every person's every day has chance of its own: `random('7/anna/2026-11-24')` throws the same
 * dice whether one day is generated or a year.
 */
export type Random = {
  /** 0 ≤ x < 1 */
  next(): number
  /** A whole number between the two, both included. */
  int(from: number, to: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** One of them, each as likely as its weight says. */
  weighted<T extends { weight: number }>(list: readonly T[]): T
  /** Around the median, `sigma` times skewed to the long side (log-normal), as durations are. */
  skewed(median: number, sigma: number): number
}

export function random(seed: string): Random {
  const next = sfc32(seed)
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new RangeError('nothing to pick from')
      return list[Math.floor(next() * list.length)] as T
    },
    weighted<T extends { weight: number }>(list: readonly T[]): T {
      let left = next() * list.reduce((sum, { weight }) => sum + weight, 0)
      const found = list.find(({ weight }) => (left -= weight) < 0) ?? list.at(-1)
      if (!found) throw new RangeError('nothing to pick from')
      return found
    },
    // Four throws added up are near enough to a normal distribution, and cheaper than a logarithm.
    skewed: (median, sigma) => median * Math.exp(sigma * (next() + next() + next() + next() - 2) * 1.732),
  }
}

function sfc32(seed: string): () => number {
  let [a, b, c, count] = [hash(seed, 1), hash(seed, 2), hash(seed, 3), 1]
  const next = () => {
    const sum = (((a + b) | 0) + count) | 0
    count = (count + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  // Its author's advice: the first results still show the seed.
  for (let n = 0; n < 12; n++) next()
  return next
}

/** FNV-1a, stirred at the end. */
function hash(text: string, salt: number): number {
  let value = 0x811c9dc5 ^ salt
  for (let n = 0; n < text.length; n++) value = Math.imul(value ^ text.charCodeAt(n), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  return value ^ (value >>> 13)
}
