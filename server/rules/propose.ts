import { Refusal, notFound } from '../../contract/errors.ts'
import { RULE_LIMITS } from '../../contract/rule-limits.ts'
import type { Place, RuleProposal } from '../../contract/rules.ts'
import { assignmentReads, type AssignmentRow } from '../../db/assignments.ts'
import type { Sqlite } from '../../db/open.ts'
import { ruleEventReads, type PastEventRow } from '../../db/rule-events.ts'
import { bookMaker } from './book.ts'
import { commonConditions } from './shared-traits.ts'
import { keyOf, placeOf } from './tally.ts'

type Caught = { place: Place; events: number; ms: number }

/** Makes a rule of events: what they have in common, and (when it has looked) what else that catches. */
export function proposer(sql: Sqlite) {
  const events = ruleEventReads(sql)
  const assignments = assignmentReads(sql)
  return (ids: readonly number[]) => {
    const chosen = new Set(ids)
    const rows = [...chosen].map((id) => {
      const row = events.byId(id)
      if (!row) throw notFound('event', id)
      return row
    })
    const conditions = commonConditions(rows)
    if (!conditions) {
      const message = 'have nothing in common that a rule could go by'
      throw new Refusal('invalid', `eventIds: ${message}`, { eventIds: message })
    }
    const book = bookMaker()([{ id: 1, user_id: null, conditions }])
    const caught = new Map<string, Caught>()
    const { titleContains, contact, phone, url, app, source } = conditions
    const name = titleContains ?? contact ?? phone ?? url ?? app ?? source ?? ''

    return {
      look: (event: PastEventRow): void => {
        if (chosen.has(event.id) || !book.first(event)) return
        const place = placeOf(event)
        const sum = caught.get(keyOf(place)) ?? { place, events: 0, ms: 0 }
        caught.set(keyOf(place), sum)
        sum.events++
        sum.ms += event.counted_ms
      },
      result(): RuleProposal {
        const targets = [...caught.values()].sort((a, b) => b.ms - a.ms)
        return {
          name: name.slice(0, RULE_LIMITS.name),
          conditions,
          target: targetOf([...chosen].map((id) => assignments.ofEvent(id))),
          others: {
            events: targets.reduce((sum, target) => sum + target.events, 0),
            ms: targets.reduce((sum, target) => sum + target.ms, 0),
            targets,
          },
        }
      },
    }
  }
}

/** Where the events are, if they are in one place. */
function targetOf(rows: readonly (AssignmentRow | undefined)[]): RuleProposal['target'] {
  const assigned = rows.flatMap((row) => row ?? [])
  const [first] = assigned
  if (!first || assigned.some((row) => keyOf(placeOf(row)) !== keyOf(placeOf(first)))) return null
  const isSame = assigned.every(({ activity }) => activity === first.activity)
  return {
    projectId: first.project_id,
    milestoneId: first.milestone_id,
    activity: isSame ? first.activity : null,
    commentTemplate: null,
  }
}
