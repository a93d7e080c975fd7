import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { databaseFile } from '../../server/host/data-folder.ts'
import { sync } from './programs.ts'

const folderOf = (data: string) => join(data, 'backups')

/** Backups that migrations have left. */
export function backupsIn(data: string): string[] {
  if (!existsSync(folderOf(data))) return []
  return readdirSync(folderOf(data))
    .filter((name) => /^timetrack-v\d+-[\d-]+\.db$/.test(name))
    .sort()
}

/**
 * The older version refuses a database that the newer one has migrated. If it was, the backup from before is
 * put back, and what the newer one has left is kept beside it: nothing that was recorded is thrown away.
 * @returns where that is; nothing when there was no migration
 */
export function undoMigration(data: string, before: readonly string[], version: string): string | undefined {
  const backup = backupsIn(data).find((name) => !before.includes(name))
  if (backup === undefined) return undefined
  const file = databaseFile(data)
  const kept = join(folderOf(data), `${basename(backup, '.db')}-as-${version}-left-it.db`)
  const partial = `${file}.restored`
  mkdirSync(folderOf(data), { recursive: true })
  copyFileSync(join(folderOf(data), backup), partial)
  sync(partial)
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix)
  }
  renameSync(partial, file)
  sync(dirname(file))
  return kept
}
