import type { Request } from '../../../contract/calls.ts'
import type { Event } from '../../../contract/events.ts'
import {
  type Day,
  type Span,
  addDays,
  dayRange,
  daysBetween,
  formatInstant,
  formatWall,
  parseInstant,
  zone as zoneOf,
} from '../../../contract/time.ts'
import { asApiError, ask } from '../../api.ts'
import { clockRange, duration, shortDay } from '../../i18n/format.ts'
import { t } from '../../i18n/index.ts'
import { reasonOf } from '../../i18n/reasons.ts'
import { newKey } from '../../new-key.ts'
import { complain, hush, say } from '../../notice.ts'
import { type Pick, pickKey } from '../../picker/picks.ts'
import { useHistory } from '../../stores/history.ts'
import { useHub } from '../../stores/hub.ts'
import { usePicks } from '../../stores/picks.ts'
import { useUndo } from '../../stores/undo.ts'
import { placeCopy, placeEntry } from './place.ts'
import type { Pending, WeekRow } from './rows.ts'
import type { useWeekPage } from './use-week-page.ts'

type NewEntry = Request<'entries.create'>
/** Why nothing was entered; `request`, when the hub may have stored it all the same: sent again, it is there once. */
export type Refused = { reason: string; request: NewEntry | null }

/** No gap of the day is long enough. */
class NoRoom extends Error {}

const UTC = zoneOf('UTC')
/** Where the first entry of an empty day goes. */
const OPENING = 'T09:00:00'

const why = (error: unknown): string => (error instanceof NoRoom ? error.message : reasonOf(error))

export function nameOf({ project, milestone }: Pick & { project: string | null; milestone: string | null }) {
  const name = project ?? t('day.unknownProject')
  return milestone === null ? name : `${name} · ${milestone}`
}

function spanOf({ start, end }: Event): Span {
  return { start: parseInstant(start, UTC) ?? 0, end: parseInstant(end, UTC) ?? 0 }
}

/** Time in which something was: nothing is entered over it. */
const takenBy = (events: readonly Event[]): Span[] =>
  events.filter(({ source, ignored, deleted }) => source !== 'afk' && !ignored && !deleted).map(spanOf)

const isEntryOf = (row: Pick) => (event: Event) =>
  event.source === 'manual' &&
  !event.deleted &&
  !event.ignored &&
  event.assignment !== null &&
  pickKey(event.assignment) === pickKey(row)

