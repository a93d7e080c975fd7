// @vitest-environment node
import { expect, test } from 'vitest'
import de from './de.json'
import en from './en.json'
import kioskDe from './kiosk.de.json'
import kioskEn from './kiosk.en.json'
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
  ['at the kiosk', kioskDe, kioskEn],
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
