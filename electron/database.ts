import { systemClock } from '../contract/time.ts'
import { claim } from '../db/claim.ts'
import { prepareDatabase } from '../db/migrate.ts'
import { databaseFile } from '../server/host/data-folder.ts'
import type { Log } from './log.ts'

/**
 * Migrates before any server runs, once, with a backup, while nobody else can: the claim is let go of for the
 * server, which takes its own and finds nothing to do.
 * @throws DatabaseProblem
 */
export function prepareDatabaseFor(data: string, log: Log): void {
  const file = databaseFile(data)
  const claimed = claim(file)
  try {
    const prepared = prepareDatabase(file, systemClock())
    if (prepared.from !== prepared.to) log(prepared, 'Database migrated')
  } finally {
    claimed.release()
  }
}
