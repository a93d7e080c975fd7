import type { Direction, Source } from '../contract/events.ts'
import type { Instant, Span } from '../contract/time.ts'
import type { Sqlite, WriteDb } from './open.ts'

export type EventRow = {
  id: number
  source: Source
  user: string | null
  machine: string | null
  device: string | null
  start: Instant
  end: Instant
  title: string | null
  app: string | null
  url: string | null
  phone_number: string | null
  contact: string | null
  direction: Direction | null
  private: 0 | 1
  ignored: 0 | 1
  deleted_at: Instant | null
  session_id: number | null
  /** Of its time nobody sat at the machine for that long. */
  away_ms: number
  /** How far the reporting clock was ahead; what it said is start + this. */
  clock_offset_ms: number
}

/** An event with how it is explained; the assignment's columns are null when it is not. */
export type ExplainedEventRow = EventRow & {
  assignment_id: number | null
  project_id: number | null
  milestone_id: number | null
  activity: string | null
  comment: string | null
  assigned_by: 'manual' | 'rule' | 'import' | null
}

export type NewEventRow = Omit<
  EventRow,
  'id' | 'user' | 'ignored' | 'deleted_at' | 'session_id' | 'away_ms' | 'clock_offset_ms'
> & {
  user_id: number | null
  dedupe: Buffer
  recorded_at: Instant
  clock_offset_ms?: number
}

export const EVENT_COLUMNS = `e.id, e.source, u.handle AS user, e.machine, e.device, e.start, e."end", e.title, e.app, e.url,
  e.phone_number, e.contact, e.direction, e.private, e.ignored, e.deleted_at, e.session_id, e.away_ms, e.clock_offset_ms`

export const EXPLAINED_COLUMNS = `${EVENT_COLUMNS},
  a.id AS assignment_id, a.project_id, a.milestone_id, a.activity, a.comment, a.source AS assigned_by`

/** Joins that complete {@link EXPLAINED_COLUMNS} for an `events e`. */
export const EXPLAINED_JOINS = `LEFT JOIN users u ON u.id = e.user_id LEFT JOIN assignments a ON a.event_id = e.id`

/** What people change of an event, as a batch remembers it. */
export type EventFlags = {
  private: 0 | 1
  ignored: 0 | 1
  deleted_at: Instant | null
  /** Number of the piece that a split or a merge put it into. */
  piece: number | null
}

export type EventPart = Span & { of: number; piece: number; dedupe: Buffer }

/** What of an event counts, and for whom. */
export type TimedRow = Span & {
  source: Source
  machine: string | null
  counted_ms: number
  project_id: number | null
  milestone_id: number | null
}

type LaterThan = { user: number | null } & Pick<EventRow, 'source' | 'start' | 'machine' | 'device'>

