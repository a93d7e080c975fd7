import { describe, expect, test } from 'vitest'
import type { RuleConditions } from '../../contract/rule.ts'
import { bookMaker } from './book.ts'
import { commonConditions } from './shared-traits.ts'
import type { RuleEvent } from './subject.ts'

const event = (fields: Partial<RuleEvent>): RuleEvent => ({
  source: 'window',
  user_id: 1,
  title: null,
  app: null,
  url: null,
  phone_number: null,
  contact: null,
  ...fields,
})
const titled = (...titles: string[]) => titles.map((title) => event({ title, app: 'ACAD.EXE' }))

describe('what events have in common', () => {
  test.each<[string, RuleEvent[], RuleConditions | null]>([
    [
      'the beginning of their file names',
      titled('2417_WHN_Grundriss_EG_v7.dwg - AutoCAD', '2417_WHN_Schnitt_A-A_v3.dwg - AutoCAD'),
      { titleContains: '2417_WHN', app: 'acad' },
    ],
    [
      'a file, whatever its version',
      titled('2417_WHN_Grundriss_EG_v7.dwg - AutoCAD'),
      { titleContains: '2417_WHN_Grundriss_EG', app: 'acad' },
    ],
    [
      'a project in the middle',
      titled('Termine Werkhalle Nord', 'AW: Planstand Werkhalle Nord (2)'),
      { titleContains: 'Werkhalle Nord', app: 'acad' },
    ],
    [
      'no halves of words',
      titled('Planung Halle', 'Planlauf Halle'),
      { titleContains: 'Halle', app: 'acad' },
    ],
    ['a program alone', titled('Eins', 'Zwei'), { app: 'acad' }],
    ['a program, when a title is missing', [...titled('Eins'), event({ app: 'acad' })], { app: 'acad' }],
    [
      'how the first writes it',
      titled('GROSSE STRASSE 7', 'Große Straße 7'),
      { titleContains: 'GROSSE STRASSE 7', app: 'acad' },
    ],
    [
      'a number, and not how its owner is called',
      [
        event({ source: 'phone', phone_number: '+49 30 1234', contact: 'Frau Behrens' }),
        event({ source: 'phone', phone_number: '0049301234', contact: 'Frau Behrens' }),
      ],
      { phone: '+49 30 1234' },
    ],
    [
      'a contact of several numbers',
      [
        event({ source: 'phone', phone_number: '+49301', contact: 'Frau Behrens' }),
        event({ source: 'phone', phone_number: '+49302', contact: 'FRAU BEHRENS' }),
      ],
      { contact: 'Frau Behrens' },
    ],
    [
      'an address up to where they part, in whatever browser',
      [
        event({
          source: 'browser',
          app: 'chrome.exe',
          url: 'https://www.projektraum.example/whn/Pläne?sort=1',
          title: 'A',
        }),
        event({
          source: 'browser',
          app: 'chrome.exe',
          url: 'https://projektraum.example/whn/Fotos#top',
          title: 'B',
        }),
      ],
      { url: 'projektraum.example/whn' },
    ],
    [
      'what kind of thing they are',
      [event({ source: 'manual' }), event({ source: 'manual' })],
      { source: 'manual' },
    ],
    ['nothing', [event({ source: 'manual', title: 'x' }), event({ source: 'phone' })], null],
    [
      'nothing that says something',
      [event({ source: 'manual', title: '--' }), event({ source: 'phone', title: '--' })],
      null,
    ],
  ])('is %s', (_what, events, conditions) => {
    expect(commonConditions(events)).toEqual(conditions)
  })

  test.each([
    ['emoji and marks', ['👩🏽‍🔧 Baustelle 🏗️ Übergabe', 'Fotos Baustelle 🏗️ Übergabe']],
    ['no spaces', ['設計図面 東京タワー', '見積 東京タワー']],
    ['right to left', ['مخطط الطابق الأول', 'صور الطابق الأول']],
    ['letters of one title, thousands of them', ['x'.repeat(2000), `y${'x'.repeat(1500)}`]],
    ['what looks like a pattern', ['(a|b)*.{3} [x', 'y (a|b)*.{3} [x']],
  ])('holds for each of them: %s', (_what, titles) => {
    const events = titles.map((title) => event({ title, app: 'a' }))
    const conditions = commonConditions(events)
    const book = bookMaker()([{ id: 1, user_id: null, conditions: conditions ?? {} }])
    for (const one of events) expect(book.first(one)).not.toBeNull()
  })

  test('is found among a thousand long titles in a moment', () => {
    const titles = Array.from(
      { length: 1000 },
      (_, index) => `Statik Halle ${index} ${'ab'.repeat(900)}${index}`,
    )
    const began = performance.now()
    expect(commonConditions(titled(...titles))).toHaveProperty('titleContains')
    expect(performance.now() - began).toBeLessThan(5000)
  })
})
