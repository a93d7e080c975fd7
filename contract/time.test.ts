import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  EARLIEST,
  LATEST,
  addDays,
  dayOf,
  dayRange,
  daysBetween,
  formatDuration,
  formatInstant,
  formatUtc,
  formatWall,
  isDay,
  isNaive,
  isZone,
  parseInstant,
  readSpan,
  systemClock,
  systemZone,
  weekNumber,
  weekOf,
  weekdayOf,
  zone,
} from './time.ts'

const berlin = zone('Europe/Berlin')
const utc = zone('UTC')
const losAngeles = zone('America/Los_Angeles')
const lordHowe = zone('Australia/Lord_Howe') // puts its clocks by half an hour
const kathmandu = zone('Asia/Kathmandu') // +05:45
const samoa = zone('Pacific/Apia') // had no 2011-12-30
const saoPaulo = zone('America/Sao_Paulo') // changed its clocks at midnight until 2019
const stJohns = zone('America/St_Johns') // changed them at 00:01 until 2011

const HOUR = 3_600_000
/** The instant that the text with its offset names: the independent reading, by the language itself. */
const at = (text: string): number => Date.parse(text)

const anyZone = fc
  .constantFrom('UTC', 'Europe/Berlin', 'Africa/Casablanca', ...Intl.supportedValuesOf('timeZone'))
  .map(zone)
/** Instants anywhere, and more often near the changes of clocks in spring and autumn. */
const anyInstant = fc.oneof(
  fc.integer({ min: EARLIEST, max: LATEST - 1 }),
  fc
    .tuple(
      fc.integer({ min: 2000, max: 2099 }),
      fc.constantFrom(2, 3, 9, 10),
      fc.integer({ min: 1, max: 31 * 24 * 60 }),
    )
    .map(([year, month, minute]) => Date.UTC(year, month, 1) + minute * 60_000),
)
const anyDayStart = fc.constantFrom(0, 0, 120, 150, 240, 1439)

