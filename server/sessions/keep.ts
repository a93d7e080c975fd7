import { addDays, dayOf, dayRange, type Day, type Instant } from '../../contract/time.ts'
import type { SessionSettings } from '../../contract/settings.ts'
import {
  sessionReads,
  sessionWrites,
  type ChangedEventRow,
  type SessionEventRow,
  type SessionRow,
} from '../../db/sessions.ts'
import { awaySince, LONGEST_AWAY_MS } from '../presence.ts'
import { currentSettings } from '../settings.ts'
import type { WriteContext } from '../threads/define.ts'
import { foldSessions, type Growing, type Placed } from './aggregate.ts'

/** One person's day, which is what sessions are made of: none reaches beyond it. */
type Unit = { user: number | null; day: Day; events: ChangedEventRow[]; goesOn: boolean }

/**
 * Keeps sessions as the events say. What arrives in the order of time goes on where the day stopped; a day
 * into which something came late, or was changed, is folded anew, and its sessions keep their ids.
 */
export function sessionKeeper({ db, zone, dayStartMinutes }: Omit<WriteContext, 'clock'>) {
  const reads = sessionReads(db.sql)
  const writes = sessionWrites(db)
  const settingsNow = currentSettings(db.sql)

  const spanOf = (user: number | null, day: Day) => {
    const { start, end } = dayRange(day, zone, dayStartMinutes)
    return { user, from: start, to: end }
  }
  const awayIn = (user: number | null, from: Instant, to: Instant) =>
    reads.away({ user, from: awaySince(from), to })

  /** Folds a person's day from nothing. Returns how many events it holds. */
  function foldDay(user: number | null, day: Day, settings: SessionSettings): number {
    const span = spanOf(user, day)
    const events = reads.events(span)
    const placed = foldSessions(events, awayIn(user, span.from, span.to), settings)
    const before = new Map(reads.ofDay(user, day).map((row) => [row.id, row]))
    claimIds(placed, events, new Set(before.keys()))
    const now = new Map(events.map((event) => [event.id, event]))
    store(placed, before, { user, day }, now)
    for (const id of before.keys()) writes.remove(id)
    return events.length
  }

  /** Folds what is new onto the sessions that are still open. */
  function goOn({ user, day, events }: Unit, settings: SessionSettings): void {
    const { from, to } = spanOf(user, day)
    const [first] = events
    if (!first) return
    const now = new Map(events.map((event) => [event.id, event]))
    const rows = reads.open(user, day, first.start - settings.gapSeconds * 1000)
    const placed = foldSessions(events, awayIn(user, from, to), settings, rows.map(growingOf))
    store(placed, new Map(rows.map((row) => [row.id, row])), { user, day }, now)
  }

  /** Writes what differs. Takes what is still there out of `before`. */
  function store(
    placed: readonly Placed[],
    before: Map<number, SessionRow>,
    unit: { user: number | null; day: Day },
    events: ReadonlyMap<number, SessionEventRow>,
  ): void {
    for (const session of new Set(placed.flatMap(({ session }) => session ?? []))) {
      const row = rowOf(session)
      if (session.id === null) session.id = writes.insert({ ...row, user_id: unit.user, day: unit.day })
      else {
        const known = before.get(session.id)
        before.delete(session.id)
        if (!known || isOther(known, row)) writes.update({ ...row, id: session.id })
      }
    }
    for (const { event, session, awayMs } of placed) {
      const known = events.get(event)
      const id = session?.id ?? null
      if (known?.session_id !== id || known.away_ms !== awayMs) writes.place(event, id, awayMs)
    }
  }

  return {
    foldDay,
    /** Brings sessions up to date with the events stored after `newest` and those that were changed. */
    follow(newest: number, changed: ReadonlySet<number>): void {
      const units = new Map<string, Unit>()
      const add = (event: ChangedEventRow, isNew: boolean) => {
        for (const day of daysOf(event)) {
          const key = `${event.user_id ?? ''} ${day}`
          const unit = units.get(key) ?? { user: event.user_id, day, events: [], goesOn: true }
          units.set(key, unit)
          if (event.source !== 'afk') unit.events.push(event)
          if (!isNew || event.source === 'afk' || event.piece !== null) unit.goesOn = false
        }
      }
      for (const event of reads.after(newest)) add(event, !changed.has(event.id))
      for (const id of changed) {
        const event = id > newest ? undefined : reads.changed(id)
        if (event) add(event, false)
      }
      if (units.size === 0) return
      const { sessions } = settingsNow()
      for (const unit of units.values()) {
        unit.events.sort((a, b) => a.start - b.start || a.id - b.id)
        const latest = reads.latestStart(spanOf(unit.user, unit.day), newest)
        if (unit.goesOn && latest <= (unit.events[0]?.start ?? 0)) goOn(unit, sessions)
        else foldDay(unit.user, unit.day, sessions)
      }
      db.touch('sessions')
    },
  }

  /** The day it began in; of an absence every day that it reaches into. */
  function daysOf({ source, start, end }: ChangedEventRow): Day[] {
    const first = dayOf(start, zone, dayStartMinutes)
    if (source !== 'afk') return [first]
    const last = dayOf(Math.min(end, start + LONGEST_AWAY_MS), zone, dayStartMinutes)
    const days: Day[] = []
    for (let day = first; day <= last; day = addDays(day, 1)) days.push(day)
    return days
  }
}

/** Gives each session the id that the first of its events had, if no other has taken it. */
function claimIds(placed: readonly Placed[], events: readonly SessionEventRow[], free: Set<number>): void {
  placed.forEach(({ session }, index) => {
    const id = events[index]?.session_id
    if (!session || session.id !== null || id === null || id === undefined || !free.delete(id)) return
    session.id = id
  })
}

function growingOf(row: SessionRow): Growing {
  const { id, stream, title, piece, start, end } = row
  const counts = { activeMs: row.active_ms, events: row.event_count, breaks: row.break_count }
  return { id, stream, title, piece, start, end, ...counts }
}

function rowOf({ stream, title, piece, start, end, activeMs, events, breaks }: Growing) {
  return { stream, title, piece, start, end, active_ms: activeMs, event_count: events, break_count: breaks }
}

function isOther(known: SessionRow, row: ReturnType<typeof rowOf>): boolean {
  return Object.entries(row).some(([name, value]) => known[name as keyof SessionRow] !== value)
}
