import { expect, test } from 'vitest'
import { pieces } from './marked.ts'

const shown = (text: string, ...found: string[]) =>
  pieces(text, found)
    .map(({ text: piece, isMarked }) => (isMarked ? `[${piece}]` : piece))
    .join('')

test.each([
  ['2417_WHN_Grundriss.dwg', ['WHN'], '2417_[WHN]_Grundriss.dwg'],
  ['WHN', ['WHN'], '[WHN]'],
  ['WHN Grundriss', ['WHN', 'Grundriss'], '[WHN] [Grundriss]'],
  ['2417_WHN', ['2417_', '17_WHN'], '[2417_WHN]'],
  ['abc', ['b', 'b'], 'a[b]c'],
  ['abc', ['x'], 'abc'],
  ['abc', [''], 'abc'],
  ['abc', [], 'abc'],
  ['', ['x'], ''],
])('%j with %j is %s', (text, found, expected) => {
  expect(shown(text, ...found)).toBe(expected)
})

test('what looks like markup stays text', () => {
  const title = '<img src=x onerror=alert(1)> & "x"'
  expect(pieces(title, ['<img'])).toEqual([
    { text: '<img', isMarked: true },
    { text: ' src=x onerror=alert(1)> & "x"', isMarked: false },
  ])
})

test('a long title is shown around what was found, and cut after it', () => {
  const text = `${'a'.repeat(300)}WHN${'b'.repeat(300)}`
  const line = shown(text, 'WHN')
  expect(line).toMatch(/^…a{48}\[WHN\]b{140}…$/)
  expect(shown('x'.repeat(400))).toBe(`${'x'.repeat(140)}…`)
})
