import { firstTables } from './0001-first-tables.ts'

/** Migration n brings `user_version` from n − 1 to n. Only ever grows. */
export const MIGRATIONS: readonly string[] = [firstTables]

export const SCHEMA_VERSION = MIGRATIONS.length
