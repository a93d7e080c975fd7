import type { Instant } from '../contract/time.ts'
import type { Sqlite, WriteDb } from './open.ts'

/** Wrong secrets that were tried on something: a person's PIN, a password from an address. */
export type AttemptRow = { subject: string; failures: number; last_at: Instant; locked_until: Instant | null }

/** What nobody tries any more is forgotten. */
const FORGET_MS = 86_400_000

export function attemptReads(sql: Sqlite) {
  const bySubject = sql.prepare<[string], AttemptRow>('SELECT * FROM attempts WHERE subject = ?')
  return { of: (subject: string) => bySubject.get(subject) }
}

export function attemptWrites(db: WriteDb) {
  const put = db.sql.prepare<AttemptRow>(
    `INSERT INTO attempts (subject, failures, last_at, locked_until) VALUES (@subject, @failures, @last_at, @locked_until)
     ON CONFLICT DO UPDATE SET failures = @failures, last_at = @last_at, locked_until = @locked_until`,
  )
  const clear = db.sql.prepare<[string]>('DELETE FROM attempts WHERE subject = ?')
  const forget = db.sql.prepare<{ before: Instant; now: Instant }>(
    'DELETE FROM attempts INDEXED BY attempts_last WHERE last_at < @before AND (locked_until IS NULL OR locked_until < @now)',
  )
  return {
    put: (row: AttemptRow) => {
      forget.run({ before: row.last_at - FORGET_MS, now: row.last_at })
      put.run(row)
      db.touch('attempts')
    },
    clear(subject: string): void {
      if (clear.run(subject).changes > 0) db.touch('attempts')
    },
  }
}
