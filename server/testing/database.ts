import { prepareDatabase } from '../../db/migrate.ts'
import { openReader, openWriter } from '../../db/open.ts'
import { databaseFile } from '../host/data-folder.ts'

/** How often each title is in the database of this data folder. */
export function storedTitles(data: string): Map<string, number> {
  const sql = openReader(databaseFile(data))
  try {
    const rows = sql.prepare<[], [string, number]>('SELECT title, count(*) FROM events GROUP BY title')
    return new Map(rows.raw().all())
  } finally {
    sql.close()
  }
}

/** A database as a TimeTrack of the far future would leave it. */
export function makeNewerDatabase(data: string): void {
  prepareDatabase(databaseFile(data), 0)
  const sql = openWriter(databaseFile(data))
  sql.pragma('user_version = 9999')
  sql.close()
}
