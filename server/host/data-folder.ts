import { join, resolve } from 'node:path'

/**
 * The folder of the database, unless the command line names one. One default for the window and for the
 * hub without it, so that both show the same hours.
 */
export function dataFolder(env: Record<string, string | undefined>, home: string): string {
  // An empty variable counts as none (XDG Base Directory Specification).
  const folder =
    env['TIMETRACK_DATA'] || join(env['XDG_DATA_HOME'] || join(home, '.local/share'), 'timetrack')
  return resolve(folder)
}

/** Where the database lies in a data folder. */
export function databaseFile(data: string): string {
  return join(data, 'timetrack.db')
}
