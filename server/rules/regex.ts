import { RE2JS, RE2Set } from 're2js'
import { RULE_LIMITS } from '../../contract/rule-limits.ts'
import { literalsOf } from './literals.ts'

/** Memory for the tables of all regular expressions together, and of one. */
const TABLES_BYTES = 16 * 1024 * 1024
const MOST_BYTES = 128 * 1024
const FEWEST_BYTES = 16 * 1024

export type Regex = {
  /** Texts of which a match contains at least one, folded; null when none is known. */
  literals: readonly string[] | null
  test: (text: string) => boolean
  /** What it matches, null when it does not. */
  find: (text: string) => string | null
}

export type RegexVerdict = { size: number } | { problem: string }

/** Whether a pattern can be used, and how large its program is; a problem in words for who wrote it. */
export function checkRegex(pattern: string): RegexVerdict {
  let size: number
  try {
    size = RE2JS.compile(pattern.normalize('NFC'), RE2JS.CASE_INSENSITIVE).programSize()
  } catch (error) {
    return { problem: wordsOf(error instanceof Error ? error.message : String(error)) }
  }
  if (size <= RULE_LIMITS.regexSize) return { size }
  return {
    problem: `is too complex: its program has ${size} steps, at most ${RULE_LIMITS.regexSize} are allowed`,
  }
}

/** What other engines know and this one cannot, by the piece of the pattern that it stumbled over. */
const UNSUPPORTED: readonly [syntax: RegExp, name: string][] = [
  [/^\(\?<?[=!]/, 'looking ahead or behind, such as (?=…) or (?<!…),'],
  [/^\\[1-9k]|^\(\?P$/, 'referring back to a group, such as \\1,'],
  [/^\(\?>|^(?:[*+?]|\{.*\})\+$/, 'possessive matching, such as (?>…) or a++,'],
  [/^\(\?[(R&|]/, 'a condition or recursion, such as (?(1)…) or (?R),'],
  [/^\(\?#/, 'a comment, (?#…),'],
]

function wordsOf(message: string): string {
  const [, problem = message, piece = ''] = /: (.*): `(.*)`$/s.exec(message) ?? []
  const [, name] = UNSUPPORTED.find(([syntax]) => syntax.test(piece)) ?? []
  return name === undefined
    ? `cannot be read as a regular expression (RE2): ${problem} at ${piece.replace(/^\(\?i\)/, '')}`
    : `${name} is not supported: every search here takes time in proportion to the title (the syntax is RE2's)`
}

/**
 * A pattern that searches in linear time, its tables in a bounded share of the memory that `count` of them have
 * together. It is compiled when it is first needed; one that cannot be, or on which the engine gives up, does
 * not match: that something is recorded matters more.
 */
export function lazyRegex(pattern: string, count: number): Regex {
  const text = pattern.normalize('NFC')
  const bytes = Math.max(FEWEST_BYTES, Math.min(MOST_BYTES, Math.floor(TABLES_BYTES / count)))
  let set: RE2Set | undefined
  return {
    literals: literalsOf(text),
    test(searched) {
      return orElse(false, () => {
        set ??= setOf(text, bytes)
        return set.match(seen(searched)).length > 0
      })
    },
    find: (searched) =>
      orElse(null, () => {
        const matcher = RE2JS.compile(text, RE2JS.CASE_INSENSITIVE).matcher(seen(searched))
        return matcher.find() ? matcher.group() : null
      }),
  }
}

/** Longer titles are somebody's mischief, and the time for one grows with its length. */
function seen(title: string): string {
  return title.slice(0, RULE_LIMITS.regexScanned).normalize('NFC')
}

/** A set of one, because a set's memory can be limited. */
function setOf(pattern: string, bytes: number): RE2Set {
  const set = new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE, bytes)
  set.add(pattern)
  set.compile()
  return set
}

function orElse<T>(otherwise: T, work: () => T): T {
  try {
    return work()
  } catch {
    return otherwise
  }
}
