import { hash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { zone } from '../../contract/time.ts'
import { claim } from '../../db/claim.ts'
import { MIGRATIONS } from '../../db/migrations/list.ts'
import { databaseFile } from '../../server/host/data-folder.ts'
import { fillDatabase } from '../demo/fill.ts'

export const ZONE = 'Europe/Berlin'
/** The newest day of the measured database: fixed, so that it can be kept. */
export const LAST_DAY = '2025-11-14'
export const PEOPLE = 22

/** Grows when the same command line would make another database. */
const MAKING = 3

export type BenchData = {
  /** A data folder as the server takes it. */
  folder: string
  file: string
  /** A data folder with a copy of it, for those who write. */
  copy(): { folder: string; file: string; remove(): void }
}

/**
 * The database that is measured on: made once, kept in $TIMETRACK_BENCH_DB or the machine's folder for
 * temporary files. Every event of the past is assigned, so that an export of all has a million rows.
 */
export function benchDatabase(
  events: number,
  cache: string | undefined,
  log: (line: string) => void,
): BenchData {
  const home = cache ?? path.join(tmpdir(), 'timetrack-bench')
  const schema = hash('sha256', MIGRATIONS.join('\n')).slice(0, 8)
  const folder = path.join(home, `${events}-schema-${schema}-made-${MAKING}`)
  const file = databaseFile(folder)
  if (!existsSync(file)) make(events, folder, log)
  // Another run on the same file is told from a hub that does not start, and said at once.
  claim(file).release()
  return {
    folder,
    file,
    copy() {
      const own = mkdtempSync(path.join(home, 'copy-'))
      copyFileSync(file, databaseFile(own))
      return {
        folder: own,
        file: databaseFile(own),
        remove: () => rmSync(own, { recursive: true, force: true }),
      }
    },
  }
}

function make(events: number, folder: string, log: (line: string) => void): void {
  // Made under another name: one that was interrupted is not taken for the real one.
  const draft = `${folder}-draft`
  rmSync(draft, { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true })
  log(`making a database of ${events} events in ${folder} …`)
  const began = performance.now()
  const result = fillDatabase(databaseFile(draft), {
    now: Date.now(),
    zone: ZONE,
    lastDay: LAST_DAY,
    people: PEOPLE,
    events,
    assignedShare: 1,
    undoable: false,
  })
  if (!result.filled) throw new Error(result.why)
  renameSync(draft, folder)
  log(
    `made in ${((performance.now() - began) / 1000).toFixed(1)} s, ${result.assignments} events are assigned`,
  )
}

export const benchZone = zone(ZONE)
