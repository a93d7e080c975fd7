import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findFolded, fold } from './fold.ts'

test.each([
  ['Grundriß', 'GRUNDRISS'],
  ['STRASSE', 'straße'],
  ['STRAẞE', 'straße'],
  ['Übersicht', 'u\u0308BERSICHT'],
  ['ΣΑΣ', 'σας'],
  ['İSTANBUL', 'ıstanbul'],
  ['ǅ', 'ǆ'],
  ['ÉTÉ – Año', 'été – AÑO'],
  ['Ａｂ', 'ａＢ'],
  ['Żółć', 'ŻÓŁĆ'],
])('%j and %j are one', (one, other) => {
  expect(fold(one)).toBe(fold(other))
})

test.each([
  ['Plan', 'Plane'],
  ['é', 'e'],
  ['ö', 'oe'],
  ['日', '曰'],
])('%j and %j are not', (one, other) => {
  expect(fold(one)).not.toBe(fold(other))
})

const LETTERS = [...'aAßẞsSςσΣıİiIéE\u0301ﬁǅ日🏗️👩‍🚀µμΜÿ -_.']
const word = fc.array(fc.constantFrom(...LETTERS), { maxLength: 6 }).map((letters) => letters.join(''))

test('a piece of a text folds to a piece of its fold', () => {
  fc.assert(
    fc.property(word, word, word, (before, piece, after) => {
      const text = (before + piece + after).normalize('NFC')
      // Where a mark joins the letter before it, the piece is none.
      fc.pre(text.includes(piece.normalize('NFC')))
      expect(fold(text)).toContain(fold(piece.normalize('NFC')))
    }),
    { numRuns: 2000 },
  )
})

test('folding twice is folding once, and case makes no difference', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(fold(fold(text))).toBe(fold(text))
      expect(fold(text.toLowerCase())).toBe(fold(text))
      expect(fold(text.normalize('NFD'))).toBe(fold(text))
    }),
  )
})

test.each([
  ['Der GRUNDRISS EG', 'grundriss', 'GRUNDRISS'],
  ['Große Straße 7', 'strasse', 'Straße'],
  ['Große Straße 7', 'rasse', 'raße'],
  ['Halle', 'x', null],
  ['u\u0308ber', 'über', 'über'],
])('in %j the piece that folds to %j is %j', (text, folded, piece) => {
  expect(findFolded(text, folded)).toBe(piece)
})
