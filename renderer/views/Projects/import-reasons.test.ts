import { beforeAll, expect, test } from 'vitest'
import { addMessages, showLocale } from '../../i18n/index.ts'
import de from '../../i18n/projects.de.json'
import en from '../../i18n/projects.en.json'
import { importReason } from './import-reasons.ts'

addMessages({ de, en })

beforeAll(() => showLocale('de'))

test('known reasons name the line and read in the shown language', () => {
  expect(importReason('Line 2: "zwölf" in column "Sollstunden" is no number from 0 to 1000000.')).toBe(
    'Zeile 2: „zwölf“ in Spalte „Sollstunden“ ist keine Stundenzahl.',
  )
  expect(importReason('The file is empty.')).toBe('Die Datei ist leer.')
})

test('an unknown reason is shown as it came, with its line', () => {
  expect(importReason('Line 7: The moon is full.')).toBe('Zeile 7: The moon is full.')
})
