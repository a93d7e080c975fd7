import type { Source } from '../contract/events.ts'
import { LATEST, type Day, type Instant, type Span } from '../contract/time.ts'
import type { Sqlite, WriteDb } from './open.ts'

export type SessionRow = {
  id: number
  user_id: number | null
  day: Day
  /** Source and program, `window:winword.exe`; what events are told apart by. */
  stream: string
  title: string | null
  piece: number | null
  start: Instant
  end: Instant
  active_ms: number
  event_count: number
  break_count: number
}

/** An event as sessions are made of it, with where it is now. */
export type SessionEventRow = {
  id: number
  source: Source
  start: Instant
  end: Instant
  title: string | null
  app: string | null
  url: string | null
  phone_number: string | null
  contact: string | null
  machine: string | null
  piece: number | null
  session_id: number | null
  away_ms: number
}

/** An event that came or was changed. */
export type ChangedEventRow = SessionEventRow & { user_id: number | null }

/** One person's events of a span; `user` null: those of nobody. */
export type PersonSpan = { user: number | null; from: Instant; to: Instant }

const EVENT = `id, source, start, "end", title, app, url, phone_number, contact, machine, piece, session_id, away_ms`

export function sessionReads(sql: Sqlite) {
  const events = sql.prepare<PersonSpan, SessionEventRow>(
    `SELECT ${EVENT} FROM events INDEXED BY events_user_start
     WHERE deleted_at IS NULL AND user_id IS @user AND start >= @from AND start < @to AND source <> 'afk' ORDER BY start, id`,
  )
  const away = sql.prepare<PersonSpan, Span & { machine: string | null }>(
    `SELECT start, "end", machine FROM events INDEXED BY events_user_source_start
     WHERE deleted_at IS NULL AND user_id IS @user AND source = 'afk' AND ignored = 0 AND start >= @from AND start < @to AND "end" > start`,
  )
  const ofDay = sql.prepare<{ user: number | null; day: Day }, SessionRow>(
    'SELECT * FROM sessions WHERE user_id IS @user AND day = @day ORDER BY start, id',
  )
  const open = sql.prepare<{ user: number | null; day: Day; since: Instant }, SessionRow>(
    `SELECT * FROM sessions WHERE user_id IS @user AND day = @day AND "end" >= @since AND piece IS NULL ORDER BY start, id`,
  )
  const after = sql.prepare<[number], ChangedEventRow>(`SELECT ${EVENT}, user_id FROM events WHERE id > ?`)
  const changed = sql.prepare<[number], ChangedEventRow>(`SELECT ${EVENT}, user_id FROM events WHERE id = ?`)
  const latestStart = sql
    .prepare<PersonSpan & { upTo: number }, Instant>(
      `SELECT start FROM events INDEXED BY events_user_start
       WHERE deleted_at IS NULL AND user_id IS @user AND start >= @from AND start < @to AND source <> 'afk' AND id <= @upTo
       ORDER BY start DESC LIMIT 1`,
    )
    .pluck()
  const countEvents = sql.prepare<[], number>('SELECT count(*) FROM events WHERE deleted_at IS NULL').pluck()
  const latestBefore = sql
    .prepare<[Instant], Instant>(
      `SELECT start FROM events INDEXED BY events_start WHERE deleted_at IS NULL AND start < ? ORDER BY start DESC LIMIT 1`,
    )
    .pluck()
  const usersIn = sql
    .prepare<[Instant, Instant], number | null>(
      `SELECT DISTINCT user_id FROM events INDEXED BY events_start WHERE deleted_at IS NULL AND start >= ? AND start < ?`,
    )
    .pluck()
  return {
    countEvents: () => countEvents.get() ?? 0,
    /** Start of the latest event before an instant. */
    latestBefore: (at: Instant) => latestBefore.get(Math.min(at, LATEST)),
    /** Whose events began in a span; null: nobody's. */
    usersIn: (from: Instant, to: Instant) => usersIn.all(from, to),
    /** Sessions that something from `since` on may continue. */
    open: (user: number | null, day: Day, since: Instant) => open.all({ user, day, since }),
    /** Events stored after the one of that id. */
    after: (id: number) => after.all(id),
    changed: (id: number) => changed.get(id),
    /** Start of the latest event of the span with an id up to `upTo`; -Infinity when there is none. */
    latestStart: (span: PersonSpan, upTo: number) => latestStart.get({ ...span, upTo }) ?? -Infinity,
    /** By start; absence is no event of a session. */
    events: (span: PersonSpan) => events.all(span),
    /** Times away from a machine that began in the span. */
    away: (span: PersonSpan) => away.all(span),
    ofDay: (user: number | null, day: Day) => ofDay.all({ user, day }),
  }
}

export function sessionWrites(db: WriteDb) {
  const insert = db.sql.prepare<Omit<SessionRow, 'id'>, { id: number }>(
    `INSERT INTO sessions (user_id, day, stream, title, piece, start, "end", active_ms, event_count, break_count)
     VALUES (@user_id, @day, @stream, @title, @piece, @start, @end, @active_ms, @event_count, @break_count) RETURNING id`,
  )
  const update = db.sql.prepare<Omit<SessionRow, 'user_id' | 'day'>>(
    `UPDATE sessions SET stream = @stream, title = @title, piece = @piece, start = @start, "end" = @end,
       active_ms = @active_ms, event_count = @event_count, break_count = @break_count WHERE id = @id`,
  )
  const remove = db.sql.prepare<[number]>('DELETE FROM sessions WHERE id = ?')
  const place = db.sql.prepare<{ id: number; session: number | null; away: number }>(
    'UPDATE events SET session_id = @session, away_ms = @away WHERE id = @id',
  )
  const removeAll = db.sql.prepare('DELETE FROM sessions')
  return {
    removeAll: () => void removeAll.run(),
    insert(row: Omit<SessionRow, 'id'>): number {
      const inserted = insert.get(row)
      if (!inserted) throw new Error('INSERT … RETURNING returned no row')
      return inserted.id
    },
    update: (row: Omit<SessionRow, 'user_id' | 'day'>) => void update.run(row),
    remove: (id: number) => void remove.run(id),
    place: (id: number, session: number | null, away: number) => void place.run({ id, session, away }),
  }
}
