import type { Instant } from '../contract/time.ts'
import type { Sqlite, WriteDb } from './open.ts'

/** Something that was done: by whom, by which way, to which row; never what was in it. */
export type AuditRow = {
  id: number
  at: Instant
  user_id: number | null
  via: string
  action: string
  subject: number | null
}

export function auditReads(sql: Sqlite) {
  const latest = sql.prepare<[number], AuditRow>('SELECT * FROM audit_log ORDER BY id DESC LIMIT ?')
  return { latest: (limit: number) => latest.all(limit) }
}

export function auditWrites(db: Pick<WriteDb, 'sql'>) {
  const insert = db.sql.prepare<Omit<AuditRow, 'id'>>(
    'INSERT INTO audit_log (at, user_id, via, action, subject) VALUES (@at, @user_id, @via, @action, @subject)',
  )
  return { add: (row: Omit<AuditRow, 'id'>) => void insert.run(row) }
}
