import { OPERATOR } from '../../contract/access.ts'
import { Refusal } from '../../contract/errors.ts'
import { formatInstant, type Zone } from '../../contract/time.ts'
import type { Pool } from '../threads/pool.ts'
import type { Try } from './commands.ts'

/** Counts a try before it is looked at. @throws Refusal 429 that says until when, in `fields.until` */
export function tryCounter(pool: Pick<Pool, 'command'>, zone: Zone) {
  return async (...tries: Try[]): Promise<void> => {
    const { lockedUntil } = await pool.command('attempts.take', { tries }, OPERATOR)
    if (lockedUntil === null) return
    const until = formatInstant(lockedUntil, zone)
    throw new Refusal('too_many', `Too many wrong tries. Locked until ${until.slice(11, 16)}.`, { until })
  }
}

/** One sentence for whoever is not known, not active, or wrong: which of it is nobody's business. */
export const wrong = (what: string): Refusal => new Refusal('unauthorized', `${what} is wrong.`)
