import type { Answer, Input } from '../../contract/calls.ts'
import { Refusal } from '../../contract/errors.ts'
import { ruleReads, ruleWrites, type RuleRow } from '../../db/rules.ts'
import { command } from '../threads/define.ts'
import { ruleApplier, type ApplyStep, type Applied } from './apply.ts'
import type { RuleFields } from './columns.ts'
import { ruleFollower } from './follow.ts'
import { ruleImporter } from './import.ts'
import { ruleSaver } from './save.ts'
import { checkRuleOf, ruleOwner } from './visible.ts'
import { ruleToWire } from './wire.ts'

export const ruleCommands = {
  'rules.create': command<Input<'rules.create'>, Answer<'rules.create'>>((context) => {
    const saver = ruleSaver(context)
    return ({ priority = saver.topPriority(), enabled = true, user = null, ...fields }, viewer) => {
      const row = saver.create({ ...fields, priority, enabled, user: ruleOwner(viewer, user) })
      saver.checkTotals()
      return ruleToWire(row)
    }
  }),

  'rules.change': command<Input<'rules.change'>, Answer<'rules.change'>>((context) => {
    const saver = ruleSaver(context)
    return ({ id, ...fields }, viewer) => {
      const before = saver.stored(id)
      checkRuleOf(viewer, before.user)
      const owned = fields.user === undefined ? fields : { ...fields, user: ruleOwner(viewer, fields.user) }
      const after = saver.change(before, merged(before, owned))
      saver.checkTotals()
      return ruleToWire(after)
    }
  }),

  'rules.remove': command<Input<'rules.remove'>, void>((context) => {
    const saver = ruleSaver(context)
    const rules = ruleWrites(context.db)
    return ({ id }, viewer) => {
      checkRuleOf(viewer, saver.stored(id).user)
      rules.remove(id, context.clock())
    }
  }),

  'rules.reorder': command<Input<'rules.reorder'>, Answer<'rules.reorder'>>(({ db }) => {
    const rules = { ...ruleReads(db.sql), ...ruleWrites(db) }
    return ({ ids }) => {
      const known = new Map(rules.all().map((row) => [row.id, row]))
      const isWhole = new Set(ids).size === ids.length && ids.length === known.size
      if (!isWhole || ids.some((id) => !known.has(id))) {
        const message = 'must name every rule once: read them again, others changed them meanwhile'
        throw new Refusal('conflict', `ids: ${message}`, { ids: message })
      }
      ids.forEach((id, index) => {
        const priority = ids.length - index
        if (known.get(id)?.priority !== priority) rules.setPriority(id, priority)
      })
      return { items: rules.all().map(ruleToWire) }
    }
  }),

  'rules.import': command<Input<'rules.import'>, Answer<'rules.import'>>((context) => {
    const take = ruleImporter(context)
    return ({ rules }) => take(rules)
  }),

  /** Looks at events that rules have not looked at yet: whoever asks, asks again until nothing is left. */
  'rules.catchUp': command<object, { isComplete: boolean }>((context) => {
    const follower = ruleFollower(context)
    return () => ({ isComplete: follower.catchUp() })
  }),

  /** Applies rules to a stretch of the past: whoever asks, asks again until nothing is left. */
  'rules.applyStep': command<ApplyStep, Applied>((context) => {
    const apply = ruleApplier(context)
    return (step, viewer) => apply(step, viewer)
  }),
}

function merged(row: RuleRow, fields: Omit<Input<'rules.change'>, 'id'>): RuleFields {
  const { target, ...rule } = ruleToWire(row)
  return {
    name: fields.name ?? rule.name,
    priority: fields.priority ?? rule.priority,
    enabled: fields.enabled ?? rule.enabled,
    user: fields.user === undefined ? rule.user : fields.user,
    conditions: fields.conditions ?? rule.conditions,
    target: fields.target ?? target,
  }
}
