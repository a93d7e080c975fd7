import { Refusal, notFound } from '../../contract/errors.ts'
import { RULE_LIMITS } from '../../contract/rule-limits.ts'
import { ruleReads, ruleWrites, type RuleRow } from '../../db/rules.ts'
import type { WriteContext } from '../threads/define.ts'
import { refuse, ruleColumns, type RuleFields } from './columns.ts'
import { definitionOf, ruleToWire } from './wire.ts'

/** Stores rules that can be used, and what each version of them says. */
export function ruleSaver({ db, clock }: WriteContext) {
  const rules = { ...ruleReads(db.sql), ...ruleWrites(db) }
  const columnsOf = ruleColumns(db.sql)

  function stored(id: number): RuleRow {
    const row = rules.byId(id)
    if (!row) throw notFound('rule', id)
    return row
  }

  return {
    stored,
    /** Refuses more rules than can be looked at for each event. */
    checkTotals(): void {
      const { count, size } = rules.totals()
      if (count > RULE_LIMITS.rules)
        throw new Refusal('conflict', `There are ${RULE_LIMITS.rules} rules at most.`)
      if (size > RULE_LIMITS.allRegexSize) {
        const message = `makes the regular expressions of all rules too large together: ${size} steps, at most ${RULE_LIMITS.allRegexSize}`
        refuse({ 'conditions.titleRegex': message })
      }
    },
    /** The priority that comes before all others. */
    topPriority: () => Math.min(1_000_000, (rules.totals().top ?? 0) + 1),
    create(fields: RuleFields): RuleRow {
      const id = rules.insert(columnsOf(fields))
      const row = stored(id)
      rules.say(id, row.version, definitionOf(ruleToWire(row)), clock())
      return row
    },
    /** Changes a rule to what is said; what it says anew becomes its next version. */
    change(before: RuleRow, fields: RuleFields): RuleRow {
      const columns = columnsOf(fields)
      rules.update({ ...columns, id: before.id, version: before.version })
      const after = stored(before.id)
      const definition = definitionOf(ruleToWire(after))
      if (JSON.stringify(definition) === JSON.stringify(definitionOf(ruleToWire(before)))) return after
      const version = before.version + 1
      rules.update({ ...columns, id: before.id, version })
      rules.say(before.id, version, definition, clock())
      return stored(before.id)
    },
  }
}
