import fc from 'fast-check'
import { RE2JS } from 're2js'
import { expect, test } from 'vitest'
import { fold } from './fold.ts'
import { literalsOf } from './literals.ts'

test.each<[string, readonly string[] | null]>([
  ['^2417_WHN_.*\\.dwg$', ['2417_whn_']],
  ['Grundriss|Schnitt|Ansicht', ['grundriss', 'schnitt', 'ansicht']],
  ['(Halle|Werk) ?2450', ['2450']],
  ['ab+c', ['ab']],
  ['ab*c', ['a']],
  ['a{3}bcd', ['bcd']],
  ['(?:plan){0,2}', null],
  ['(?:plan){1,2}', ['plan']],
  ['a|', null],
  ['.*', null],
  ['[abc]', null],
  ['[]x]yz', ['yz']],
  ['[^\\]]yz[[:alpha:]]', ['yz']],
  ['\\d+\\.\\d+', ['.']],
  ['\\QC++ (x)\\E', ['c++ (x)']],
  ['\\Qab\\E+', null],
  ['(?i)x(?-i:YZ)', ['yz']],
  ['(?P<name>Plan)', ['plan']],
  ['\\x{1F600}plan', ['plan']],
  ['\\pLplan\\p{Greek}', ['plan']],
  ['Straße', ['strasse']],
  ['a{,5}', ['a{,5}']],
  ['plan\\b', ['plan']],
])('each match of %j holds one of %j', (pattern, literals) => {
  expect(literalsOf(pattern)).toEqual(literals)
})

test.each(['(?=a)b', '(a', 'a)', '\\Qab', '[a'])('of %j nothing is known', (pattern) => {
  expect(literalsOf(pattern)).toBeNull()
})

const piece = fc.constantFrom(
  ...[
    'a',
    'B',
    'ß',
    'É',
    '7',
    '_',
    ' ',
    '.',
    '\\.',
    '\\d',
    '\\w',
    '[a-c]',
    '[^x]',
    '(ab|C)',
    '(a|)',
    '\\b',
    '^',
    '$',
  ],
  ...[
    'a+',
    'b*',
    'c?',
    '(ab)+',
    '(a|b){2}',
    'x{0,2}',
    '|',
    '(?i)',
    '(?:B)',
    '\\Qa.\\E',
    '\\x41',
    's',
    'K',
    'σ',
  ],
)
const pattern = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''))
const title = fc
  .array(fc.constantFrom(...'aAbBcCßẞsSſKkKéÉÈ7_ .xΣςσ'), { maxLength: 12 })
  .map((letters) => letters.join(''))

test('no match is without one of them', () => {
  fc.assert(
    fc.property(pattern, title, (wanted, text) => {
      let regex: RE2JS
      try {
        regex = RE2JS.compile(wanted, RE2JS.CASE_INSENSITIVE)
      } catch {
        return
      }
      if (!regex.test(text)) return
      const literals = literalsOf(wanted)
      expect(literals?.some((literal) => fold(text).includes(literal)) ?? true).toBe(true)
    }),
    { numRuns: 20_000 },
  )
})
