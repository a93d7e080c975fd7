import { beforeAll, expect, test } from 'vitest'
import { makeFindings, makeStoredRule } from '../../fixtures/rules.ts'
import { showLocale } from '../../i18n/index.ts'
import { explainedShare, usesOf } from './findings.ts'
import { addRuleTexts } from './texts.ts'

beforeAll(async () => {
  addRuleTexts()
  await showLocale('de')
})

const RULES = [makeStoredRule(1, 'Werkhalle'), makeStoredRule(2, 'Statik'), makeStoredRule(3, 'Alt')]
const marks = (rules = RULES, findings: Parameters<typeof makeFindings>[0] | null = {}) =>
  Array.from(usesOf(rules, findings && makeFindings(findings)).values(), ({ mark }) => mark?.text ?? null)

test('a rule that another one always precedes says by which', () => {
  expect(marks(RULES, { shadowed: [{ rule: 3, by: 1, sameTarget: true }] })).toEqual([
    null,
    null,
    'von „Werkhalle“ verdeckt',
  ])
})

test('rules that contradict each other name each other', () => {
  expect(marks(RULES, { conflicts: [[1, 2]] }).slice(0, 2)).toEqual([
    'widerspricht „Statik“: gleiche Bedingungen, anderes Ziel',
    'widerspricht „Werkhalle“: gleiche Bedingungen, anderes Ziel',
  ])
})

test('what keeps a rule from acting at all is said before anything else', () => {
  const shadowed = [{ rule: 3, by: 1, sameTarget: true }]
  const alt = (more: object, dead: ('regex' | 'idle')[] = []) =>
    marks([...RULES.slice(0, 2), makeStoredRule(3, 'Alt', more)], {
      shadowed,
      dead: dead.map((why) => ({ rule: 3, why })),
    })[2]
  expect(alt({ enabled: false, dead: true })).toBe('ausgeschaltet')
  expect(alt({ dead: true })).toBe('Das Ziel ist archiviert')
  expect(alt({}, ['regex'])).toBe('Die Titel-Regex ist nicht lesbar')
  expect(alt({}, ['idle'])).toBe('von „Werkhalle“ verdeckt')
})

test('one that caught nothing is no fault of it', () => {
  const uses = usesOf(RULES, makeFindings({ dead: [{ rule: 2, why: 'idle' }] }))
  expect(uses.get(2)?.mark).toEqual({ text: 'hat in 30 Tagen nichts getroffen', isBad: false })
})

test('without findings, only what the rule itself says is known', () => {
  expect(marks([makeStoredRule(1, 'x', { enabled: false }), makeStoredRule(2, 'y')], null)).toEqual([
    'ausgeschaltet',
    null,
  ])
  expect(usesOf(RULES, null).get(1)?.ms).toBeNull()
})

test('the share is that of the time, not of the rules', () => {
  const used = [
    { rule: 1, matched: 9, won: 9, ms: 300 },
    { rule: 2, matched: 9, won: 1, ms: 55 },
  ]
  expect(explainedShare(makeFindings({ all: { events: 10, ms: 500 }, used }))).toBe(71)
  expect(explainedShare(makeFindings())).toBeNull()
  expect(explainedShare(null)).toBeNull()
})
