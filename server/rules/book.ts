import type { RuleConditions } from '../../contract/rule.ts'
import { SHORTEST_KEY, conditionsOf, type Condition, type Key } from './conditions.ts'
import { lazyRegex, type Regex } from './regex.ts'
import { subjectOf, type RuleEvent, type Subject } from './subject.ts'
import { textIndex } from './text-index.ts'

/** A rule as matching needs it. */
export type Matchable = { id: number; user_id: number | null; conditions: RuleConditions }

/** A rule of a book; `rank` 0 is tried first. */
export type Ranked<R> = { rank: number; rule: R; conditions: readonly Condition[] }

export type RuleBook<R> = {
  /** In the order in which they are tried. */
  rules: readonly R[]
  /** Whether the rule of that id is in it. */
  has: (id: number | null) => boolean
  /** The first rule that holds. */
  first: (event: RuleEvent) => R | null
  /** Every rule that holds, in order. */
  all: (event: RuleEvent) => R[]
}

/** Programs whose rules are remembered. */
const MOST_APPS = 500

/** Makes books of rules; a regular expression that was in the book before is not compiled anew. */
export function bookMaker() {
  let known = new Map<string, Regex>()
  return <R extends Matchable>(rules: readonly R[]): RuleBook<R> => {
    const patterns = rules.flatMap(({ conditions }) => conditions.titleRegex ?? [])
    const before = known
    known = new Map()
    return ruleBook(rules, (pattern) => {
      const regex = known.get(pattern) ?? before.get(pattern) ?? lazyRegex(pattern, patterns.length)
      known.set(pattern, regex)
      return regex
    })
  }
}

/**
 * Rules (first match wins) that are found by what they ask for: by a text in the title or the address, by
 * program, by call. So the time for an event hardly depends on how many there are.
 */
function ruleBook<R extends Matchable>(
  rules: readonly R[],
  regexes: (pattern: string) => Regex,
): RuleBook<R> {
  const titles = textIndex<Ranked<R>>()
  const urls = textIndex<Ranked<R>>()
  const phones: Ranked<R>[] = []
  const contacts: Ranked<R>[] = []
  const byApp: { fits: (app: string) => boolean; ranked: Ranked<R> }[] = []
  const rest: Ranked<R>[] = []
  const apps = new Map<string, Ranked<R>[]>()

  for (const [rank, rule] of rules.entries()) {
    const conditions = conditionsOf(rule.conditions, regexes)
    file({ rank, rule, conditions }, keyOf(conditions))
  }

  function file(ranked: Ranked<R>, key: Key): void {
    if (key === null) rest.push(ranked)
    else if (key.kind === 'title') titles.add(key.texts, ranked)
    else if (key.kind === 'url') urls.add(key.texts, ranked)
    else if (key.kind === 'phone') phones.push(ranked)
    else if (key.kind === 'contact') contacts.push(ranked)
    else if (key.kind === 'app') byApp.push({ fits: key.fits, ranked })
  }

  function ofApp(app: string): Ranked<R>[] {
    const found = apps.get(app)
    if (found) return found
    if (apps.size >= MOST_APPS) apps.clear()
    const fitting = byApp.filter(({ fits }) => fits(app)).map(({ ranked }) => ranked)
    apps.set(app, fitting)
    return fitting
  }

  /** Calls `visit` with lists, each in order, in which all rules are that may hold; dear ones last. */
  function candidates(subject: Subject, visit: (list: readonly Ranked<R>[]) => void): void {
    if (subject.phone !== null) visit(phones)
    if (subject.contact !== null) visit(contacts)
    if (subject.app !== null) visit(ofApp(subject.app))
    if (subject.url !== null) urls.lists(subject.url, visit)
    if (subject.foldedTitle !== null) titles.lists(subject.foldedTitle, visit)
    visit(rest)
  }

  const ids = new Set(rules.map(({ id }) => id))
  return {
    rules,
    has: (id) => id !== null && ids.has(id),
    first(event) {
      const subject = subjectOf(event)
      let best: Ranked<R> | null = null
      candidates(subject, (list) => {
        for (const ranked of list) {
          if (best !== null && ranked.rank >= best.rank) return
          if (holds(ranked, subject)) best = ranked
        }
      })
      return (best as Ranked<R> | null)?.rule ?? null
    },
    all(event) {
      const subject = subjectOf(event)
      const found = new Set<Ranked<R>>()
      candidates(subject, (list) => {
        for (const ranked of list) if (!found.has(ranked) && holds(ranked, subject)) found.add(ranked)
      })
      return [...found].sort((a, b) => a.rank - b.rank).map(({ rule }) => rule)
    },
  }
}

function holds({ rule, conditions }: Ranked<Matchable>, subject: Subject): boolean {
  if (rule.user_id !== null && rule.user_id !== subject.user) return false
  for (const condition of conditions) if (!condition.holds(subject)) return false
  return conditions.length > 0
}

/** What tells most: a text that must be there, else who was called, else the program. */
function keyOf(conditions: readonly Condition[]): Key {
  const keys = conditions.flatMap(({ key }) => key ?? [])
  const isText = (key: Key) => key?.kind === 'title' || key?.kind === 'url'
  const usable = keys.filter(
    (key) => !('texts' in key) || key.texts.every(({ length }) => length >= SHORTEST_KEY),
  )
  return usable.find((key) => key.kind === 'phone') ?? usable.find(isText) ?? usable[0] ?? null
}
