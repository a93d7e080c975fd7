import type { Instant } from '../contract/time.ts'
import { openReader, type Sqlite, type WriteDb } from './open.ts'

/** Settings as JSON by name; what is not there has its default. */
export function settingReads(sql: Sqlite) {
  const byName = sql.prepare<[string], string>('SELECT value FROM settings WHERE name = ?').pluck()
  return {
    get(name: string): unknown {
      const value = byName.get(name)
      return value === undefined ? undefined : (JSON.parse(value) as unknown)
    },
  }
}

/**
 * One setting of a database that no hub has opened yet; undefined where there is none. Whether the file is
 * sound is for whoever opens it next to say.
 */
export function storedSetting(file: string, name: string): unknown {
  let sql: Sqlite | undefined
  try {
    sql = openReader(file)
    return settingReads(sql).get(name)
  } catch {
    return undefined
  } finally {
    sql?.close()
  }
}

export function settingWrites(db: WriteDb) {
  const put = db.sql.prepare<{ name: string; value: string; at: Instant }>(
    `INSERT INTO settings (name, value, changed_at) VALUES (@name, @value, @at)
     ON CONFLICT DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at`,
  )
  return {
    put(name: string, value: unknown, at: Instant): void {
      put.run({ name, value: JSON.stringify(value), at })
      db.touch('settings')
    },
  }
}
