/**
 * Why the database cannot be used, in words for the person who has to mend it. Final: retrying
 * does not help, so the hub says it and ends with a code other than 0.
 */
export type ProblemCode = 'unwritable' | 'in_use' | 'newer' | 'foreign' | 'corrupt' | 'disk_full' | 'missing'

export class DatabaseProblem extends Error {
  readonly code: ProblemCode

  constructor(code: ProblemCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'DatabaseProblem'
    this.code = code
  }
}

/** The SQLite or system code of an error (`SQLITE_FULL`, `EACCES`), '' when it has none. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return ''
}

export function isCorrupt(error: unknown): boolean {
  const code = codeOf(error)
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB'
}

export function isFull(error: unknown): boolean {
  return ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'].includes(codeOf(error))
}

/** Translates what SQLite or the file system said while `file` was opened or migrated. */
export function problemOf(error: unknown, file: string): unknown {
  if (error instanceof DatabaseProblem) return error
  const code = codeOf(error)
  if (isFull(error)) {
    return new DatabaseProblem(
      'disk_full',
      `The disk that holds ${file} is full. Free some space and start again; nothing was changed.`,
      error,
    )
  }
  if (isCorrupt(error)) {
    return new DatabaseProblem(
      'corrupt',
      `${file} is damaged or not a SQLite database. Move it away and put the newest file from the folder "backups" in its place, or start with another --data folder.`,
      error,
    )
  }
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') {
    return new DatabaseProblem('in_use', `${file} is in use by another process. Stop it first.`, error)
  }
  if (
    [
      'SQLITE_CANTOPEN',
      'SQLITE_READONLY',
      'SQLITE_PERM',
      'SQLITE_IOERR',
      'EACCES',
      'EPERM',
      'EROFS',
      'ENOENT',
      'ENOTDIR',
      'EEXIST',
      'EISDIR',
    ].some((known) => code.startsWith(known))
  ) {
    return new DatabaseProblem(
      'unwritable',
      `Cannot write ${file} (${code}). Check that the folder exists, belongs to you and is not read-only, or choose another one with --data.`,
      error,
    )
  }
  return error
}
