import Database from 'better-sqlite3'
import { dirname } from 'node:path'
import { makeFolder } from './folder.ts'
import { DatabaseProblem, codeOf, problemOf } from './problem.ts'

export type Claim = { release(): void }

/** A connection that nobody refers to is closed by the garbage collector, and its lock with it. */
const held = new Set<Database.Database>()

/**
 * Claims a database for one hub or tool: a second one on the same file would be a second writer whose
 * commits the first does not number. The claim is a lock of the operating system on `<file>.lock`
 * (held by SQLite), so it ends with the process, however that ends.
 */
export function claim(file: string): Claim {
  const lockFile = `${file}.lock`
  let lock: Database.Database | undefined
  try {
    makeFolder(dirname(file))
    lock = new Database(lockFile, { timeout: 0 })
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock?.close()
    if (codeOf(error) === 'SQLITE_BUSY') {
      throw new DatabaseProblem(
        'in_use',
        `${file} is in use by another TimeTrack hub or tool. Stop it first.`,
        error,
      )
    }
    throw problemOf(error, lockFile)
  }
  const mine = lock
  held.add(mine)
  return {
    release() {
      held.delete(mine)
      mine.close()
    },
  }
}
