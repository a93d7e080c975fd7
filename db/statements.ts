import type { Sqlite, Statement } from './open.ts'

/** Prepares a statement the first time its text is asked for; for SQL that is put together from filters. */
export function statementCache(sql: Sqlite): (text: string) => Statement {
  const known = new Map<string, Statement>()
  return (text) => {
    let statement = known.get(text)
    if (!statement) known.set(text, (statement = sql.prepare(text)))
    return statement
  }
}
