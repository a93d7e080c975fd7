import { beforeAll, expect, test } from 'vitest'
import { showLocale } from '../../i18n/index.ts'
import { reasonsOf } from './because.ts'

beforeAll(() => showLocale('de'))

test.each([
  [[{ kind: 'title' as const, text: null }], 'wie zuletzt'],
  [[{ kind: 'word' as const, text: 'Brandschutz' }], 'wegen „Brandschutz“'],
  [
    [
      { kind: 'name' as const, text: 'Wohnhof' },
      { kind: 'word' as const, text: 'Statik' },
    ],
    'wegen „Wohnhof“, „Statik“',
  ],
  [[{ kind: 'caller' as const, text: 'Müller' }], 'wegen Anrufer Müller'],
  [[{ kind: 'host' as const, text: 'din.de' }], 'wegen din.de'],
  [
    [
      { kind: 'app' as const, text: 'acad' },
      { kind: 'neighbour' as const, text: null },
    ],
    'wegen acad, Nachbarblock',
  ],
  [[{ kind: 'hour' as const, text: '10' }], ''],
  [[], ''],
])('%j is said as %s', (because, words) => {
  expect(reasonsOf(because)).toBe(words)
})
