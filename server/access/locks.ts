import type { Instant } from '../../contract/time.ts'
import type { AttemptRow } from '../../db/attempts.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/** So many wrong tries are free; then a pause, twice as long after each further one. */
export type LockRule = { free: number; firstMs: number; mostMs: number }

export const LOCK_RULES = {
  /** DESIGN section 7: five wrong PINs lock for five minutes, growing. */
  pin: { free: 5, firstMs: 5 * MINUTE, mostMs: DAY },
  /** Of one person from one address; others at the same name are not locked out with it. */
  password: { free: 5, firstMs: 5 * MINUTE, mostMs: DAY },
  /** Of one person from everywhere: bounds what many addresses can try together. */
  passwordAnywhere: { free: 50, firstMs: 5 * MINUTE, mostMs: 60 * MINUTE },
  /** From one address, on whatever. */
  address: { free: 30, firstMs: 5 * MINUTE, mostMs: 60 * MINUTE },
  /** Numbers that no badge has, at one kiosk: a drawer full of old cards is no attack. */
  badge: { free: 20, firstMs: MINUTE, mostMs: 15 * MINUTE },
  /** Set-up and pairing codes, from one address. */
  code: { free: 10, firstMs: 5 * MINUTE, mostMs: DAY },
} as const satisfies Record<string, LockRule>

export type LockKind = keyof typeof LOCK_RULES

/**
 * One more try, counted before it is looked at, so that a hundred at once are a hundred: `lockedUntil` says that it
 * is none; a right one clears the count afterwards.
 */
export function counted(
  before: AttemptRow | undefined,
  subject: string,
  { free, firstMs, mostMs }: LockRule,
  now: Instant,
): { lockedUntil: Instant } | { row: AttemptRow } {
  const { failures = 0, locked_until = null } = before ?? {}
  if (locked_until !== null && locked_until > now) return { lockedUntil: locked_until }
  const tries = failures + 1
  const pause = tries < free ? null : Math.min(mostMs, firstMs * 2 ** Math.min(tries - free, 20))
  return {
    row: { subject, failures: tries, last_at: now, locked_until: pause === null ? null : now + pause },
  }
}

/** Who is counted as one: an IPv6 network of 64 bits is one household, however many addresses it has. */
export function addressOf(remote: string | undefined): string {
  const address = (remote ?? '').replace(/^::ffff:/, '')
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? []
  const groups = head.split(':').filter(Boolean)
  const filled = tail === undefined ? groups : [...groups, ...Array<string>(8).fill('0')]
  return `${filled.slice(0, 4).join(':')}::/64`
}
