import { fold } from './fold.ts'

/** Alternatives at most; a longer list would cost more to look for than it saves. */
const MOST = 32

/**
 * Folded texts of which each match of the pattern contains at least one, or null when that is not known. So a
 * rule is only tried on titles in which one of them occurs. It reads the syntax of RE2, and gives up on what
 * it does not know: a text too few costs time, one too many would lose a match.
 */
export function literalsOf(pattern: string): readonly string[] | null {
  const read = reader(Array.from(pattern.normalize('NFC')))
  const found = read.alternatives()
  return read.isDone() ? found : null
}

type Literals = readonly string[] | null

/** What one atom of the pattern is. */
type Atom = { char: string } | { literals: Literals } | 'gap' | 'nothing'

function reader(pattern: readonly string[]) {
  let at = 0
  const peek = (ahead = 0) => pattern[at + ahead] ?? ''
  const rest = (length: number) => pattern.slice(at, at + length).join('')

  function alternatives(): Literals {
    const all: Literals[] = [sequence()]
    while (peek() === '|') {
      at++
      all.push(sequence())
    }
    const each = all.flatMap((one) => one ?? [])
    return all.includes(null) || each.length > MOST ? null : each
  }

  function sequence(): Literals {
    let best: Literals = null
    let run = ''
    const end = () => {
      if (run !== '') best = rarer(best, [fold(run)])
      run = ''
    }
    while (at < pattern.length && peek() !== '|' && peek() !== ')') {
      const atom = readAtom()
      const times = quantifier()
      if (atom === 'nothing') continue
      if (atom === 'gap') end()
      else if ('literals' in atom) {
        end()
        if (times !== 'maybe none') best = rarer(best, atom.literals)
      } else if (times === 'once') run += atom.char
      else {
        if (times === 'some') run += atom.char
        end()
      }
    }
    end()
    return best
  }

  function quantifier(): 'once' | 'some' | 'maybe none' {
    const [whole, least] = /^\{(\d+)(?:,\d*)?\}/.exec(rest(12)) ?? []
    const sign = peek()
    if (whole !== undefined) at += whole.length
    else if (sign !== '' && '*+?'.includes(sign)) at++
    else return 'once'
    if (peek() === '?') at++
    return sign === '+' || Number(least) > 0 ? 'some' : 'maybe none'
  }

  function readAtom(): Atom {
    const char = peek()
    at++
    if (char === '(') return group()
    if (char === '[') return charClass()
    if (char === '\\') return escape()
    if (char === '.') return 'gap'
    return char === '^' || char === '$' ? 'nothing' : { char }
  }

  function group(): Atom {
    const [head = ''] = /^\?(?:P?<[^>]*>|[a-zA-Z-]*[:)])/.exec(rest(80)) ?? []
    if (peek() === '?' && head === '') return giveUp()
    at += Array.from(head).length
    if (head.endsWith(')')) return 'nothing'
    const literals = alternatives()
    if (peek() !== ')') return giveUp()
    at++
    return { literals }
  }

  function charClass(): Atom {
    if (peek() === '^') at++
    // A bracket that stands first is one of the letters.
    if (peek() === ']') at++
    while (at < pattern.length && peek() !== ']') {
      const [posix] = /^\[:\^?\w+:\]/.exec(rest(14)) ?? []
      at += posix?.length ?? (peek() === '\\' ? 2 : 1)
    }
    at++
    return 'gap'
  }

  function escape(): Atom {
    const char = peek()
    at++
    if (char === 'Q') return quoted()
    if (/[^\p{L}\p{N}]/u.test(char)) return { char }
    if ('bBAz'.includes(char)) return 'nothing'
    if (char === 'p' || char === 'P' || char === 'x') {
      const [braces] = /^\{[^}]*\}/.exec(rest(60)) ?? []
      at += braces?.length ?? (char === 'x' ? 2 : 1)
    }
    while (/\d/.test(char) && /\d/.test(peek())) at++
    return 'gap'
  }

  function quoted(): Atom {
    let text = ''
    while (at < pattern.length && rest(2) !== '\\E') {
      text += peek()
      at++
    }
    at += 2
    // What repeats a quotation repeats its last letter alone.
    return /[*+?{]/.test(peek()) ? 'gap' : { literals: text === '' ? null : [fold(text)] }
  }

  /** Leaves the pattern unread, which tells that nothing is known. */
  function giveUp(): Atom {
    at = Infinity
    return 'gap'
  }

  return { alternatives, isDone: () => at === pattern.length }
}

/** The list of which a title less probably holds any: of few and long texts. */
function rarer(a: Literals, b: Literals): Literals {
  if (a === null || b === null) return a ?? b
  return worth(b) > worth(a) ? b : a
}

function worth(texts: readonly string[]): number {
  return Math.min(8, ...texts.map(({ length }) => length)) - texts.length
}
