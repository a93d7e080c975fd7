// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../contract/time.ts'
import { dayWords, numberWords } from './plain.ts'

const LOCALES = [
  ['de', 'de-DE'],
  ['en', 'en-GB'],
] as const

test.each(LOCALES)('every day of a year reads in %s as Intl writes it', (language, locale) => {
  for (const isShort of [false, true])
    for (const hasYear of [false, true]) {
      const format = new Intl.DateTimeFormat(locale, {
        weekday: isShort ? 'short' : 'long',
        day: 'numeric',
        month: isShort ? 'short' : 'long',
        ...(hasYear ? { year: 'numeric' } : {}),
        timeZone: 'UTC',
      })
      for (let n = 0; n < 366; n++) {
        const day = addDays('2026-01-01', n)
        // The full stop of an abbreviated weekday is one too many: `Di., 24. Nov.`
        const wanted = format.format(new Date(`${day}T12:00:00Z`)).replace(/^(\p{L}+)\./u, '$1')
        expect(dayWords(language, day, isShort, hasYear)).toBe(wanted)
      }
    }
})

test.each(LOCALES)('numbers read in %s as Intl writes them', (language, locale) => {
  const value = fc.oneof(
    fc.double({ min: -1e9, max: 1e9, noNaN: true }),
    fc.integer({ min: -2_000_000, max: 2_000_000 }).map((n) => n / 100),
  )
  fc.assert(
    fc.property(value, fc.integer({ min: 0, max: 3 }), (number, digits) => {
      const wanted = new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(number)
      expect(numberWords(language, number, digits)).toBe(wanted)
    }),
  )
})
