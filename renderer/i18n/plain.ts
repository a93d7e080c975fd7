import { type Day, weekdayOf } from '../../contract/time.ts'

/*
 * The dates and numbers that every page shows first, without Intl: a browser takes 50 ms to answer its first question
 * there, a Pi's several times that. What is written is what Intl writes (plain.test.ts).
 */

type Language = {
  weekdays: string
  shortWeekdays: string
  months: string
  shortMonths: string
  /** after the weekday, where a year follows and where none does; after the day */
  beforeYear: string
  afterWeekday: string
  afterDay: string
  decimal: string
  thousands: string
}

const LANGUAGES = {
  de: {
    weekdays: 'Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag',
    shortWeekdays: 'Mo Di Mi Do Fr Sa So',
    months: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
    shortMonths: 'Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.',
    beforeYear: ', ',
    afterWeekday: ', ',
    afterDay: '. ',
    decimal: ',',
    thousands: '.',
  },
  en: {
    weekdays: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday',
    shortWeekdays: 'Mon Tue Wed Thu Fri Sat Sun',
    months: 'January February March April May June July August September October November December',
    shortMonths: 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec',
    beforeYear: ', ',
    afterWeekday: ' ',
    afterDay: ' ',
    decimal: '.',
    thousands: ',',
  },
} satisfies Record<string, Language>

const nth = (words: string, n: number): string => words.split(' ')[n - 1] ?? ''

/** `Dienstag, 24. November`, short `Di, 24. Nov.` */
export function dayWords(
  language: keyof typeof LANGUAGES,
  day: Day,
  isShort: boolean,
  hasYear: boolean,
): string {
  const words = LANGUAGES[language]
  const weekday = nth(isShort ? words.shortWeekdays : words.weekdays, weekdayOf(day))
  const month = nth(isShort ? words.shortMonths : words.months, Number(day.slice(5, 7)))
  const year = hasYear ? ` ${day.slice(0, 4)}` : ''
  const date = `${Number(day.slice(8, 10))}${words.afterDay}${month}${year}`
  return weekday + (hasYear ? words.beforeYear : words.afterWeekday) + date
}

/** By the digits that are written: 0.15 is nearer to 0.2 for people, though not for a processor. */
function rounded(value: number, digits: number): number {
  const text = String(value)
  return text.includes('e') ? value : Number(`${Math.round(Number(`${text}e${digits}`))}e-${digits}`)
}

/** `1.234,6`, with at most so many digits after the comma. */
export function numberWords(language: keyof typeof LANGUAGES, value: number, digits: number): string {
  const { decimal, thousands } = LANGUAGES[language]
  const [whole = '', fraction = ''] = rounded(Math.abs(value), digits).toFixed(digits).split('.')
  const rest = fraction.replace(/0+$/, '')
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, thousands) + (rest === '' ? '' : decimal + rest)
}
