import type { HELD_WHY } from '../../contract/rules.ts'
import type { PastEventRow } from '../../db/rule-events.ts'
import type { RuleRow } from '../../db/rules.ts'
import type { RuleBook } from './book.ts'
import { fillTemplate } from './template.ts'

export type HeldWhy = (typeof HELD_WHY)[number]

/** Where a rule puts an event, and what it says about it. */
export type RuleAssignment = {
  project_id: number
  milestone_id: number | null
  activity: string | null
  comment: string | null
  rule_id: number
  rule_version: number
}

/** What rules do to an event of the past; null: nothing. */
export type Decision =
  | { kind: 'assign'; to: RuleAssignment }
  /** The rule that assigned it no longer holds for it, and no other does. */
  | { kind: 'clear' }
  | { kind: 'held'; why: HeldWhy }
  | null

export type Scope = {
  book: RuleBook<RuleRow>
  /** Only what this rule does or did; null: what all do. */
  rule: number | null
  /** Whether a person took the event's assignment away. */
  wasTakenAway: (event: number) => boolean
}

export function assignmentBy(rule: RuleRow, event: Parameters<typeof fillTemplate>[1]): RuleAssignment {
  return {
    project_id: rule.project_id,
    milestone_id: rule.milestone_id,
    activity: rule.activity,
    comment: fillTemplate(rule.comment_template, event),
    rule_id: rule.id,
    rule_version: rule.version,
  }
}

/**
 * What the rules of now would have done with an event. What a person or an import decided stays, and so does
 * what is in an archived project; what a rule assigned goes where the rules of now say, or away when that rule
 * still acts and no longer holds for it.
 */
export function decide(
  event: PastEventRow,
  { book, rule, wasTakenAway }: Scope,
  winner = book.first(event),
): Decision {
  if (rule !== null && winner?.id !== rule && event.rule_id !== rule) return null
  if (!winner) return isObsolete(event, book) ? { kind: 'clear' } : null
  const to = assignmentBy(winner, event)
  if (event.assignment_id === null) {
    return wasTakenAway(event.id) ? { kind: 'held', why: 'unassigned' } : { kind: 'assign', to }
  }
  if (isSame(event, to)) return null
  if (event.assigned_by === 'manual' || event.assigned_by === 'import') {
    return isSamePlace(event, to) ? null : { kind: 'held', why: event.assigned_by }
  }
  return event.archived === 1 ? { kind: 'held', why: 'archived' } : { kind: 'assign', to }
}

function isObsolete(event: PastEventRow, book: RuleBook<RuleRow>): boolean {
  return event.assigned_by === 'rule' && event.archived === 0 && book.has(event.rule_id)
}

type Placed = Pick<PastEventRow, 'project_id' | 'milestone_id'>

export function isSamePlace(a: Placed, b: Placed): boolean {
  return a.project_id === b.project_id && a.milestone_id === b.milestone_id
}

function isSame(event: PastEventRow, to: RuleAssignment): boolean {
  return isSamePlace(event, to) && event.activity === to.activity && event.comment === to.comment
}
