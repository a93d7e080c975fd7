import { fold } from './filter.ts'

/** A piece of a text; `isHit`: a word that was searched for begins with it. */
export type Piece = { text: string; isHit: boolean }

/** From this length on the beginning of a word is enough, as for the hub. */
const BEGINNING = 3

/** Splits a text at what was searched for, for marking it: words as `wordsOf` made them. */
export function highlight(text: string, words: readonly string[]): Piece[] {
  const pieces: Piece[] = []
  let done = 0
  const cut = (from: number, to: number) => {
    if (from > done) pieces.push({ text: text.slice(done, from), isHit: false })
    pieces.push({ text: text.slice(from, to), isHit: true })
    done = to
  }
  for (const found of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const length = hitOf(found[0], words)
    if (length > 0) cut(found.index, found.index + length)
  }
  if (done < text.length) pieces.push({ text: text.slice(done), isHit: false })
  return pieces
}

/** How many of the words occur in a text. */
export function hitsIn(text: string, words: readonly string[]): number {
  const tokens = fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
  return words.filter((word) => tokens.some((token) => isHit(token, word))).length
}

const isHit = (token: string, word: string) =>
  [...word].length >= BEGINNING ? token.startsWith(word) : token === word

/** How much of a token, from its beginning on, was searched for. */
function hitOf(token: string, words: readonly string[]): number {
  const folded = fold(token)
  const longest = words
    .filter((word) => isHit(folded, word))
    .reduce((most, word) => Math.max(most, word.length), 0)
  if (longest === 0) return 0
  // Letters with accents may be longer than what they fold to.
  let length = 0
  for (const { segment } of segments(token)) {
    length += segment.length
    if (fold(token.slice(0, length)).length >= longest) break
  }
  return length
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const segments = (text: string) => graphemes.segment(text)
