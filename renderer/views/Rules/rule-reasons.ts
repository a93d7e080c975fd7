import { type MessageKey, t } from '../../i18n/index.ts'
import { fieldReason } from '../../i18n/reasons.ts'

/** What the hub says about a rule's fields, by how it begins. */
const KNOWN: readonly [begins: RegExp, key: MessageKey, names: string[]][] = [
  [/^looking ahead or behind/, 'rules.reason.look', []],
  [/^referring back/, 'rules.reason.back', []],
  [/^possessive matching/, 'rules.reason.possessive', []],
  [/^a condition or recursion/, 'rules.reason.recursion', []],
  [/^a comment, /, 'rules.reason.comment', []],
  [/^cannot be read as a regular expression.* at (.*)$/s, 'rules.reason.unreadable', ['piece']],
  [/^is too complex: its program has (\d+) steps, at most (\d+)/, 'rules.reason.complex', ['steps', 'most']],
  [/^makes the regular expressions of all rules too large/, 'rules.reason.allComplex', []],
  [/^(\{.*\}) is not known: use (.*)$/s, 'rules.reason.placeholder', ['name', 'known']],
  [/^is nobody whose events/, 'rules.reason.nobody', []],
  [/^must hold at least one condition/, 'rules.reason.noCondition', []],
]

/** Pieces of patterns that a text would have to quote. */
const EXAMPLES: Partial<Record<MessageKey, string>> = {
  'rules.reason.look': '(?=…), (?<!…)',
  'rules.reason.back': '\\1',
  'rules.reason.possessive': '(?>…), a++',
  'rules.reason.recursion': '(?(1)…), (?R)',
  'rules.reason.comment': '(?#…)',
}

/** A message of the hub about a field of a rule, in the shown language. */
export function ruleReason(message: string | undefined): string | undefined {
  if (message === undefined) return undefined
  for (const [begins, key, names] of KNOWN) {
    const found = begins.exec(message)
    if (!found) continue
    const named = Object.fromEntries(names.map((name, at) => [name, found[at + 1] ?? '']))
    return t(key, { ...named, example: EXAMPLES[key] ?? '' })
  }
  return fieldReason(message)
}
