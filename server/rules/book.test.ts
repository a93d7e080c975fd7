import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, test } from 'vitest'
import type { RuleConditions } from '../../contract/rule.ts'
import { bookMaker, type Matchable } from './book.ts'
import { fold } from './fold.ts'
import type { RuleEvent } from './subject.ts'

const EVENT: RuleEvent = {
  source: 'window',
  user_id: 1,
  title: '2417_WHN_Grundriss_EG_v7.dwg - Autodesk AutoCAD 2025',
  app: 'acad.exe',
  url: null,
  phone_number: null,
  contact: null,
}
const CALL: RuleEvent = {
  ...EVENT,
  source: 'phone',
  title: null,
  app: null,
  phone_number: '+49 (0)30 23125-014',
  contact: 'Frau Yıldız, Bauaufsicht',
}
const PAGE: RuleEvent = {
  ...EVENT,
  source: 'browser',
  title: 'Projektraum | Werkhalle Nord – Google Chrome',
  app: 'chrome.exe',
  url: 'https://www.projektraum.example/whn/01_Pläne?sort=name#top',
}

const rule = (conditions: RuleConditions, user_id: number | null = null): Matchable => ({
  id: 1,
  user_id,
  conditions,
})
const holds = (conditions: RuleConditions, event: RuleEvent) =>
  bookMaker()([rule(conditions)]).first(event) !== null

describe('a condition', () => {
  test.each<[RuleConditions, RuleEvent, boolean]>([
    [{ app: 'acad.exe' }, EVENT, true],
    [{ app: 'ACAD' }, EVENT, true],
    [{ app: 'aca?' }, EVENT, true],
    [{ app: 'a*d' }, EVENT, true],
    [{ app: '*' }, EVENT, true],
    [{ app: 'aca' }, EVENT, false],
    [{ app: 'a?d' }, EVENT, false],
    [{ app: '??' }, { ...EVENT, app: '🏗️.exe' }, true],
    [{ app: 'acad' }, { ...EVENT, app: ' ACAD.EXE ' }, true],
    [{ titleContains: 'grundriss' }, EVENT, true],
    [{ titleContains: 'GRUNDRIẞ' }, EVENT, true],
    [{ titleContains: 'whn_schnitt' }, EVENT, false],
    [{ titleContains: 'v7' }, EVENT, true],
    [{ titleContains: '_' }, EVENT, true],
    [{ titleRegex: '^\\d{4}_WHN_' }, EVENT, true],
    [{ titleRegex: 'schnitt|GRUNDRISS' }, EVENT, true],
    [{ titleRegex: '^WHN' }, EVENT, false],
    [{ titleRegex: '(' }, EVENT, false],
    [{ url: 'projektraum.example/whn' }, PAGE, true],
    [{ url: 'projektraum.example/*/01_pläne' }, PAGE, true],
    [{ url: '*' }, PAGE, true],
    [{ url: 'whn/01*01_pläne' }, PAGE, false],
    [{ url: '01_pläne*/whn/' }, PAGE, false],
    [{ url: 'projektraum.example/ksh' }, PAGE, false],
    [{ phone: '+49 30 23125014' }, CALL, true],
    [{ phone: '0049 30 23125-014' }, CALL, true],
    [{ phone: '+493023125*' }, CALL, true],
    [{ phone: '+493023125' }, CALL, false],
    [{ phone: '+493023126*' }, CALL, false],
    [{ phone: 'anonym' }, { ...CALL, phone_number: 'Anonym' }, true],
    [{ contact: 'yildiz' }, CALL, true],
    [{ contact: 'bauaufsicht' }, CALL, true],
    [{ contact: 'Herr' }, CALL, false],
    [{ source: 'phone' }, CALL, true],
    [{ source: 'phone' }, EVENT, false],
    [{ app: 'acad', titleContains: 'Grundriss' }, EVENT, true],
    [{ app: 'revit', titleContains: 'Grundriss' }, EVENT, false],
    [{ app: 'acad', titleContains: 'Grundriss', source: 'browser' }, EVENT, false],
    [{ source: 'phone', contact: 'frau', phone: '+49*' }, CALL, true],
  ])('%j on %j: %s', (conditions, event, expected) => {
    expect(holds(conditions, event)).toBe(expected)
  })

  test.each<RuleConditions>([
    { app: '*' },
    { titleContains: 'a' },
    { titleRegex: '.*' },
    { url: '*' },
    { phone: '*' },
    { contact: 'a' },
  ])('on a field that the event lacks does not hold: %j', (conditions) => {
    const bare = { title: null, app: null, url: null, phone_number: null, contact: null }
    const empty = { title: '', app: '', url: '', phone_number: '', contact: '' }
    expect(holds(conditions, { ...EVENT, ...bare })).toBe(false)
    expect(holds(conditions, { ...EVENT, ...empty })).toBe(false)
  })

  test.each([
    'план_v2 Ремонт',
    '設計図面 2025',
    'مخطط الطابق',
    'תוכנית',
    '🏗️ Baustelle 👩🏽‍🔧',
    'ΑΡΧΙΤΕΚΤΟΝΙΚΗ',
    'हिन्दी में',
    'x\u200by\u202ez',
  ])('reads every script: %s', (title) => {
    const part = Array.from(title).slice(1, 5).join('')
    expect(holds({ titleContains: part }, { ...EVENT, title: `a ${title} b` })).toBe(true)
    expect(holds({ titleRegex: RE2JS.quote(title) }, { ...EVENT, title: title.toUpperCase() })).toBe(true)
  })
})

test('a rule for one person holds for no other, nor for events of nobody', () => {
  const book = bookMaker()([rule({ app: 'acad' }, 1)])
  expect(book.first(EVENT)).not.toBeNull()
  expect(book.first({ ...EVENT, user_id: 2 })).toBeNull()
  expect(book.first({ ...EVENT, user_id: null })).toBeNull()
})

