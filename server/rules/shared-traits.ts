import type { RuleConditions } from '../../contract/rule.ts'
import { RULE_LIMITS } from '../../contract/rule-limits.ts'
import { baseTitle } from '../titles.ts'
import { findFolded, fold } from './fold.ts'
import { appOf, phoneOf, type RuleEvent } from './subject.ts'

/** Letters of a title that are compared, and titles: more hardly say more. */
const COMPARED = 200
const TITLES = 100
/** A common text of fewer letters and digits says nothing. */
const SHORTEST = 3

/** The narrowest conditions that all these events meet; null when they have nothing in common. */
export function commonConditions(events: readonly RuleEvent[]): RuleConditions | null {
  const conditions = withoutUndefined({
    titleContains: commonTitle(events),
    url: commonAddress(events.map(({ url }) => url)),
    phone: same(events, ({ phone_number }) => phone_number, phoneOf),
    contact: same(events, ({ contact }) => contact, fold),
    app: same(events, ({ app }) => app, appOf),
    source: same(events, ({ source }) => (source === 'afk' ? null : source), String),
  })
  // A number says who; an address says it in every browser; a program says from where.
  if (conditions.phone) delete conditions.contact
  if (conditions.url) delete conditions.app
  if (conditions.phone ?? conditions.contact ?? conditions.url ?? conditions.app) delete conditions.source
  if (conditions.app) conditions.app = appOf(conditions.app)
  return Object.keys(conditions).length === 0 ? null : conditions
}

/** What all have, alike but for how it is written; as the first has it. */
function same<T extends string>(
  events: readonly RuleEvent[],
  read: (event: RuleEvent) => T | null,
  compared: (value: T) => string,
): T | undefined {
  const [first] = events
  const value = first && read(first)
  if (!value) return undefined
  const wanted = compared(value)
  const isSame = events.every((event) => {
    const other = read(event)
    return other !== null && other !== '' && compared(other) === wanted
  })
  return isSame ? value : undefined
}

/** The longest text in all titles that begins and ends with whole words, without a version at its end. */
function commonTitle(events: readonly RuleEvent[]): string | undefined {
  const [first] = events
  if (!first?.title || events.some(({ title }) => !title)) return undefined
  const titles = [...new Set(events.flatMap(({ title }) => title ?? []))].map(fold)
  const headline = fold(baseTitle(first.title, first.app)).slice(0, COMPARED)
  let common = headline
  for (const title of titles.slice(0, TITLES)) common = longestCommon(common, title)
  const text = wholeWords(common, headline)
    .replace(/[\s._-]+(?:v|rev\.?|version)\s?\d+.*$/u, '')
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
  if (text.replaceAll(/[^\p{L}\p{N}]/gu, '').length < SHORTEST) return undefined
  if (!titles.every((title) => title.includes(text))) return undefined
  return findFolded(first.title, text)?.slice(0, RULE_LIMITS.pattern)
}

function longestCommon(a: string, b: string): string {
  let [longest, end] = [0, 0]
  let before = new Uint16Array(b.length + 1)
  for (let i = 0; i < a.length; i++) {
    const row = new Uint16Array(b.length + 1)
    for (let j = 0; j < b.length; j++) {
      if (a.charCodeAt(i) !== b.charCodeAt(j)) continue
      const length = (before[j] ?? 0) + 1
      row[j + 1] = length
      if (length > longest) [longest, end] = [length, i + 1]
    }
    before = row
  }
  return a.slice(end - longest, end)
}

/** `piece` of `text` without the halves of words at its ends. */
function wholeWords(piece: string, text: string): string {
  const at = text.indexOf(piece)
  const isLetter = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter)
  const whole = isLetter(text[at + piece.length]) ? piece.replace(/[\p{L}\p{N}]+$/u, '') : piece
  return isLetter(text[at - 1]) ? whole.replace(/^[\p{L}\p{N}]+/u, '') : whole
}

/** Host and path, as far as they are the same in all. */
function commonAddress(urls: readonly (string | null)[]): string | undefined {
  const addresses = urls.map((url) => /^[a-z][a-z\d+.-]*:\/\/(?:www\.)?([^?#\s*]+)/i.exec(url ?? '')?.[1])
  const [first] = addresses
  if (first === undefined) return undefined
  const parts = addresses.map((address) => address?.split('/') ?? [])
  const own = first.split('/')
  let length = 0
  while (length < own.length && parts.every((other) => other[length] === own[length])) length++
  const common = own.slice(0, length).join('/').replace(/\/$/, '')
  return common === '' ? undefined : common.slice(0, RULE_LIMITS.pattern)
}

function withoutUndefined(all: {
  [K in keyof RuleConditions]: RuleConditions[K] | undefined
}): RuleConditions {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}
