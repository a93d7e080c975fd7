import type { LocationQuery } from 'vue-router'
import type { Request } from '../../../contract/calls.ts'
import type { Event } from '../../../contract/events.ts'
import { type Day, type Zone, addDays, dayRange, formatInstant, isDay } from '../../../contract/time.ts'

/** Where events come from; absence is no event that anybody looks for. */
export const SOURCES = [
  'window',
  'browser',
  'editor',
  'phone',
  'calendar',
  'manual',
] as const satisfies readonly Event['source'][]
export const STATES = ['open', 'explained', 'private', 'ignored'] as const
export type SearchState = (typeof STATES)[number]

/** What is searched for; empty: anything. */
export type Filter = {
  text: string
  user: string
  /** first and last day */
  from: string
  to: string
  source: (typeof SOURCES)[number] | ''
  state: SearchState | ''
}

export const ANYTHING: Filter = { text: '', user: '', from: '', to: '', source: '', state: '' }

const textOf = (value: LocationQuery[string] | undefined): string => (typeof value === 'string' ? value : '')
const dayIn = (value: LocationQuery[string] | undefined): Day => (isDay(textOf(value)) ? textOf(value) : '')

/** The filter that an address holds; what it cannot mean is left out. */
export function filterOf(query: LocationQuery): Filter {
  return {
    text: textOf(query['q']),
    user: textOf(query['user']),
    from: dayIn(query['from']),
    to: dayIn(query['to']),
    source: SOURCES.find((one) => one === query['source']) ?? '',
    state: STATES.find((one) => one === query['state']) ?? '',
  }
}

/** The part of an address that holds the filter. */
export function queryOf({ text, ...rest }: Filter): Record<string, string> {
  return Object.fromEntries(Object.entries({ q: text, ...rest }).filter(([, value]) => value !== ''))
}

/** Words as the hub looks for them, in lower case and without accents. */
export function wordsOf(text: string): string[] {
  return [...new Set(fold(text).match(/[\p{L}\p{N}]+/gu))]
}

export function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
}

export const isBackwards = ({ from, to }: Filter): boolean => from !== '' && to !== '' && from > to

/** Whether anything but a person is asked for: everything of somebody is no search. */
export function isAsking(filter: Filter): boolean {
  const { text, from, to, source, state } = filter
  return wordsOf(text).length > 0 || [from, to, source, state].some((value) => value !== '')
}

const STATE_FILTERS: Record<SearchState, Partial<Request<'events.list'>>> = {
  open: { assigned: 'false', private: 'false', ignored: 'false' },
  explained: { assigned: 'true' },
  private: { private: 'true' },
  ignored: { ignored: 'true' },
}

/** What the hub is asked for, the newest first. */
export function requestOf(filter: Filter, zone: Zone, dayStartMinutes: number): Request<'events.list'> {
  const { text, user, from, to, source, state } = filter
  const startOf = (day: Day) => formatInstant(dayRange(day, zone, dayStartMinutes).start, zone)
  return {
    ...(wordsOf(text).length > 0 ? { text } : {}),
    ...(user === '' ? {} : { user }),
    ...(from === '' ? {} : { from: startOf(from) }),
    ...(to === '' ? {} : { to: startOf(addDays(to, 1)) }),
    ...(source === '' ? {} : { source }),
    ...(state === '' ? {} : STATE_FILTERS[state]),
  }
}

/** Whether an event that was found is still of the state that was asked for, after something was done to it. */
export function isOfState(event: Event, state: SearchState | ''): boolean {
  switch (state) {
    case 'open':
      return event.assignment === null && !event.private && !event.ignored
    case 'explained':
      return event.assignment !== null
    case 'private':
      return event.private
    case 'ignored':
      return event.ignored
    case '':
      return true
  }
}
