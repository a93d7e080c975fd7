import type { Instant } from '../../contract/time.ts'
import type { Cap, MemoryLimits, Part } from './memory-limits.ts'
import type { ProcessMemory } from './process-memory.ts'

export type Reading = ProcessMemory & { pid: number; part: Part }

export type Replaceable = 'renderer' | 'server'

/** `replace`: at a quiet moment, gently. `kill`: now. */
export type MemoryAction = { kind: 'replace' | 'kill'; part: Replaceable; pid: number; reason: string }

/** How long a process has been over its soft cap. */
type Excess = { samples: number; since: Instant }

export type Memory = {
  /** By process: a new one begins with nothing. */
  over: ReadonlyMap<number, Excess>
  /** All together. */
  total: Excess | null
  replacedAt: Partial<Record<Replaceable, Instant>>
}

export const NOTHING_YET: Memory = { over: new Map(), total: null, replacedAt: {} }

export type Moment = { now: Instant; quietForMs: number }

const isReplaceable = (part: Part): part is Replaceable => part === 'renderer' || part === 'server'

/** What one sample asks for. Pure: what was seen before comes in and goes out. */
export function judgeMemory(
  limits: MemoryLimits,
  before: Memory,
  readings: readonly Reading[],
  { now, quietForMs }: Moment,
): { memory: Memory; actions: MemoryAction[] } {
  const replaceable = readings.filter((reading) => isReplaceable(reading.part))
  const over = new Map<number, Excess>()
  for (const { pid, part, ownMb } of replaceable) {
    const cap = limits.caps[part as Replaceable]
    const excess = excessOf(before.over.get(pid), ownMb, cap, now)
    if (excess) over.set(pid, excess)
  }
  const sum = totalMb(readings)
  const total = excessOf(before.total ?? undefined, sum, limits.total, now) ?? null
  const memory: Memory = { over, total, replacedAt: { ...before.replacedAt } }
  const actions: MemoryAction[] = []

  const act = (kind: MemoryAction['kind'], reading: Reading, why: string) => {
    const part = reading.part as Replaceable
    if (actions.some(({ pid }) => pid === reading.pid)) return
    actions.push({ kind, part, pid: reading.pid, reason: `over its memory: ${why}` })
    memory.replacedAt[part] = now
  }
  const isDue = (excess: Excess | null | undefined, part: Replaceable) =>
    excess !== null &&
    excess !== undefined &&
    excess.samples >= limits.samples &&
    (quietForMs >= limits.quietMs || now - excess.since >= limits.patienceMs) &&
    now - (before.replacedAt[part] ?? -Infinity) >= limits.restMs

  for (const reading of replaceable) {
    const part = reading.part as Replaceable
    const cap = limits.caps[part]
    const own = reading.ownMb ?? 0
    if (own > cap.hardMb) act('kill', reading, `${own} MB, at most ${cap.hardMb}`)
    else if (isDue(over.get(reading.pid), part)) act('replace', reading, `${own} MB, cap ${cap.softMb}`)
  }
  const largest = largestOf(limits, replaceable)
  if (largest && actions.length === 0 && sum !== null) {
    if (sum > limits.total.hardMb) act('kill', largest, `${sum} MB together, at most ${limits.total.hardMb}`)
    else if (isDue(total, largest.part as Replaceable))
      act('replace', largest, `${sum} MB together, cap ${limits.total.softMb}`)
  }
  return { memory, actions }
}

/** An unknown size neither starts nor ends an excess: not being able to look is no all-clear. */
function excessOf(before: Excess | undefined, mb: number | null, cap: Cap, now: Instant): Excess | undefined {
  if (mb === null) return before
  if (mb <= cap.softMb) return undefined
  return { samples: (before?.samples ?? 0) + 1, since: before?.since ?? now }
}

/** What is known of everybody; null when nothing is. */
export function totalMb(readings: readonly Reading[]): number | null {
  const known = readings.flatMap(({ ownMb }) => (ownMb === null ? [] : [ownMb]))
  return known.length === 0 ? null : Math.round(known.reduce((a, b) => a + b) * 10) / 10
}

/** Whoever fills the most of its own cap can best be blamed for the whole. */
function largestOf(limits: MemoryLimits, readings: readonly Reading[]): Reading | undefined {
  const share = ({ part, ownMb }: Reading) => (ownMb ?? 0) / limits.caps[part as Replaceable].softMb
  return readings.filter(({ ownMb }) => ownMb !== null).toSorted((a, b) => share(b) - share(a))[0]
}
