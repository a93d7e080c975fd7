import { beforeAll, expect, test } from 'vitest'
import { SessionSettings } from '../../../contract/settings.ts'
import { DEFAULT_SETTINGS } from '../../../contract/usual-settings.ts'
import { showLocale } from '../../i18n/index.ts'
import { LENGTHS, LIMITS, USUAL, fieldsOf, readMinutes, settingsOf } from './settings-fields.ts'

beforeAll(() => showLocale('de'))

test('the usual settings are those that the hub comes with', () => {
  expect(USUAL).toEqual(DEFAULT_SETTINGS.sessions)
})

test.each(LENGTHS)('the hub takes what the form takes for %s, and no more', (length) => {
  const { least, most } = LIMITS[length]
  const takes = (value: number) => SessionSettings.shape[length].safeParse(value).success
  expect([least - 1, least, most, most + 1].map(takes)).toEqual([false, true, true, false])
})

test.each([
  ['5', 300],
  ['0,5', 30],
  ['1.25', 75],
  ['1:30', 90],
  ['2 min', 120],
  ['60', 3600],
])('%s minutes are %d seconds', (text, seconds) => {
  expect(readMinutes(text, LIMITS.gapSeconds)).toBe(seconds)
})

test.each(['', '0,4', '61', '-1', '1:75', 'fünf', '1e2'])('"%s" is no pause', (text) => {
  expect(readMinutes(text, LIMITS.gapSeconds)).toBeNull()
})

test('the form shows minutes and percent, and gives the settings back', () => {
  const settings = { gapSeconds: 300, breakSeconds: 45, smallSeconds: 0, similarity: 0.7 }
  expect(fieldsOf(settings)).toEqual({
    gapSeconds: '5',
    breakSeconds: '0,75',
    smallSeconds: '0',
    similarity: '70',
  })
  expect(settingsOf(fieldsOf(settings))).toEqual(settings)
  expect(settingsOf({ ...fieldsOf(settings), breakSeconds: 'x' })).toBeNull()
})
