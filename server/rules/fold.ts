/**
 * Text as conditions compare it: no case, one way of writing each accented letter. A piece of a text folds to a
 * piece of its fold, so that "contains" may be asked of folds. `STRASSE` is `straße`, the four i of Turkish are
 * one.
 */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase()
  // Up and down again, because some letters have no way down of their own: ß, ς, ſ.
  return text
    .normalize('NFC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replaceAll('\u0307', '')
}

/** Letters that need no more than going down: those of Western Europe but ß and µ, and punctuation. */
const PLAIN = /^[ -~\u00a0-\u00b4\u00b6-\u00de\u00e0-\u00ff\u2010-\u2027]*$/

/** The piece of `text`, as it is written there, whose fold is `folded`; null when it does not occur. */
export function findFolded(text: string, folded: string): string | null {
  const letters = Array.from(text.normalize('NFC'))
  const folds = letters.map(fold)
  const at = folds.join('').indexOf(folded)
  if (at < 0) return null
  let [first, last, before] = [0, letters.length, 0]
  for (const [index, { length }] of folds.entries()) {
    if (before <= at) first = index
    before += length
    if (before >= at + folded.length) {
      last = index + 1
      break
    }
  }
  return letters.slice(first, last).join('')
}
