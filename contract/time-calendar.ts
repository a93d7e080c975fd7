/**
 * Calendar arithmetic without Date or Intl. A part of `time.ts`, through which everybody else goes.
 */

const TWO = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'))

/** Two digits of an integer from 0 to 99. */
export const two = (n: number): string => TWO[n] ?? ''

// Both ways between a date and its count of days since 1970: Howard Hinnant, "chrono-Compatible
// Low-Level Date Algorithms". The year begins in March there, so that a leap day comes last.

/** Days since 1970, or null if there is no such date. Months from 1; years 0 to 9999. */
export function daysFromCivil(year: number, month: number, day: number): number | null {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const length = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
  if (month < 1 || month > 12 || day < 1 || day > length) return null
  const y = month > 2 ? year : year - 1
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  return era * 146_097 + yearOfEra * 365 + leaps + dayOfYear - 719_468
}

/** The date `days` after 1970-01-01, as `YYYY-MM-DD`. */
export function civilText(days: number): string {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const doe = shifted - era * 146_097
  const leaps = Math.floor(doe / 36_524) - Math.floor(doe / 1_460) - Math.floor(doe / 146_096)
  const yearOfEra = Math.floor((doe + leaps) / 365)
  const dayOfYear = doe - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const march = Math.floor((5 * dayOfYear + 2) / 153)
  const month = march < 10 ? march + 3 : march - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfYear - Math.floor((153 * march + 2) / 5) + 1)}`
}
