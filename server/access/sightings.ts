import type { Request } from '../http/route.ts'
import { OPERATOR } from '../../contract/access.ts'
import type { Clock } from '../../contract/time.ts'
import type { Sighting } from '../../db/sightings.ts'
import type { Pool } from '../threads/pool.ts'

/** An SD card need not know to the second when an agent was there. */
const FLUSH_MS = 60_000

/** Remembers who was heard of, and writes it down once a minute. */
export function createSightings(pool: Pick<Pool, 'command'>, clock: Clock) {
  const noted = new Map<string, Sighting>()
  const timer = setInterval(() => void flush(), FLUSH_MS).unref()

  async function flush(): Promise<void> {
    if (noted.size === 0) return
    const sightings = [...noted.values()]
    noted.clear()
    // Lost when the writer is: the next minute tells again.
    await pool.command('access.seen', { sightings }, OPERATOR).catch(() => undefined)
  }

  return {
    note(kind: Sighting['kind'], id: number, req: Request, offset: number | null = null): void {
      const key = `${kind} ${id}`
      noted.set(key, {
        kind,
        id,
        at: clock(),
        address: req.socket.remoteAddress ?? null,
        clock_offset_ms: offset ?? noted.get(key)?.clock_offset_ms ?? null,
      })
    },
    async close(): Promise<void> {
      clearInterval(timer)
      await flush()
    },
  }
}
