import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PUNCH_KINDS } from '../contract/attendance.ts'
import { dayOf, formatInstant, parseInstant, zone } from '../contract/time.ts'
import { LEAVES, NEXT, leftAt, shiftDays, type CountedPunch } from './shifts.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
const berlin = { zone: zone('Europe/Berlin'), dayStartMinutes: 0 }

let made = 0
/** `in 11-24T22:00`, wall times of 2026. */
function punches(...texts: string[]): CountedPunch[] {
  return texts.map((text) => {
    const [kind = '', time = ''] = text.split(' ')
    const at = parseInstant(`2026-${time}:00`, berlin.zone)
    if (at === null) throw new Error(`no time: ${time}`)
    return { id: ++made, kind: kind as CountedPunch['kind'], at }
  })
}
const daysOf = (...texts: string[]) => shiftDays(punches(...texts), berlin)
const shown = (...texts: string[]) =>
  daysOf(...texts).map(({ day, stretches }) => [
    day.slice(5),
    ...stretches.map(({ kind, start, end }) => `${kind} ${time(start)}-${end === null ? '' : time(end)}`),
  ])
const time = (at: number) => formatInstant(at, berlin.zone).slice(11, 16)

describe('a shift', () => {
  test('is stretches of work and break', () => {
    expect(
      shown('in 11-24T08:00', 'break_start 11-24T12:00', 'break_end 11-24T12:30', 'out 11-24T16:30'),
    ).toEqual([['11-24', 'work 08:00-12:00', 'break 12:00-12:30', 'work 12:30-16:30']])
  })

  test('has a last stretch without an end while it lasts', () => {
    expect(shown('in 11-24T08:00')).toEqual([['11-24', 'work 08:00-']])
    expect(shown('in 11-24T08:00', 'break_start 11-24T12:00')).toEqual([
      ['11-24', 'work 08:00-12:00', 'break 12:00-'],
    ])
  })

  test('may end on a break', () => {
    expect(shown('in 11-24T08:00', 'break_start 11-24T12:00', 'out 11-24T12:20')).toEqual([
      ['11-24', 'work 08:00-12:00', 'break 12:00-12:20'],
    ])
  })

  test('and the next of the same day have a break between them', () => {
    expect(shown('in 11-24T06:00', 'out 11-24T12:00', 'in 11-24T13:00', 'out 11-24T15:00')).toEqual([
      ['11-24', 'work 06:00-12:00', 'break 12:00-13:00', 'work 13:00-15:00'],
    ])
  })

  test('belongs to the day it began, and the next evening is another', () => {
    expect(shown('in 11-24T22:00', 'out 11-25T06:00', 'in 11-25T22:00', 'out 11-26T06:00')).toEqual([
      ['11-24', 'work 22:00-06:00'],
      ['11-25', 'work 22:00-06:00'],
    ])
  })

  test('goes on when somebody is back soon after midnight', () => {
    expect(shown('in 11-24T20:00', 'out 11-25T00:30', 'in 11-25T01:15', 'out 11-25T04:00')).toEqual([
      ['11-24', 'work 20:00-00:30', 'break 00:30-01:15', 'work 01:15-04:00'],
    ])
    expect(shown('in 11-24T14:00', 'out 11-24T22:30', 'in 11-25T06:00')).toEqual([
      ['11-24', 'work 14:00-22:30'],
      ['11-25', 'work 06:00-'],
    ])
  })

  test('of twenty-four hours is one day', () => {
    expect(daysOf('in 11-24T08:00', 'out 11-25T08:00').map(lengthOf)).toEqual([24 * HOUR])
  })

  test('begins the day where the hub says that days begin', () => {
    const night = punches('in 11-24T02:00', 'out 11-24T05:00')
    expect(shiftDays(night, { ...berlin, dayStartMinutes: 240 })[0]?.day).toBe('2026-11-23')
  })
})

test.each([
  ['03-28T22:00', '03-29T06:00', 7],
  ['10-24T22:00', '10-25T06:00', 9],
  ['11-24T22:00', '11-25T06:00', 8],
])('the night from %s to %s has its real %i hours', (start, end, hours) => {
  const [night] = daysOf(`in ${start}`, `out ${end}`)
  expect([night?.day, lengthOf(night)]).toEqual([`2026-${start.slice(0, 5)}`, hours * HOUR])
})

test('what does not follow says nothing', () => {
  expect(
    shown('out 11-24T07:00', 'break_end 11-24T07:30', 'in 11-24T08:00', 'in 11-24T09:00', 'out 11-24T10:00'),
  ).toEqual([['11-24', 'work 08:00-10:00']])
})

test('two punches in one millisecond make nothing of no length, in the order they came', () => {
  expect(
    shown('in 11-24T08:00', 'break_start 11-24T08:00', 'break_end 11-24T09:00', 'out 11-24T09:00'),
  ).toEqual([['11-24', 'break 08:00-09:00']])
})

const lengthOf = (day: { stretches: { start: number; end: number | null }[] } | undefined) =>
  (day?.stretches ?? []).reduce((sum, { start, end }) => sum + (end ?? NaN) - start, 0)

/** Weeks of punches around the night in which clocks go back, some of which follow and some do not. */
const anyPunches = fc
  .array(fc.record({ kind: fc.constantFrom(...PUNCH_KINDS), minute: fc.nat(4 * 24 * 60) }), { maxLength: 40 })
  .map((list) =>
    list.map(({ kind, minute }, id) => ({
      id,
      kind,
      at: Date.parse('2026-10-23T00:00:00Z') + minute * MINUTE,
    })),
  )

describe('whatever was punched', () => {
  test('work and breaks fill the time from coming to going, without gap or overlap', () => {
    fc.assert(
      fc.property(anyPunches, (list) => {
        for (const { stretches, punches } of shiftDays(list, berlin)) {
          const ends = stretches.map(({ end }) => end)
          expect(stretches.slice(1).map(({ start }) => start)).toEqual(ends.slice(0, -1))
          expect(ends.slice(0, -1)).not.toContain(null)
          for (const { start, end } of stretches) expect(end ?? Infinity).toBeGreaterThan(start)
          const first = punches[0]?.at ?? NaN
          const last = punches.at(-1)?.at ?? NaN
          const closed = stretches.filter(({ end }) => end !== null)
          if (closed.length === stretches.length && closed.length > 0)
            expect(lengthOf({ stretches: closed })).toBe(last - first)
        }
      }),
    )
  })

  test('the order in which it arrived says nothing', () => {
    fc.assert(
      fc.property(
        anyPunches.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          expect(shiftDays(shuffled, berlin)).toEqual(shiftDays(list, berlin))
        },
      ),
    )
  })

  test('days come in order, each once, and begin on themselves', () => {
    fc.assert(
      fc.property(anyPunches, (list) => {
        const days = shiftDays(list, berlin)
        expect(days.map(({ day }) => day)).toEqual([...new Set(days.map(({ day }) => day))].sort())
        for (const { day, punches } of days) {
          expect(dayOf(punches[0]?.at ?? NaN, berlin.zone)).toBe(day)
          let state = 'out' as keyof typeof NEXT
          for (const { kind } of punches) {
            expect(NEXT[state]).toContain(kind)
            state = LEAVES[kind]
          }
        }
        // Without an end is only what nobody told the end of for longer than a rest.
        for (const [place, day] of days.slice(0, -1).entries()) {
          if (leftAt(day) !== null) continue
          const next = days[place + 1]?.punches[0]?.at ?? NaN
          expect(next - (day.punches[0]?.at ?? NaN)).toBeGreaterThan(11 * 3_600_000)
        }
      }),
    )
  })
})
