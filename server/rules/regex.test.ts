import { expect, test } from 'vitest'
import { RULE_LIMITS } from '../../contract/rule-limits.ts'
import { checkRegex, lazyRegex } from './regex.ts'

test.each([
  ['(?=a)b', 'looking ahead or behind'],
  ['(?!a)b', 'looking ahead or behind'],
  ['(?<=a)b', 'looking ahead or behind'],
  ['(?<!a)b', 'looking ahead or behind'],
  ['(a)\\1', 'referring back to a group'],
  ['(?<n>a)\\k<n>', 'referring back to a group'],
  ['(?P<n>a)(?P=n)', 'referring back to a group'],
  ['(?>a)', 'possessive'],
  ['a++', 'possessive'],
  ['a{2}+', 'possessive'],
  ['(?(1)a)', 'condition or recursion'],
  ['(?R)', 'condition or recursion'],
  ['(?#note)a', 'comment'],
])('%s is refused, and said why: %s', (pattern, why) => {
  const verdict = checkRegex(pattern)
  expect(verdict).toEqual({ problem: expect.stringContaining(why) })
  expect(verdict).toEqual({ problem: expect.stringContaining('is not supported') })
})

test.each([
  ['(a', 'missing closing )'],
  ['[z', 'missing closing ] at [z'],
  ['*', 'missing argument to repetition operator at *'],
  ['a**', 'invalid nested repetition operator'],
  ['\\u00e9', 'invalid escape sequence at \\u'],
  ['a{1001}', 'invalid repeat count'],
  ['((a{100}){100}){100}', 'invalid repeat count'],
])('%s cannot be read: %s', (pattern, why) => {
  expect(checkRegex(pattern)).toEqual({ problem: expect.stringContaining(why) })
})

test('a program that is too large is refused', () => {
  expect(checkRegex('.{1000}')).toEqual({
    problem: `is too complex: its program has 1002 steps, at most ${RULE_LIMITS.regexSize} are allowed`,
  })
})

test.each([
  ['^plan_[a-z]{2}\\b', 'PLAN_eg.dwg', 'PLAN_eg'],
  ['übersicht', 'Die U\u0308BERSICHT', 'ÜBERSICHT'],
  ['\\p{Han}+', 'Plan 日本語.pdf', '日本語'],
  ['🏗️', 'Baustelle 🏗️', '🏗️'],
])('%s finds in %j', (pattern, text, piece) => {
  const regex = lazyRegex(pattern, 1)
  expect(regex.test(text)).toBe(true)
  expect(regex.find(text)).toBe(piece)
})

// Patterns that keep other engines busy for longer than the universe lasts.
test.each([
  '(a+)+$',
  '(a|aa)+$',
  '(.*a){20}$',
  '([a-z]+)*1',
  '(x+x+)+y',
  '(a|b)*a(a|b){12}c',
  'a.{30}c',
  '(?:a?){30}a{30}b',
])('a title of 2,000 letters takes %s no longer than a moment', (pattern) => {
  const regex = lazyRegex(pattern, 500)
  const titles = ['a', 'ab', 'x', 'aab'].map((unit) => `${unit.repeat(2000).slice(0, 1999)}!`)
  const began = performance.now()
  for (const title of titles) regex.test(title)
  // Some ten milliseconds on an idle machine; another engine would never end.
  expect(performance.now() - began).toBeLessThan(5000)
})
