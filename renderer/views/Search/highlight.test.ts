// @vitest-environment node
import { expect, test } from 'vitest'
import { wordsOf } from './filter.ts'
import { highlight, hitsIn } from './highlight.ts'

/** Marks hits with brackets. */
const marked = (text: string, query: string) =>
  highlight(text, wordsOf(query))
    .map((piece) => (piece.isHit ? `[${piece.text}]` : piece.text))
    .join('')

test.each([
  ['Angebot Brandschutz Rathaus', 'brand', 'Angebot [Brand]schutz Rathaus'],
  ['Angebot Brandschutz Rathaus', 'RAT ang', '[Ang]ebot Brandschutz [Rat]haus'],
  ['Färberstraße, Färberei', 'farber', '[Färber]straße, [Färber]ei'],
  ['Färberstraße', 'färberstr', '[Färberstr]aße'],
  ['2405_WFS_Nachträge.xlsx', 'wfs nachtrage', '2405_[WFS]_[Nachträge].xlsx'],
  ['Plan 12, Plan 1', '1', 'Plan 12, Plan [1]'],
  ['LV Lüftung', 'lv', '[LV] Lüftung'],
  ['Brandbrand', 'brand brandb', '[Brandb]rand'],
  ['<b>fett</b>', 'fett', '<b>[fett]</b>'],
])('in "%s" the search for "%s" marks %s', (text, query, expected) => {
  expect(marked(text, query)).toBe(expected)
})

test('an accent that is a character of its own belongs to its letter', () => {
  expect(marked('Fa\u0308rber', 'far')).toBe('[Fa\u0308r]ber')
})

test('the middle of a word is no hit, nor is the beginning of a short one', () => {
  expect(marked('Landesbrandschutz', 'brand')).toBe('Landesbrandschutz')
  expect(marked('Rathaus', 'ra')).toBe('Rathaus')
  expect(marked('Rathaus', '')).toBe('Rathaus')
  expect(highlight('', ['a'])).toEqual([])
})

test('hits are counted by word', () => {
  expect(hitsIn('Angebot Brandschutz, Brandschau', wordsOf('brand angebot statik'))).toBe(2)
})
