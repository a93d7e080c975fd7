import type { Rule } from '../../contract/rule.ts'
import type { RuleRow } from '../../db/rules.ts'

export function ruleToWire(row: RuleRow): Rule {
  return {
    id: row.id,
    name: row.name,
    priority: row.priority,
    enabled: row.enabled === 1,
    user: row.user,
    conditions: row.conditions,
    target: {
      projectId: row.project_id,
      milestoneId: row.milestone_id,
      activity: row.activity,
      commentTemplate: row.comment_template,
    },
    version: row.version,
    dead: row.dead === 1,
  }
}

/** What a version of a rule says: neither when it is tried nor whether. */
export type RuleDefinition = Pick<Rule, 'name' | 'user' | 'conditions' | 'target'>

/** Always in the same order, so that equal definitions read the same. */
export function definitionOf({ name, user, conditions, target }: RuleDefinition): RuleDefinition {
  const { app, titleContains, titleRegex, url, phone, contact, source } = conditions
  const { projectId, milestoneId, activity, commentTemplate } = target
  return {
    name,
    user,
    conditions: { app, titleContains, titleRegex, url, phone, contact, source },
    target: { projectId, milestoneId, activity, commentTemplate },
  }
}
