import type { RuleConditions } from '../../contract/rule.ts'
import { findFolded, fold } from './fold.ts'
import type { Regex } from './regex.ts'
import { appOf, phoneOf, type RuleEvent, type Subject } from './subject.ts'

/** By which of its conditions a rule is found without trying it; the first that a rule has. */
export type Key =
  | { kind: 'title' | 'url'; texts: readonly string[] }
  | { kind: 'phone' }
  | { kind: 'contact' }
  | { kind: 'app'; fits: (app: string) => boolean }
  | null

export type Condition = {
  name: keyof RuleConditions
  wanted: string
  holds: (subject: Subject) => boolean
  /** The text of the event that it holds for, and the piece of it; null when it does not. */
  find: (event: RuleEvent) => { text: string; match: string } | null
  key: Key
}

/** Texts that are shorter are in too many titles to find a rule by. */
export const SHORTEST_KEY = 3

type Given = { [K in keyof RuleConditions]: NonNullable<RuleConditions[K]> }

const KINDS: { [K in keyof Given]-?: (wanted: NonNullable<Given[K]>, regex: Regexes) => Condition } = {
  source: (wanted) => ({
    name: 'source',
    wanted,
    holds: ({ source }) => source === wanted,
    find: ({ source }) => (source === wanted ? { text: source, match: source } : null),
    key: null,
  }),

  phone: (wanted) => {
    const isBeginning = wanted.endsWith('*')
    const number = phoneOf(wanted)
    const fits = (phone: string) => (isBeginning ? phone.startsWith(number) : phone === number)
    return {
      name: 'phone',
      wanted,
      holds: ({ phone }) => phone !== null && fits(phone),
      find: ({ phone_number: text }) => (text && fits(phoneOf(text)) ? { text, match: text } : null),
      key: { kind: 'phone' },
    }
  },

  contact: (wanted) => {
    const folded = fold(wanted)
    return {
      name: 'contact',
      wanted,
      holds: ({ contact }) => contact !== null && contact.includes(folded),
      find: ({ contact }) => pieceOf(contact, (text) => findFolded(text, folded)),
      key: { kind: 'contact' },
    }
  },

  app: (wanted) => {
    const fits = wildcard(appOf(wanted))
    return {
      name: 'app',
      wanted,
      holds: ({ app }) => app !== null && fits(app),
      find: ({ app }) => pieceOf(app, (text) => (fits(appOf(text)) ? text : null)),
      key: { kind: 'app', fits },
    }
  },

  titleContains: (wanted) => {
    const folded = fold(wanted)
    return {
      name: 'titleContains',
      wanted,
      holds: ({ foldedTitle }) => foldedTitle !== null && foldedTitle.includes(folded),
      find: ({ title }) => pieceOf(title, (text) => findFolded(text, folded)),
      key: { kind: 'title', texts: [folded] },
    }
  },

  url: (wanted) => {
    const pieces = fold(wanted).split('*').filter(Boolean)
    const [longest] = pieces.toSorted((a, b) => b.length - a.length)
    return {
      name: 'url',
      wanted,
      holds: ({ url }) => url !== null && inOrder(url, pieces),
      find: ({ url }) => pieceOf(url, (text) => (inOrder(fold(text), pieces) ? text : null)),
      key: longest === undefined ? null : { kind: 'url', texts: [longest] },
    }
  },

  titleRegex: (wanted, regexes) => {
    const regex = regexes(wanted)
    const literals = regex.literals
    return {
      name: 'titleRegex',
      wanted,
      holds: ({ title, foldedTitle }) =>
        title !== null &&
        foldedTitle !== null &&
        (literals === null || literals.some((text) => foldedTitle.includes(text))) &&
        regex.test(title),
      find: ({ title }) => pieceOf(title, regex.find),
      key: literals && { kind: 'title', texts: literals },
    }
  },
}

/** In the order in which they are tried: cheap ones first. */
const ORDER = ['source', 'phone', 'contact', 'app', 'titleContains', 'url', 'titleRegex'] as const

/** A regular expression by its pattern. */
export type Regexes = (pattern: string) => Regex

export function conditionsOf(conditions: RuleConditions, regexes: Regexes): Condition[] {
  return ORDER.flatMap((name) => {
    const wanted = conditions[name]
    const make = KINDS[name] as (wanted: string, regexes: Regexes) => Condition
    return wanted === undefined ? [] : [make(wanted, regexes)]
  })
}

function pieceOf(text: string | null, find: (text: string) => string | null) {
  const match = text ? find(text) : null
  return text && match !== null ? { text, match } : null
}

/** Whether the pieces occur one after the other. */
export function inOrder(text: string, pieces: readonly string[]): boolean {
  let from = 0
  for (const piece of pieces) {
    const at = text.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return true
}

/** Whole texts that fit a pattern in which `*` stands for anything and `?` for one letter. */
export function wildcard(pattern: string): (text: string) => boolean {
  if (!/[*?]/.test(pattern)) return (text) => text === pattern
  const wanted = Array.from(pattern)
  return (text) => fits(wanted, Array.from(text))
}

/** Goes back to the latest star alone: its time is the product of the lengths at most. */
function fits(wanted: readonly string[], letters: readonly string[]): boolean {
  let at = 0
  let star = -1
  let taken = 0
  for (let letter = 0; letter < letters.length;) {
    if (wanted[at] === '*') {
      star = at++
      taken = letter
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === letters[letter])) {
      at++
      letter++
    } else {
      if (star < 0) return false
      at = star + 1
      letter = ++taken
    }
  }
  while (wanted[at] === '*') at++
  return at === wanted.length
}
