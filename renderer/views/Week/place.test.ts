// @vitest-environment node
import { expect, test } from 'vitest'
import type { Span } from '../../../contract/time.ts'
import { placeCopy, placeEntry } from './place.ts'

const MINUTE = 60_000
const at = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return (hours * 60 + minutes) * MINUTE
}
const span = (text: string): Span => {
  const [start = '', end = ''] = text.split('-')
  return { start: at(start), end: at(end) }
}
const clock = (ms: number) => `${Math.floor(ms / 3_600_000)}:${String((ms / MINUTE) % 60).padStart(2, '0')}`
const shown = (placed: Span | null) => placed && `${clock(placed.start)}-${clock(placed.end)}`

const DAY = span('0:00-24:00')
const NINE = at('9:00')

test.each<[what: string, length: string, taken: string[], placed: string | null]>([
  ['an empty day begins at nine', '1:30', [], '9:00-10:30'],
  ['it goes after the last thing', '1:30', ['8:00-12:00', '13:00-16:45'], '16:45-18:15'],
  ['on the next quarter', '0:30', ['8:00-16:07'], '16:15-16:45'],
  ['the last thing is what ends last', '0:30', ['8:00-16:00', '9:00-10:00'], '16:00-16:30'],
  ['up to the end of the day', '4:00', ['8:00-20:00'], '20:00-24:00'],
  ['else before what it does not fit after', '2:00', ['9:00-12:00', '14:00-23:00'], '12:00-14:00'],
  ['or before everything', '8:00', ['9:00-12:00', '14:00-23:00'], '1:00-9:00'],
  ['to the minute where a quarter would not fit', '2:00', ['7:05-23:00', '0:00-5:05'], '5:05-7:05'],
  ['what lasts past midnight leaves the morning', '2:00', ['18:00-26:00'], '16:00-18:00'],
  ['a long one on an empty day begins earlier', '16:00', [], '8:00-24:00'],
  ['a full day has no room', '2:00', ['1:00-23:00'], null],
  ['nor has any day for more than a day', '24:01', [], null],
])('%s', (_what, length, taken, placed) => {
  expect(shown(placeEntry(at(length), taken.map(span), DAY, NINE))).toBe(placed)
})

test('a day that begins after nine begins with itself', () => {
  expect(shown(placeEntry(at('1:00'), [], span('12:00-36:00'), NINE))).toBe('12:00-13:00')
})

test.each<[what: string, wanted: string, taken: string[], placed: string | null]>([
  ['a copy stays at its time of the day', '13:00-14:30', ['8:00-13:00', '14:30-17:00'], '13:00-14:30'],
  ['unless something is there', '13:00-14:30', ['8:00-13:10'], '13:15-14:45'],
  ['or that time is of another day', '25:00-26:00', ['8:00-12:00'], '12:00-13:00'],
  ['and there may be no room', '13:00-16:00', ['1:00-23:00'], null],
])('%s', (_what, wanted, taken, placed) => {
  expect(shown(placeCopy(span(wanted), taken.map(span), DAY, NINE))).toBe(placed)
})
