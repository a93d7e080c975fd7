import type { RuleConditions } from '../../contract/rule.ts'
import type { RuleMatch } from '../../contract/rules.ts'
import { conditionsOf } from './conditions.ts'
import { lazyRegex } from './regex.ts'
import type { RuleEvent } from './subject.ts'

/** The conditions that hold for an event, and what of it they hold for. */
export function matchesOf(conditions: RuleConditions, event: RuleEvent): RuleMatch[] {
  return conditionsOf(conditions, (pattern) => lazyRegex(pattern, 1)).flatMap(({ name, wanted, find }) => {
    const found = find(event)
    return found ? [{ condition: name, wanted, ...found }] : []
  })
}
