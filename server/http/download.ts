import type { Response } from 'express'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { formatWall, type Instant, type Zone } from '../../contract/time.ts'

/** `export_20261124_093000.csv`, in the hub's zone (field-contract: `GET /export/csv`). */
export function csvFileName(at: Instant, zone: Zone): string {
  const digits = formatWall(at, zone).slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '_')
  return `export_${digits}.csv`
}

/** A client that takes nothing for this long holds a snapshot, and with it the write-ahead log, for nothing. */
const STALLED_MS = 60_000

/**
 * Streams an answer, as a file to download when it has a name; a client that goes away ends the work for it.
 * Pieces of one without a name go out as they come, no compressor holds them back.
 */
export async function sendStream(
  res: Response,
  pieces: AsyncGenerator<Uint8Array>,
  head: { type: string; name?: string },
): Promise<void> {
  res.setTimeout(STALLED_MS, () => res.destroy())
  try {
    const first = await pieces.next() // before the headers: what fails here still is an ordinary error
    res.setHeader('Content-Type', head.type)
    if (head.name !== undefined) res.setHeader('Content-Disposition', `attachment; filename="${head.name}"`)
    res.setHeader('Cache-Control', head.name === undefined ? 'no-store, no-transform' : 'no-store')
    const rest = (async function* () {
      if (!first.done) yield first.value
      yield* pieces
    })()
    await pipeline(Readable.from(rest), res)
  } catch (error) {
    if (!res.destroyed) throw error
  } finally {
    // A client that went away before the first piece left it untouched, and a reader waiting.
    await pieces.return(undefined)
  }
}
