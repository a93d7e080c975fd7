import { beforeAll, expect, test } from 'vitest'
import { showLocale } from '../../i18n/index.ts'
import { ruleReason } from './rule-reasons.ts'
import { addRuleTexts } from './texts.ts'

beforeAll(async () => {
  addRuleTexts()
  await showLocale('de')
})

const RE2 = "is not supported: every search here takes time in proportion to the title (the syntax is RE2's)"

test.each([
  [`looking ahead or behind, such as (?=…) or (?<!…), ${RE2}`, /^Voraus- und Rückschau wie \(\?=…\)/],
  [`referring back to a group, such as \\1, ${RE2}`, /^Rückverweise wie \\1 gibt/],
  [`possessive matching, such as (?>…) or a++, ${RE2}`, /^Besitzergreifende .* a\+\+/],
  [`a condition or recursion, such as (?(1)…) or (?R), ${RE2}`, /^Bedingungen und Rekursion/],
  [`a comment, (?#…), ${RE2}`, /^Kommentare wie \(\?#…\)/],
  [
    'is too complex: its program has 1004 steps, at most 500 are allowed',
    /^Zu aufwendig: 1004 Schritte, erlaubt sind 500/,
  ],
  [
    'cannot be read as a regular expression (RE2): missing closing ) at (a|b',
    'Als regulärer Ausdruck (RE2) nicht lesbar, bei (a|b',
  ],
  [
    '{foo} is not known: use {title}, {app}, {contact}, {url}',
    '{foo} gibt es nicht. Möglich sind {title}, {app}, {contact}, {url}.',
  ],
  ['must hold at least one condition', /^Mindestens eine Bedingung/],
  ['is nobody whose events are known', /^Von dieser Person/],
  ['at most 300 characters', 'Höchstens 300 Zeichen.'],
  ['something new', 'something new'],
])('%s', (message, expected) => {
  expect(ruleReason(message)).toMatch(expected)
})

test('nothing said is nothing wrong', () => {
  expect(ruleReason(undefined)).toBeUndefined()
})
