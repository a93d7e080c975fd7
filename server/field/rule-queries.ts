import { notFound } from '../../contract/errors.ts'
import type { RuleConditions } from '../../contract/rule.ts'
import { ruleReads } from '../../db/rules.ts'
import { query } from '../threads/define.ts'
import type { FieldRule } from './rule-shapes.ts'
import { ruleToField } from './rule-wire.ts'

const TABLES = ['assignment_rules', 'projects', 'milestones', 'users'] as const

export const fieldRuleQueries = {
  'field.rules.list': query<object, FieldRule[]>(TABLES, ({ sql }) => {
    const rules = ruleReads(sql)
    return () =>
      rules.all().map(({ id, name, user, enabled, priority, conditions, ...row }) =>
        ruleToField({
          id,
          name,
          user,
          enabled: enabled === 1,
          priority,
          conditions,
          target: {
            projectId: row.project_id,
            milestoneId: row.milestone_id,
            activity: row.activity,
            commentTemplate: row.comment_template,
          },
        }),
      )
  }),

  'field.rule.conditions': query<{ id: number }, RuleConditions>(TABLES, ({ sql }) => {
    const rules = ruleReads(sql)
    return ({ id }) => {
      const row = rules.byId(id)
      if (!row) throw notFound('rule', id)
      return row.conditions
    }
  }),
}
