import type { Answer, Input } from '../../contract/calls.ts'
import { Refusal, notFound } from '../../contract/errors.ts'
import { LATEST, addDays, dayRange, formatInstant, type Day } from '../../contract/time.ts'
import { MAX_EVENT_ID, eventList, type Position } from '../../db/event-list.ts'
import { eventReads } from '../../db/events.ts'
import { punchReads } from '../../db/punches.ts'
import { sessionReads } from '../../db/sessions.ts'
import { userReads } from '../../db/users.ts'
import { wordSplitter } from '../../db/words.ts'
import { handleFor, ownership } from '../whose.ts'
import { awaySince, present } from '../presence.ts'
import { sessionToWire } from '../session-wire.ts'
import { stretchToWire } from '../shift-wire.ts'
import { shiftDays } from '../shifts.ts'
import { currentSettings } from '../settings.ts'
import { coveredMs } from '../spans.ts'
import { query } from '../threads/define.ts'
import { eventToWire } from './wire.ts'

/** Events that one day's answer carries at most; a working day has about 200. */
export const DAY_LIMIT = 5000

export const eventQueries = {
  'events.list': query<Input<'events.list'>, Answer<'events.list'>>(
    ['events', 'assignments', 'users'],
    ({ sql, zone }) => {
      const list = eventList(sql)
      const whose = ownership(sql)
      const wordsOf = wordSplitter()
      return ({ text, cursor, user, ...filter }, viewer) => {
        const words = text === undefined ? undefined : wordsOf(text)
        if (words?.length === 0)
          throw new Refusal('invalid', 'text: must hold a letter or a digit', {
            text: 'must hold a letter or a digit',
          })
        const owner = whose.ofMany(viewer, user)
        // Found by its words, a private event would say what they are.
        const searchesOthers = words !== undefined && !(viewer.kind === 'user' && owner === viewer.id)
        if (searchesOthers && filter.private === true) return { items: [], next: null }
        const { rows, next } = list({
          ...filter,
          ...(searchesOthers ? { private: false } : {}),
          words,
          user: owner,
          after: cursor === undefined ? undefined : positionOf(cursor),
        })
        return {
          items: rows.map((row) => eventToWire(row, zone, viewer)),
          next: next && `${next.start}.${next.id}`,
        }
      }
    },
  ),

  'events.get': query<Input<'events.get'>, Answer<'events.get'>>(
    ['events', 'assignments', 'users'],
    ({ sql, zone }) => {
      const events = eventReads(sql)
      const whose = ownership(sql)
      return ({ id }, viewer) => {
        whose.checkEvents(viewer, [id])
        const row = events.byId(id)
        if (!row) throw notFound('event', id)
        return eventToWire(row, zone, viewer)
      }
    },
  ),

  'days.get': query<Input<'days.get'>, Answer<'days.get'>>(
    ['events', 'sessions', 'assignments', 'users', 'settings', 'punches'],
    ({ sql, zone, dayStartMinutes }) => {
      const events = eventReads(sql)
      const sessions = sessionReads(sql)
      const whose = ownership(sql)
      const settings = currentSettings(sql)
      const punches = punchReads(sql)
      /** Of the day before it a night may go on, and its own may end on the day after. */
      const presenceOf = (person: number, day: Day) => {
        const around = [addDays(day, -1), addDays(day, 1)].map((one) => dayRange(one, zone, dayStartMinutes))
        const range = { from: around[0]?.start ?? 0, to: around[1]?.end ?? 0 }
        const shifts = shiftDays(punches.counted(person, range), { zone, dayStartMinutes })
        return shifts.find((shift) => shift.day === day)?.stretches ?? []
      }
      return ({ day, user }, viewer) => {
        const { start, end } = dayRange(day, zone, dayStartMinutes)
        const person = whose.ofOne(viewer, user)
        const smallMs = settings().sessions.smallSeconds * 1000
        const rows = events.ofDay({ from: start, to: end, limit: DAY_LIMIT + 1 }, person)
        return {
          day,
          start: formatInstant(start, zone),
          end: formatInstant(end, zone),
          user: handleFor(viewer, user),
          events: rows.slice(0, DAY_LIMIT).map((row) => eventToWire(row, zone, viewer)),
          sessions: sessions.ofDay(person, day).map((row) => sessionToWire(row, smallMs, zone)),
          presence: (person === null ? [] : presenceOf(person, day)).map((one) => stretchToWire(one, zone)),
          truncated: rows.length > DAY_LIMIT,
        }
      }
    },
  ),

  'days.summary': query<Input<'days.summary'>, Answer<'days.summary'>>(
    ['events', 'assignments', 'users'],
    ({ sql, zone, dayStartMinutes }) => {
      const events = eventReads(sql)
      const users = userReads(sql)
      return ({ day }) => {
        const { start, end } = dayRange(day, zone, dayStartMinutes)
        const spans = Map.groupBy(events.spansOfDay({ from: start, to: end }), (span) => span.user_id)
        const away = Map.groupBy(events.awayIn({ from: awaySince(start), to: end }), (one) => one.user_id)
        const people = users.all().flatMap(({ id, handle, name }) => {
          const own = (spans.get(id) ?? []).flatMap(({ assigned, ...span }) =>
            present(span, away.get(id) ?? []).map((part) => ({ ...part, assigned })),
          )
          const first = own.sort((a, b) => a.start - b.start)[0]
          if (!first) return []
          return {
            user: handle,
            name,
            capturedMs: coveredMs(own),
            assignedMs: coveredMs(own.filter((span) => span.assigned === 1)),
            firstStart: formatInstant(first.start, zone),
            lastEnd: formatInstant(
              own.reduce((latest, span) => Math.max(latest, span.end), first.end),
              zone,
            ),
          }
        })
        return { day, people }
      }
    },
  ),

  'users.list': query<Input<'users.list'>, Answer<'users.list'>>(['users', 'events'], ({ sql, zone }) => {
    const users = userReads(sql)
    const whose = ownership(sql)
    return (_input, viewer) => {
      const orphaned = whose.isOpenTo(viewer, null) ? users.lastEventOfNobody() : null
      const nobody = { handle: '', name: '', colour: 0, last_event: orphaned }
      const all = users.all().filter(({ id }) => whose.isOpenTo(viewer, id))
      const people = orphaned === null ? all : [...all, nobody]
      return {
        items: people.map(({ handle, name, colour, last_event }) => ({
          handle,
          name,
          colour,
          lastEvent: last_event === null ? null : formatInstant(last_event, zone),
        })),
      }
    }
  }),
}

function positionOf(cursor: string): Position {
  const [, start = NaN, id = NaN] = /^(\d{1,13})\.(\d{1,10})$/.exec(cursor) ?? []
  const position = { start: Number(start), id: Number(id) }
  if (position.start <= LATEST && position.id <= MAX_EVENT_ID) return position
  throw new Refusal('invalid', 'cursor: must be the `next` of a page', {
    cursor: 'must be the `next` of a page',
  })
}