// ---- What finds rules quickly finds what trying them all would find -------------------------------

const WORDS = ['Plan', 'grundriss', 'ß', 'Straße', '2417_', 'x', ' ', '日本', '🏗️', 'İ', 'ab', 'Halle 7']
const text = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 })
  .map((words) => words.join(''))
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
const APPS = ['acad.exe', 'ACAD', 'winword', 'a', 'Büro.exe']
const NUMBERS = ['+493012', '0049 30 12', '+49301', '030 12', 'anonym']

const conditions: fc.Arbitrary<RuleConditions> = fc.record({
  app: maybe(fc.constantFrom(...APPS, 'a*', '*d', '?cad', 'w*d')),
  titleContains: maybe(text),
  titleRegex: maybe(
    fc.constantFrom('plan', '^plan.*x', 'ab|halle', '\\d{4}_', 'ß', '.', '[x-z]+$', 'STRASSE|Straße'),
  ),
  url: maybe(fc.constantFrom('example', 'a*b', 'x/y', '*')),
  phone: maybe(fc.constantFrom(...NUMBERS, '+4930*')),
  contact: maybe(fc.constantFrom('Frau', 'yıldız')),
  source: maybe(fc.constantFrom('window', 'phone')),
})
const rules = fc
  .array(fc.record({ conditions, user_id: fc.constantFrom(null, null, 1, 2) }), { maxLength: 30 })
  .map((list) => list.map((one, index) => ({ id: index + 1, ...one })))
const event: fc.Arbitrary<RuleEvent> = fc.record({
  source: fc.constantFrom('window', 'phone', 'browser'),
  user_id: fc.constantFrom(null, 1, 2),
  title: fc.option(text),
  app: fc.option(fc.constantFrom(...APPS)),
  url: fc.option(fc.constantFrom('https://example/x/y', 'http://a/b', 'about:blank')),
  phone_number: fc.option(fc.constantFrom(...NUMBERS)),
  contact: fc.option(fc.constantFrom('Frau Yıldız', 'Herr Plan')),
})

const plain = (app: string) => fold(app).replace(/\.exe$/, '')
const digits = (number: string) => {
  const only = number.replaceAll(/[^\d+]/g, '')
  return only === '' ? fold(number) : only.replace(/^00/, '+')
}
const glob = (pattern: string) => {
  const quoted = pattern.replaceAll(/[.+^$()|[\]{}\\]/g, '\\$&')
  return new RegExp(`^${quoted.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'su')
}

/** Each condition as DESIGN says it. */
const MEANINGS: { [K in keyof RuleConditions]-?: (wanted: string, event: RuleEvent) => boolean } = {
  source: (wanted, { source }) => source === wanted,
  app: (wanted, { app }) => !!app && glob(plain(wanted)).test(plain(app)),
  titleContains: (wanted, { title }) => !!title && fold(title).includes(fold(wanted)),
  titleRegex: (wanted, { title }) => !!title && RE2JS.compile(wanted, RE2JS.CASE_INSENSITIVE).test(title),
  url: (wanted, { url }) => !!url && glob(`*${fold(wanted)}*`).test(fold(url)),
  phone: (wanted, { phone_number: number }) =>
    !!number &&
    (wanted.endsWith('*') ? digits(number).startsWith(digits(wanted)) : digits(number) === digits(wanted)),
  contact: (wanted, { contact }) => !!contact && fold(contact).includes(fold(wanted)),
}

/** One condition after the other, without an index. */
function naive({ conditions: asked, user_id }: Matchable, subject: RuleEvent): boolean {
  const given = Object.entries(asked).filter(([, wanted]) => wanted !== undefined)
  return (
    given.length > 0 &&
    (user_id === null || user_id === subject.user_id) &&
    given.every(([name, wanted]) => MEANINGS[name as keyof RuleConditions](String(wanted), subject))
  )
}

test('the first match wins, and all that match are found: as if each rule were tried', () => {
  fc.assert(
    fc.property(rules, fc.array(event, { minLength: 1, maxLength: 10 }), (list, events) => {
      const book = bookMaker()(list)
      for (const one of events) {
        const expected = list.filter((candidate) => naive(candidate, one))
        expect(book.first(one)).toBe(expected[0] ?? null)
        expect(book.all(one)).toEqual(expected)
      }
    }),
    { numRuns: 600 },
  )
})

test('a book that is made anew after a change is as good as a new one', () => {
  const make = bookMaker()
  const list = [rule({ titleRegex: 'grund(riss)?' }), { ...rule({ titleRegex: 'schnitt' }), id: 2 }]
  expect(make(list).first(EVENT)?.id).toBe(1)
  expect(make(list.slice(1)).first(EVENT)).toBeNull()
  expect(make([...list].reverse()).first(EVENT)?.id).toBe(1)
})

test('among 10,000 rules one is found about as fast as among 10', () => {
  const many = (count: number): Matchable[] =>
    Array.from({ length: count }, (_, index) => ({
      id: index,
      user_id: null,
      conditions: { titleContains: `Projekt ${index}_` },
    }))
  const timed = (count: number) => {
    const book = bookMaker()(many(count))
    const events = Array.from({ length: 2000 }, (_, index) => ({
      ...EVENT,
      title: `Projekt ${index % count}_ Plan ${index}`,
    }))
    for (const one of events) expect(book.first(one)?.id).toBeDefined()
    const began = performance.now()
    for (const one of events) book.first(one)
    return performance.now() - began
  }
  // Trying each would be a thousand times as much.
  expect(timed(10_000)).toBeLessThan(50 * timed(10) + 100)
})
