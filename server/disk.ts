import { readdirSync, statfsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseInstant, zone, type Instant } from '../contract/time.ts'

/** Bytes of a file, 0 when it is not there. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** Bytes that may still be written beside a file; null where the system does not say. */
export function diskFree(file: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(dirname(file))
    return bavail * bsize
  } catch {
    return null
  }
}

/** A copy in the folder "backups"; `version`: the schema it has, as its name says (db/migrate.ts). */
export type Backup = { name: string; at: Instant; bytes: number; version: number | null }

/** Whole copies of a database, newest first. */
export function backupsOf(file: string): Backup[] {
  const folder = join(dirname(file), 'backups')
  return namesIn(folder)
    .filter((name) => name.endsWith('.db'))
    .flatMap((name) => {
      const found = statSync(join(folder, name), { throwIfNoEntry: false })
      // The name outlives being copied to another disk, the file's own time does not.
      return found ? [{ at: Math.round(found.mtimeMs), ...named(name), name, bytes: found.size }] : []
    })
    .toSorted((a, b) => b.at - a.at)
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

const NAME = /-v(\d+)-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)(\.\d+)?\.db$/
const utc = zone('UTC')

function named(name: string): { version: number | null; at?: Instant } {
  const found = NAME.exec(name)
  if (!found) return { version: null }
  const [, version, year, month, day, hour, minute, second, fraction = ''] = found
  const at = parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z`, utc)
  return { version: Number(version), ...(at === null ? {} : { at }) }
}

/**
 * The last migration. The schema's number is all that a database keeps of it, but each one begins with a
 * copy of what was there: the newest copy of an older schema shows from where, and when.
 */
export function lastMigration(
  backups: readonly Backup[],
  schema: number,
): { from: number; to: number; at: Instant } | null {
  for (const { version, at } of backups) {
    if (version !== null && version < schema) return { from: version, to: schema, at }
  }
  return null
}