/** What a person does with the cells of a week: at once on the page, in one line to be undone. */
export function useWeekActions(page: ReturnType<typeof useWeekPage>) {
  const hub = useHub()
  const history = useHistory()
  const picks = usePicks()
  const undo = useUndo(() => void page.load())

  const dayName = (day: Day) => shortDay(day, page.today.value ?? day)

  /** The hub's zone, and a day in it. */
  function frameOf(day: Day) {
    const zone = zoneOf(hub.hub?.zone ?? 'UTC')
    const whole = dayRange(day, zone, hub.hub?.dayStartMinutes ?? 0)
    return { zone, whole, opening: parseInstant(day + OPENING, zone) ?? whole.start }
  }

  const eventsOf = async (day: Day) => (await ask('days.get', { day, user: page.user.value ?? '' })).events

  /** All or nothing: when a part is refused, what was done is taken back. */
  async function act(
    pending: readonly Pending[],
    work: (batches: number[]) => Promise<string>,
  ): Promise<{ error: unknown } | null> {
    hush()
    page.expect(pending)
    const batches: number[] = []
    try {
      const text = await work(batches)
      const done = { batches, changed: batches.length, unchanged: 0, before: new Map<number, Event>() }
      const entry = { done, text }
      if (batches.length > 0) history.add(entry)
      say(text, batches.length > 0 ? () => void undo(entry) : null)
      await page.load()
      return null
    } catch (error) {
      for (const id of batches.toReversed())
        await ask('batches.undo', { id: String(id) }).catch(() => undefined)
      return { error }
    } finally {
      page.settle(pending)
    }
  }

  async function tell(failed: Promise<{ error: unknown } | null>): Promise<void> {
    const failure = await failed
    if (failure !== null) complain(t('day.failed', { reason: why(failure.error) }))
  }

  async function newEntry(row: WeekRow, day: Day, ms: number): Promise<NewEntry> {
    const { zone, whole, opening } = frameOf(day)
    const placed = placeEntry(ms, takenBy(await eventsOf(day)), whole, opening)
    if (placed === null) throw new NoRoom(t('week.noRoom', { time: duration(ms) }))
    return {
      key: newKey(),
      user: page.user.value ?? '',
      start: formatInstant(placed.start, zone),
      end: formatInstant(placed.end, zone),
      target: { projectId: row.projectId, milestoneId: row.milestoneId },
    }
  }

  async function store(request: NewEntry, batches: number[]): Promise<void> {
    const { batch } = await ask('entries.create', request)
    if (batch !== null) batches.push(batch)
  }

  async function enter(row: WeekRow, day: Day, ms: number, again: NewEntry | null): Promise<Refused | null> {
    let request = again
    const failure = await act([{ pick: row, day, ms }], async (batches) => {
      request ??= await newEntry(row, day, ms)
      await store(request, batches)
      picks.used(row)
      const range = clockRange(request.start, request.end)
      return t('week.done.enter', { time: duration(ms), target: nameOf(row), day: dayName(day), range })
    })
    if (failure === null) return null
    const isUnknown = asApiError(failure.error).code === 'offline'
    return { reason: why(failure.error), request: isUnknown ? request : null }
  }

  /** The same entries on another day, each at its time of the day where that is free. */
  function copies(entries: readonly Event[], from: Day, to: Day, taken: Span[]): NewEntry[] {
    const { zone, whole, opening } = frameOf(to)
    return entries.map((entry) => {
      const { start, end } = spanOf(entry)
      const wall = formatWall(start, zone)
      const there = addDays(wall.slice(0, 10), daysBetween(from, to)) + wall.slice(10)
      const begin = parseInstant(there, zone) ?? whole.start
      const placed = placeCopy({ start: begin, end: begin + end - start }, taken, whole, opening)
      if (placed === null) throw new NoRoom(t('week.noRoom', { time: duration(end - start) }))
      taken.push(placed)
      return {
        key: newKey(),
        user: page.user.value ?? '',
        start: formatInstant(placed.start, zone),
        end: formatInstant(placed.end, zone),
        title: entry.title,
        private: entry.private,
        target: entry.assignment && {
          projectId: entry.assignment.projectId,
          milestoneId: entry.assignment.milestoneId,
          activity: entry.assignment.activity,
          comment: entry.assignment.comment,
        },
      }
    })
  }

  async function copy(row: WeekRow, from: Day, to: Day, ms: number): Promise<void> {
    await tell(
      act([{ pick: row, day: to, ms }], async (batches) => {
        const [here, there] = await Promise.all([eventsOf(from), eventsOf(to)])
        for (const request of copies(here.filter(isEntryOf(row)), from, to, takenBy(there)))
          await store(request, batches)
        return t('week.done.copy', { time: duration(ms), target: nameOf(row), day: dayName(to) })
      }),
    )
  }

  async function remove(row: WeekRow, day: Day, ms: number): Promise<void> {
    await tell(
      act([{ pick: row, day, ms: -ms }], async (batches) => {
        const eventIds = (await eventsOf(day)).filter(isEntryOf(row)).map(({ id }) => id)
        const { batch } = await ask('events.change', { eventIds, set: { deleted: true } })
        if (batch !== null) batches.push(batch)
        return t('week.done.remove', { time: duration(ms), target: nameOf(row), day: dayName(day) })
      }),
    )
  }

  return { enter, copy, remove, undo, canUndo: () => history.latest !== null }
}