export function eventReads(sql: Sqlite) {
  const byId = sql.prepare<[number], ExplainedEventRow>(
    `SELECT ${EXPLAINED_COLUMNS} FROM events e ${EXPLAINED_JOINS} WHERE e.id = ?`,
  )
  const byDedupe = sql.prepare<[Buffer], EventRow>(
    `SELECT ${EVENT_COLUMNS} FROM events e LEFT JOIN users u ON u.id = e.user_id WHERE e.dedupe = ?`,
  )
  const ofDay = sql.prepare<{ user: number; from: Instant; to: Instant; limit: number }, ExplainedEventRow>(
    `SELECT ${EXPLAINED_COLUMNS} FROM events e INDEXED BY events_user_start ${EXPLAINED_JOINS}
     WHERE e.deleted_at IS NULL AND e.user_id = @user AND e.start >= @from AND e.start < @to
     ORDER BY e.start, e.id LIMIT @limit`,
  )
  const ofDayWithoutPerson = sql.prepare<{ from: Instant; to: Instant; limit: number }, ExplainedEventRow>(
    `SELECT ${EXPLAINED_COLUMNS} FROM events e INDEXED BY events_user_start ${EXPLAINED_JOINS}
     WHERE e.deleted_at IS NULL AND e.user_id IS NULL AND e.start >= @from AND e.start < @to
     ORDER BY e.start, e.id LIMIT @limit`,
  )
  const spansOfDay = sql.prepare<
    { from: Instant; to: Instant },
    Span & { user_id: number; source: Source; machine: string | null; assigned: 0 | 1 }
  >(
    `SELECT e.user_id, e.source, e.machine, e.start, e."end", a.id IS NOT NULL AS assigned FROM events e INDEXED BY events_start
     LEFT JOIN assignments a ON a.event_id = e.id
     WHERE e.deleted_at IS NULL AND e.start >= @from AND e.start < @to AND e.ignored = 0 AND e.user_id IS NOT NULL
       AND e.source <> 'afk' AND (e.private = 0 OR a.id IS NOT NULL)
     ORDER BY e.start, e.id`,
  )
  const timed = sql.prepare<{ user: number | null; from: Instant; to: Instant }, TimedRow>(
    `SELECT e.source, e.machine, e.start, e."end", e.counted_ms, a.project_id, a.milestone_id FROM events e INDEXED BY events_user_start
     LEFT JOIN assignments a ON a.event_id = e.id
     WHERE e.deleted_at IS NULL AND e.user_id IS @user AND e.start >= @from AND e.start < @to AND e.ignored = 0
       AND e.source <> 'afk' AND (e.private = 0 OR a.id IS NOT NULL)
     ORDER BY e.start, e.id`,
  )
  const awayIn = sql.prepare<
    { from: Instant; to: Instant },
    Span & { user_id: number; machine: string | null }
  >(
    `SELECT user_id, machine, start, "end" FROM events INDEXED BY events_source_start
     WHERE deleted_at IS NULL AND source = 'afk' AND ignored = 0 AND start >= @from AND start < @to AND user_id IS NOT NULL`,
  )
  const later = sql.prepare<LaterThan, unknown>(
    `SELECT 1 FROM events INDEXED BY events_user_source_start
     WHERE deleted_at IS NULL AND user_id IS @user AND source = @source AND start >= @start AND start < @start + 7200000
       AND machine IS @machine AND device IS @device LIMIT 1`,
  )
  const ownerOf = sql.prepare<[number], { user_id: number | null }>('SELECT user_id FROM events WHERE id = ?')
  return {
    byId: (id: number) => byId.get(id),
    /** Whose it is; null: nobody's; undefined: there is none. */
    ownerOf: (id: number) => ownerOf.get(id)?.user_id,
    /** Whether this person's machine reported something that began in the two hours from `start` on. */
    hasLater: ({ user, source, start, machine, device }: LaterThan) =>
      later.get({ user, source, start, machine, device }) !== undefined,
    byDedupe: (dedupe: Buffer) => byDedupe.get(dedupe),
    /** Events that began in the range, oldest first; `user` null: those of nobody. */
    ofDay: (range: { from: Instant; to: Instant; limit: number }, user: number | null) =>
      user === null ? ofDayWithoutPerson.all(range) : ofDay.all({ ...range, user }),
    /** One person's events of a range that count, by start. */
    timed: (range: { user: number | null; from: Instant; to: Instant }) => timed.all(range),
    /** Every person's absences that began in the range. */
    awayIn: (range: { from: Instant; to: Instant }) => awayIn.all(range),
    /** Every person's spans that began in the range and count (as in the Day view: not ignored, not private
     * unless assigned, not absence), by start. */
    spansOfDay: (range: { from: Instant; to: Instant }) => spansOfDay.all(range),
  }
}

export function eventWrites(db: WriteDb) {
  const insert = db.sql.prepare<Required<NewEventRow>, { id: number }>(
    `INSERT INTO events (source, user_id, machine, device, start, "end", title, app, url, phone_number, contact, direction, private, dedupe, recorded_at, clock_offset_ms)
     VALUES (@source, @user_id, @machine, @device, @start, @end, @title, @app, @url, @phone_number, @contact, @direction, @private, @dedupe, @recorded_at, @clock_offset_ms)
     ON CONFLICT (dedupe) DO NOTHING RETURNING id`,
  )
  const flags = db.sql.prepare<[number], EventFlags>(
    'SELECT private, ignored, deleted_at, piece FROM events WHERE id = ?',
  )
  const setFlags = db.sql.prepare<EventFlags & { id: number }>(
    'UPDATE events SET private = @private, ignored = @ignored, deleted_at = @deleted_at, piece = @piece WHERE id = @id',
  )
  const part = db.sql.prepare<EventPart, { id: number }>(
    `INSERT INTO events (source, user_id, machine, device, start, "end", title, app, url, phone_number, contact, direction,
       private, ignored, piece, split_from, dedupe, recorded_at, clock_offset_ms)
     SELECT source, user_id, machine, device, @start, @end, title, app, url, phone_number, contact, direction,
       private, ignored, @piece, id, @dedupe, recorded_at, clock_offset_ms FROM events WHERE id = @of RETURNING id`,
  )
  return {
    /** The new id, or undefined when an event with the same dedupe key is stored already. */
    insert(row: NewEventRow): number | undefined {
      const inserted = insert.get({ clock_offset_ms: 0, ...row })
      if (inserted) db.touch('events')
      return inserted?.id
    },
    flags: (id: number) => flags.get(id),
    setFlags(id: number, to: EventFlags): void {
      setFlags.run({ id, ...to })
      db.touch('events')
      db.changed(id)
    },
    /** Stores a part of an event as an event of its own. */
    insertPart(values: EventPart): number {
      const inserted = part.get(values)
      if (!inserted) throw new Error(`there is no event ${values.of}`)
      db.touch('events')
      return inserted.id
    },
  }
}
