// @vitest-environment node
import { expect, test } from 'vitest'
import accessDe from './access.de.json'
import accessEn from './access.en.json'
import { createI18n } from 'vue-i18n'
import attendanceDe from './attendance.de.json'
import attendanceEn from './attendance.en.json'
import de from './de.json'
import en from './en.json'
import { formsOf } from './forms.ts'
import kioskDe from './kiosk.de.json'
import kioskEn from './kiosk.en.json'
import peopleDe from './people.de.json'
import peopleEn from './people.en.json'
import projectsDe from './projects.de.json'
import projectsEn from './projects.en.json'
import searchDe from './search.de.json'
import searchEn from './search.en.json'
import sessionsDe from './sessions.de.json'
import sessionsEn from './sessions.en.json'
import reviewDe from './review.de.json'
import reviewEn from './review.en.json'
import rulesDe from './rules.de.json'
import rulesEn from './rules.en.json'
import systemDe from './system.de.json'
import systemEn from './system.en.json'
import weekDe from './week.de.json'
import weekEn from './week.en.json'

const PAIRS: [string, Record<string, string>, Record<string, string>][] = [
  ['everywhere', de, en],
  ['at the log-in', accessDe, accessEn],
  ['of attendance', attendanceDe, attendanceEn],
  ['at the kiosk', kioskDe, kioskEn],
  ['of people and devices', peopleDe, peopleEn],
  ['of the projects', projectsDe, projectsEn],
  ['in the search', searchDe, searchEn],
  ['of the sessions', sessionsDe, sessionsEn],
  ['in the sheets of the Day', reviewDe, reviewEn],
  ['of the rules', rulesDe, rulesEn],
  ['on the System page', systemDe, systemEn],
  ['of the week', weekDe, weekEn],
]

const names = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()

test.each(PAIRS)('%s German and English have the same keys, sorted', (_where, german, english) => {
  expect(Object.keys(german)).toEqual(Object.keys(english))
  expect(Object.keys(german)).toEqual(Object.keys(german).toSorted())
})

test.each(PAIRS)(
  '%s both languages name the same values and have the same number of forms',
  (_where, all, others) => {
    for (const [key, german] of Object.entries(all)) {
      const english = others[key] ?? ''
      expect([key, names(english)]).toEqual([key, names(german)])
      expect([key, english.split(' | ').length]).toEqual([key, german.split(' | ').length])
    }
  },
)

test.each(PAIRS)('%s no text is empty', (_where, german, english) => {
  for (const messages of [german, english])
    expect(Object.values(messages).filter((text) => text.trim() === '')).toEqual([])
})

test('no page replaces a text that is everywhere, or one of another page', () => {
  const keys = PAIRS.flatMap(([, german]) => Object.keys(german))
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
})

test.each(PAIRS)('%s every text reads as vue-i18n reads it', (_where, german, english) => {
  const write = (messages: Record<string, string>, isOurs: boolean) => {
    const messageResolver = (all: unknown, key: string) => {
      const text = (all as Record<string, string>)[key] ?? ''
      return isOurs ? formsOf(text) : text
    }
    const { t } = createI18n({
      legacy: false,
      locale: 'de',
      messages: { de: messages },
      messageResolver,
    }).global
    return Object.entries(messages).flatMap(([key, text]) => {
      const named = Object.fromEntries(names(text).map((name, at) => [name.slice(1, -1), `${at}`]))
      return [t(key, named), ...[0, 1, 2, 7].map((n) => t(key, { ...named, n }, n))]
    })
  }
  for (const messages of [german, english]) expect(write(messages, true)).toEqual(write(messages, false))
})
