import { firstTables } from './0001-first-tables.ts'
import { searchPerCommit } from './0002-search-per-commit.ts'
import { sessionsAndRules } from './0003-sessions-and-rules.ts'
import { peopleAndAccess } from './0004-people-and-access.ts'
import { attendance } from './0005-attendance.ts'

/** Migration n brings `user_version` from n − 1 to n. Only ever grows. */
export const MIGRATIONS: readonly string[] = [
  firstTables,
  searchPerCommit,
  sessionsAndRules,
  peopleAndAccess,
  attendance,
]

export const SCHEMA_VERSION = MIGRATIONS.length
