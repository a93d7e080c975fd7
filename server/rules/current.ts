import type { Sqlite } from '../../db/open.ts'
import { ruleReads, type RuleRow } from '../../db/rules.ts'
import { bookMaker, type RuleBook } from './book.ts'

export type CurrentRules = {
  book: RuleBook<RuleRow>
  /** Another one when they are others. */
  stamp: string
}

const ofConnection = new WeakMap<Sqlite, () => CurrentRules>()

/** The rules that act now, compiled once for all who ask through a connection, and kept until they are others. */
export function currentRules(sql: Sqlite): () => CurrentRules {
  const known = ofConnection.get(sql) ?? reader(sql)
  ofConnection.set(sql, known)
  return known
}

function reader(sql: Sqlite): () => CurrentRules {
  const reads = ruleReads(sql)
  const make = bookMaker()
  let current: CurrentRules | undefined
  return () => {
    const stamp = reads.stamp()
    if (current?.stamp !== stamp) current = { stamp, book: make(reads.all().filter(acts)) }
    return current
  }
}

export function acts(rule: Pick<RuleRow, 'enabled' | 'dead'>): boolean {
  return rule.enabled === 1 && rule.dead === 0
}
