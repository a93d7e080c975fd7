import { beforeAll, expect, test } from 'vitest'
import { addMessages, showLocale } from '../../i18n/index.ts'
import de from '../../i18n/system.de.json'
import en from '../../i18n/system.en.json'
import { reasonWords } from './reasons.ts'

beforeAll(async () => {
  addMessages({ de, en })
  await showLocale('de')
})

test.each([
  ['ended by SIGTERM', 'beendet durch SIGTERM'],
  ['ended with code 1', 'endete mit Code 1'],
  [
    'killed from outside, perhaps because the machine ran out of memory',
    'von außen beendet, vielleicht weil dem Gerät der Speicher ausging',
  ],
  ['crashed (SIGSEGV)', 'abgestürzt (SIGSEGV)'],
  ['could not be started', 'ließ sich nicht starten'],
  ['no answer to messages', 'antwortete nicht mehr'],
  ['no answer over HTTP', 'antwortete über HTTP nicht mehr'],
  ['not ready within 30 s', 'nach 30 s noch nicht bereit'],
  ['over its memory: 320.5 MB, cap 300', '320.5 MB belegt, ersetzt ab 300 MB'],
  ['over its memory: 420 MB, at most 400', '420 MB belegt, höchstens 400 MB erlaubt'],
  ['over its memory: 950 MB together, cap 900', 'alles zusammen 950 MB, ersetzt ab 900 MB'],
  ['over its memory: 1100 MB together, at most 1024', 'alles zusammen 1100 MB, höchstens 1024 MB erlaubt'],
  ['out of memory: it needed more than its 216 MB', 'Heap voll, mehr als 216 MB gebraucht'],
  ['out of memory or another fatal error of V8 (x)', 'Speicher voll'],
])('%s: %s', (reason, words) => {
  expect(reasonWords(reason)).toBe(words)
})

test('what we have no words for is shown as it was said', () => {
  const said = 'The port is in use by another program, perhaps another hub.'
  expect(reasonWords(said)).toBe(said)
})
