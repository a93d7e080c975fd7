import { openReader, type Sqlite } from '../../db/open.ts'

/** One read as it was sent to SQLite. */
export type Read = { sql: string; args: unknown[] }

/**
 * Runs `work` on a connection that takes down what is read through it, and answers with the read that
 * returned the rows. So a baseline runs the very SQL that the product runs, today's and tomorrow's.
 */
export function readOf(file: string, work: (sql: Sqlite) => void): Read {
  const sql = openReader(file)
  try {
    const reads: Read[] = []
    work(watched(sql, reads))
    const last = reads.at(-1)
    if (!last) throw new Error('nothing was read')
    return last
  } finally {
    sql.close()
  }
}

function watched(sql: Sqlite, reads: Read[]): Sqlite {
  return new Proxy(sql, {
    get(target, name) {
      if (name === 'prepare') return (text: string) => watchedStatement(target.prepare(text), text, reads)
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

function watchedStatement<T extends object>(statement: T, sql: string, reads: Read[]): T {
  return new Proxy(statement, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        if (name === 'all' || name === 'iterate') reads.push({ sql, args })
        return (value as (...args: unknown[]) => unknown).apply(target, args)
      }
    },
  })
}