function byIntl(instant: number, zoneName: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zoneName,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(instant)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}`
}

describe('zones', () => {
  test('know their offset in winter, in summer and to the millisecond of the change', () => {
    expect(berlin.offsetAt(at('2025-01-01T00:00Z'))).toBe(HOUR)
    expect(berlin.offsetAt(at('2025-07-01T00:00Z'))).toBe(2 * HOUR)
    expect(berlin.offsetAt(at('2025-03-30T01:00Z') - 1)).toBe(HOUR)
    expect(berlin.offsetAt(at('2025-03-30T01:00Z'))).toBe(2 * HOUR)
    expect(berlin.offsetAt(at('2025-10-26T01:00Z') - 1)).toBe(2 * HOUR)
    expect(berlin.offsetAt(at('2025-10-26T01:00Z'))).toBe(HOUR)
    expect(losAngeles.offsetAt(at('2025-11-15T00:00Z'))).toBe(-8 * HOUR)
    expect(lordHowe.offsetAt(at('2025-01-01T00:00Z'))).toBe(11 * HOUR)
    expect(lordHowe.offsetAt(at('2025-07-01T00:00Z'))).toBe(10.5 * HOUR)
    expect(kathmandu.offsetAt(at('2025-07-01T00:00Z'))).toBe(5.75 * HOUR)
    expect(utc.offsetAt(EARLIEST)).toBe(0)
    expect(stJohns.offsetAt(at('2010-11-07T02:31Z') - 1)).toBe(-2.5 * HOUR)
    expect(stJohns.offsetAt(at('2010-11-07T02:31Z'))).toBe(-3.5 * HOUR)
    expect(samoa.offsetAt(at('2011-12-30T10:00Z') - 1)).toBe(-10 * HOUR)
    expect(samoa.offsetAt(at('2011-12-30T10:00Z'))).toBe(14 * HOUR)
  })

  test('answer for instants that are refused elsewhere, too', () => {
    expect(berlin.offsetAt(0)).toBe(HOUR)
    expect(berlin.offsetAt(LATEST + 10 ** 12)).toBe(2 * HOUR)
    expect(berlin.offsetAt(-(10 ** 13))).toBe((53 * 60 + 28) * 1000) // before zones: the sun over Berlin
  })

  test('are the same object each time, and refuse names that nobody knows', () => {
    expect(zone('Europe/Berlin')).toBe(zone('Europe/Berlin'))
    expect(isZone('Europe/Berlin')).toBe(true)
    expect(isZone('UTC')).toBe(true)
    for (const name of ['', 'Europe/Bielefeld', '+01:00', '-0100', ' UTC', 'local']) {
      expect(isZone(name), name).toBe(false)
      expect(() => zone(name)).toThrow(RangeError)
    }
  })

  test('the machine has one', () => {
    expect(isZone(systemZone())).toBe(true)
  })

  test('show the same wall time as Intl, everywhere and always', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, instant) => {
        expect(formatWall(instant, zone).slice(0, 19)).toBe(byIntl(instant, zone.name))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('parseInstant', () => {
  test.each([
    ['2025-11-15T10:00:00+01:00', '2025-11-15T09:00:00Z'],
    ['2025-11-15T10:00:00+0100', '2025-11-15T09:00:00Z'],
    ['2025-11-15T10:00:00+01', '2025-11-15T09:00:00Z'],
    ['2025-11-15T10:00:00-09:30', '2025-11-15T19:30:00Z'],
    ['2025-11-15T10:00:00Z', '2025-11-15T10:00:00Z'],
    ['2025-11-15T10:00:00z', '2025-11-15T10:00:00Z'],
    ['2025-11-15 10:00Z', '2025-11-15T10:00:00Z'],
    ['2025-11-15T10:00:00.1Z', '2025-11-15T10:00:00.100Z'],
    ['2025-11-15T10:00:00,123456Z', '2025-11-15T10:00:00.123Z'],
    ['2025-11-15T10:00:00.999999999Z', '2025-11-15T10:00:00.999Z'],
    ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59Z'],
    ['2000-01-01T00:00:00Z', '2000-01-01T00:00:00Z'],
    ['2099-12-31T23:59:59.999Z', '2099-12-31T23:59:59.999Z'],
  ])('reads %s whatever the zone', (text, expected) => {
    for (const zone of [berlin, utc, losAngeles, lordHowe])
      expect(parseInstant(text, zone)).toBe(at(expected))
  })

  test.each([
    [berlin, '2025-11-15T10:00:00.123456', '2025-11-15T09:00:00.123Z'],
    [berlin, '2025-07-15T10:00:00', '2025-07-15T08:00:00Z'],
    [utc, '2025-07-15 10:00', '2025-07-15T10:00:00Z'],
    [losAngeles, '2025-07-15T10:00:00', '2025-07-15T17:00:00Z'],
    [kathmandu, '2025-07-15T10:00:00', '2025-07-15T04:15:00Z'],
    [lordHowe, '2025-01-15T10:00:00', '2025-01-14T23:00:00Z'],
    [samoa, '2011-12-29T23:59:00', '2011-12-30T09:59:00Z'],
    [samoa, '2011-12-31T00:00:00', '2011-12-30T10:00:00Z'],
  ])('takes a time without offset as wall time (%#)', (zone, text, expected) => {
    expect(parseInstant(text, zone)).toBe(at(expected))
    expect(parseInstant(text, zone, 'later')).toBe(at(expected))
  })

  test.each([
    [berlin, '2025-03-30T02:30:00', '2025-03-30T03:30:00+02:00'],
    [berlin, '2025-03-30T02:00:00', '2025-03-30T03:00:00+02:00'],
    [losAngeles, '2025-03-09T02:15:00', '2025-03-09T03:15:00-07:00'],
    [lordHowe, '2025-10-05T02:10:00', '2025-10-05T02:40:00+11:00'],
    [saoPaulo, '2018-11-04T00:00:00', '2018-11-04T01:00:00-02:00'],
    [samoa, '2011-12-30T12:00:00', '2011-12-31T12:00:00+14:00'],
  ])('moves a time that clocks skipped ahead by the gap (%#)', (zone, text, expected) => {
    expect(parseInstant(text, zone)).toBe(at(expected))
    expect(parseInstant(text, zone, 'later')).toBe(at(expected))
  })

  test.each([
    [berlin, '2025-10-26T02:30:00', '2025-10-26T00:30:00Z', '2025-10-26T01:30:00Z'],
    [berlin, '2025-10-26T02:00:00', '2025-10-26T00:00:00Z', '2025-10-26T01:00:00Z'],
    [berlin, '2025-10-26T01:59:59', '2025-10-25T23:59:59Z', '2025-10-25T23:59:59Z'],
    [berlin, '2025-10-26T03:00:00', '2025-10-26T02:00:00Z', '2025-10-26T02:00:00Z'],
    [losAngeles, '2025-11-02T01:30:00', '2025-11-02T08:30:00Z', '2025-11-02T09:30:00Z'],
    [lordHowe, '2025-04-06T01:45:00', '2025-04-05T14:45:00Z', '2025-04-05T15:15:00Z'],
  ])('picks a reading of a time that clocks showed twice (%#)', (zone, text, earlier, later) => {
    expect(parseInstant(text, zone)).toBe(at(earlier))
    expect(parseInstant(text, zone, 'later')).toBe(at(later))
  })

  test.each([
    '',
    '2025-11-15',
    '10:00:00',
    '2025-11-15T10',
    '2025-11-15T24:00:00Z',
    '2025-11-15T23:60:00Z',
    '2025-12-31T23:59:60Z',
    '2025-02-29T10:00:00Z',
    '2025-02-30T10:00:00',
    '2100-02-28T10:00:00Z',
    '1999-12-31T23:59:59.999Z',
    '2000-01-01T00:30:00+01:00',
    '2100-01-01T00:00:00Z',
    '2025-00-10T10:00:00Z',
    '2025-13-10T10:00:00Z',
    '2025-04-31T10:00:00Z',
    '2025-04-00T10:00:00Z',
    '2025-11-15T10:00:00.Z',
    '2025-11-15T10:00:00.1234567890Z',
    '2025-11-15T10:00.5Z',
    '2025-11-15T10:00:00+24:00',
    '2025-11-15T10:00:00+01:60',
    '2025-11-15T10:00:00+1',
    '2025-11-15T10:00:00 01:00',
    '2025-11-15T10:00:00+01:00[Europe/Berlin]',
    ' 2025-11-15T10:00:00Z',
    '2025-11-15T10:00:00Z\n',
    '20251115T100000Z',
    '2025-11-15_10:00:00Z',
    '+2025-11-15T10:00:00Z',
    '２０２５-11-15T10:00:00Z',
    'Sat Nov 15 2025 10:00:00 GMT+0100',
    '1763197200000',
  ])('refuses %j', (text) => {
    expect(parseInstant(text, berlin)).toBeNull()
  })

  test('reads back what formatInstant and formatUtc write, in every zone', () => {
    fc.assert(
      fc.property(anyZone, anyZone, anyInstant, (zone, other, instant) => {
        expect(parseInstant(formatInstant(instant, zone), other)).toBe(instant)
        expect(parseInstant(formatUtc(instant), other)).toBe(instant)
      }),
      { numRuns: 1000 },
    )
  })

  test('reads back what formatWall writes with one pick or the other', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, instant) => {
        const text = formatWall(instant, zone)
        expect([parseInstant(text, zone), parseInstant(text, zone, 'later')]).toContain(instant)
      }),
      { numRuns: 1000 },
    )
  })

  test('reads any text without throwing', () => {
    fc.assert(
      fc.property(
        fc.string(),
        (text) => parseInstant(text, berlin) === null || /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text),
      ),
      { numRuns: 1000 },
    )
  })
})

test('isNaive tells times without an offset', () => {
  for (const text of ['2025-11-15T10:00', '2025-11-15 10:00:00,5']) expect(isNaive(text), text).toBe(true)
  for (const text of ['2025-11-15T10:00Z', '2025-11-15T10:00:00+01', '2025-11-15', 'now', ''])
    expect(isNaive(text), text).toBe(false)
})

describe('readSpan', () => {
  const read = (start: string, end: string | null, durationSeconds: number | null = null, zone = berlin) => {
    const span = readSpan({ start, end, durationSeconds }, zone)
    return 'error' in span
      ? span.error
      : `${formatUtc(span.start).slice(5, 16)} ${formatUtc(span.end).slice(5, 16)}`
  }
  const night = (time: string) => `2025-10-26T${time}:00`
  const spring = (time: string) => `2025-03-30T${time}:00`

  test('reads an ordinary event, however wrong its duration', () => {
    const expected = '11-15T09:00 11-15T09:30'
    expect(read('2025-11-15T10:00:00', '2025-11-15T10:30:00')).toBe(expected)
    expect(read('2025-11-15T10:00:00', '2025-11-15T10:30:00', 7)).toBe(expected)
    expect(read('2025-11-15T10:00:00+01:00', '2025-11-15T09:30:00Z', 1800)).toBe(expected)
    expect(read('2025-11-15T10:00:00', '2025-11-15T10:00:00')).toBe('11-15T09:00 11-15T09:00')
  })

  test('knows that 02:50 to 02:10 lasts 20 minutes on the night clocks are put back', () => {
    expect(read(night('02:50'), night('02:10'))).toBe('10-26T00:50 10-26T01:10')
    expect(read(night('02:50'), night('02:10'), 1200)).toBe('10-26T00:50 10-26T01:10')
  })

  test('takes the shortest, then earliest, of the readings, unless the duration says otherwise', () => {
    expect(read(night('02:10'), night('02:50'))).toBe('10-26T00:10 10-26T00:50')
    expect(read(night('02:10'), night('02:50'), 2400)).toBe('10-26T00:10 10-26T00:50')
    expect(read(night('02:10'), night('02:50'), 100 * 60)).toBe('10-26T00:10 10-26T01:50')
    expect(read(night('01:30'), night('02:30'))).toBe('10-25T23:30 10-26T00:30')
    expect(read(night('01:30'), night('02:30'), 7200)).toBe('10-25T23:30 10-26T01:30')
    expect(read(night('02:30'), night('03:30'))).toBe('10-26T01:30 10-26T02:30')
    expect(read(night('02:30'), night('03:30'), 7190)).toBe('10-26T00:30 10-26T02:30')
    expect(read(night('02:30'), night('02:30'))).toBe('10-26T00:30 10-26T00:30')
    expect(read(night('02:30'), night('02:30'), 3600)).toBe('10-26T00:30 10-26T01:30')
  })

  test('reads an event over the night clocks are put ahead, from clocks that follow and clocks that lag', () => {
    expect(read(spring('01:50'), spring('03:10'))).toBe('03-30T00:50 03-30T01:10')
    expect(read(spring('01:50'), spring('02:10'))).toBe('03-30T00:50 03-30T01:10')
    expect(read(spring('02:10'), spring('02:50'))).toBe('03-30T01:10 03-30T01:50')
    expect(read(spring('02:50'), spring('03:10'))).toBe('03-30T00:50 03-30T01:10')
  })

  test('works by half hours on Lord Howe', () => {
    const read30 = (a: string, b: string) => read(`2025-04-06T${a}:00`, `2025-04-06T${b}:00`, null, lordHowe)
    expect(read30('01:50', '01:40')).toBe('04-05T14:50 04-05T15:10')
    expect(read30('01:20', '02:10')).toBe('04-05T14:20 04-05T15:40')
  })

  test('takes the duration where there is no end', () => {
    expect(read('2025-11-15T10:00:00', null, 90)).toBe('11-15T09:00 11-15T09:01')
    expect(read('2025-11-15T10:00:00', null)).toBe('11-15T09:00 11-15T09:00')
    expect(readSpan({ start: '2025-11-15T10:00:00Z', durationSeconds: 0.5 }, utc)).toEqual({
      start: at('2025-11-15T10:00Z'),
      end: at('2025-11-15T10:00Z') + 500,
    })
  })

  test('says what is wrong', () => {
    expect(read('2025-11-15', '2025-11-15T10:00:00')).toBe('start')
    expect(read('2025-11-15T10:00:00', 'later')).toBe('end')
    expect(read('2025-11-15T10:00:00', '2025-11-15T09:59:59')).toBe('order')
    expect(read(night('03:00'), night('02:59'))).toBe('order')
    expect(read(night('02:50'), night('01:59'))).toBe('order')
    for (const duration of [-1, NaN, Infinity, 10 ** 12])
      expect(read('2025-11-15T10:00:00', null, duration), String(duration)).toBe('duration')
  })

  test('brings back every naive event with its true duration, in every zone', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, fc.integer({ min: 0, max: 48 * 3600 }), (zone, instant, seconds) => {
        const start = Math.floor(instant / 1000) * 1000
        const end = start + seconds * 1000
        fc.pre(end < LATEST)
        const text = { start: formatWall(start, zone), end: formatWall(end, zone), durationSeconds: seconds }
        const span = readSpan(text, zone)
        if ('error' in span) throw new Error(`${span.error} in ${JSON.stringify(text)}`)
        expect(span.end - span.start).toBe(seconds * 1000)
        expect(formatWall(span.start, zone)).toBe(text.start)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('writing', () => {
  test('an instant with its offset', () => {
    const noon = at('2025-11-15T09:00:00Z')
    expect(formatInstant(noon, berlin)).toBe('2025-11-15T10:00:00+01:00')
    expect(formatInstant(noon + 7, berlin)).toBe('2025-11-15T10:00:00.007+01:00')
    expect(formatInstant(noon, utc)).toBe('2025-11-15T09:00:00+00:00')
    expect(formatInstant(noon, losAngeles)).toBe('2025-11-15T01:00:00-08:00')
    expect(formatInstant(noon, kathmandu)).toBe('2025-11-15T14:45:00+05:45')
    expect(formatInstant(at('2010-01-01T00:00:00Z'), stJohns)).toBe('2009-12-31T20:30:00-03:30')
    expect(formatInstant(at('2025-10-26T00:30:00Z'), berlin)).toBe('2025-10-26T02:30:00+02:00')
    expect(formatInstant(at('2025-10-26T01:30:00Z'), berlin)).toBe('2025-10-26T02:30:00+01:00')
  })

  test('wall time as Python does, and UTC', () => {
    const noon = at('2025-11-15T09:00:00Z')
    expect(formatWall(noon, berlin)).toBe('2025-11-15T10:00:00')
    expect(formatWall(noon + 123, berlin)).toBe('2025-11-15T10:00:00.123000')
    expect(formatUtc(noon)).toBe('2025-11-15T09:00:00Z')
    expect(formatUtc(noon + 50)).toBe('2025-11-15T09:00:00.050Z')
    expect(formatUtc(EARLIEST)).toBe('2000-01-01T00:00:00Z')
    expect(formatUtc(LATEST - 1)).toBe('2099-12-31T23:59:59.999Z')
  })

  test('durations in hours and minutes', () => {
    const minute = 60_000
    const written = [0, 1, 29_999, 30_000, 5 * minute, 310 * minute, 59.5 * minute, 100 * HOUR].map(
      formatDuration,
    )
    expect(written).toEqual(['0:00', '0:00', '0:00', '0:01', '0:05', '5:10', '1:00', '100:00'])
    expect([-1, -5 * minute, -310 * minute].map(formatDuration)).toEqual(['0:00', '-0:05', '-5:10'])
  })
})

describe('days', () => {
  test('are real dates', () => {
    for (const day of ['2025-11-15', '2024-02-29', '2000-02-29', '1999-12-31'])
      expect(isDay(day), day).toBe(true)
    for (const day of [
      '2025-02-29',
      '1900-02-29',
      '2025-1-5',
      '2025-13-01',
      '2025-11-15T00:00',
      '',
      '20251115',
    ])
      expect(isDay(day), day).toBe(false)
  })

  test('begin at midnight on the wall, or when the hub says', () => {
    expect(dayOf(at('2025-11-15T22:59:59Z'), berlin)).toBe('2025-11-15')
    expect(dayOf(at('2025-11-15T23:00:00Z'), berlin)).toBe('2025-11-16')
    expect(dayOf(at('2025-11-16T02:59:59Z'), berlin, 240)).toBe('2025-11-15')
    expect(dayOf(at('2025-11-16T03:00:00Z'), berlin, 240)).toBe('2025-11-16')
    expect(dayOf(at('2025-11-15T07:59:59Z'), losAngeles)).toBe('2025-11-14')
    expect(dayOf(at('2025-11-14T18:15:00Z'), kathmandu)).toBe('2025-11-15')
  })

  test('last 23 or 25 hours when clocks change, by half an hour on Lord Howe', () => {
    const hours = (day: string, zone = berlin, dayStart = 0) => {
      const { start, end } = dayRange(day, zone, dayStart)
      return (end - start) / HOUR
    }
    expect(hours('2025-11-15')).toBe(24)
    expect(hours('2025-03-30')).toBe(23)
    expect(hours('2025-10-26')).toBe(25)
    expect(hours('2025-03-29', berlin, 240)).toBe(23)
    expect(hours('2025-10-25', berlin, 240)).toBe(25)
    expect(hours('2025-10-26', berlin, 240)).toBe(24)
    expect(hours('2025-04-06', lordHowe)).toBe(24.5)
    expect(hours('2025-10-05', lordHowe)).toBe(23.5)
    expect(hours('2018-11-04', saoPaulo)).toBe(23)
    expect(hours('2018-02-17', saoPaulo)).toBe(25)
    expect(hours('2011-12-29', samoa)).toBe(24)
    expect(hours('2011-12-30', samoa)).toBe(0)
    expect(hours('2025-10-26', utc)).toBe(24)
  })

  test('start where dayRange says', () => {
    expect(dayRange('2025-11-15', berlin)).toEqual({
      start: at('2025-11-14T23:00:00Z'),
      end: at('2025-11-15T23:00:00Z'),
    })
    expect(dayRange('2025-11-15', berlin, 240).start).toBe(at('2025-11-15T03:00:00Z'))
    expect(dayRange('2018-11-04', saoPaulo).start).toBe(at('2018-11-04T03:00:00Z'))
  })

  test('do not run backwards where the day starts in the hour that clocks show twice', () => {
    const dayStart = 150 // 02:30
    expect(dayOf(at('2025-10-26T00:29:00Z'), berlin, dayStart)).toBe('2025-10-25')
    expect(dayOf(at('2025-10-26T00:30:00Z'), berlin, dayStart)).toBe('2025-10-26')
    expect(dayOf(at('2025-10-26T01:10:00Z'), berlin, dayStart)).toBe('2025-10-26') // 02:10 again
  })

  test('hold every instant exactly once, in every zone', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, anyDayStart, (zone, instant, dayStart) => {
        const day = dayOf(instant, zone, dayStart)
        const { start, end } = dayRange(day, zone, dayStart)
        expect(start).toBeLessThanOrEqual(instant)
        expect(end).toBeGreaterThan(instant)
        expect(dayRange(addDays(day, 1), zone, dayStart).start).toBe(end)
        expect(dayRange(addDays(day, -1), zone, dayStart).end).toBe(start)
        expect(dayOf(start, zone, dayStart)).toBe(day)
        expect(dayOf(end - 1, zone, dayStart)).toBe(day)
      }),
      { numRuns: 1000 },
    )
  })

  test('are counted, and fall on weekdays', () => {
    expect(addDays('2025-12-31', 1)).toBe('2026-01-01')
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29')
    expect(daysBetween('2025-01-01', '2026-01-01')).toBe(365)
    expect(daysBetween('2026-01-01', '2025-12-25')).toBe(-7)
    expect(weekdayOf('2025-11-15')).toBe(6)
    expect(weekdayOf('2025-11-16')).toBe(7)
    expect(weekdayOf('2025-11-17')).toBe(1)
    expect(weekdayOf('1969-12-31')).toBe(3)
    expect(weekOf('2025-11-16')).toBe('2025-11-10')
    expect(weekOf('2025-11-10')).toBe('2025-11-10')
    expect(weekOf('2026-01-01')).toBe('2025-12-29')
  })

  test.each([
    ['2026-11-24', 48],
    ['2026-01-01', 1],
    ['2025-12-29', 1],
    ['2025-12-28', 52],
    ['2026-12-31', 53],
    ['2027-01-03', 53],
    ['2027-01-04', 1],
    ['2024-12-30', 1],
  ])('are in weeks that belong to the year of their Thursday: %s is in week %d', (day, week) => {
    expect(weekNumber(day)).toBe(week)
  })

  test('agree with the language about dates, weekdays and distances', () => {
    const count = fc.integer({ min: -40_000, max: 40_000 })
    fc.assert(
      fc.property(anyInstant, count, (instant, days) => {
        const day = dayOf(instant, utc)
        const there = addDays(day, days)
        expect(day).toBe(new Date(instant).toISOString().slice(0, 10))
        expect(there).toBe(new Date(at(day) + days * 24 * HOUR).toISOString().slice(0, 10))
        expect(addDays(there, -days)).toBe(day)
        expect(daysBetween(day, there)).toBe(days)
        expect(weekdayOf(there) % 7).toBe(new Date(at(there)).getUTCDay())
        expect(weekdayOf(weekOf(there))).toBe(1)
        expect(isDay(there)).toBe(true)
      }),
    )
  })

  test('that do not exist are refused', () => {
    expect(() => dayRange('2025-02-29', utc)).toThrow(RangeError)
    expect(() => addDays('today', 1)).toThrow(RangeError)
    expect(() => weekdayOf('')).toThrow(RangeError)
  })
})

test('the clock of the system tells the time', () => {
  expect(Math.abs(systemClock() - Date.now())).toBeLessThan(1000)
})
