import type { Input } from '../../contract/calls.ts'
import { Refusal, type FieldMessages } from '../../contract/errors.ts'
import type { Rule } from '../../contract/rule.ts'
import type { Sqlite } from '../../db/open.ts'
import type { NewRuleRow } from '../../db/rules.ts'
import { userReads } from '../../db/users.ts'
import { targetCheck } from '../target.ts'
import { checkRegex } from './regex.ts'
import { templateProblem } from './template.ts'

export type RuleFields = Omit<Input<'rules.create'>, 'priority' | 'enabled' | 'user'> &
  Pick<Rule, 'priority' | 'enabled' | 'user'>

/** A rule's fields as columns. @throws Refusal for what cannot be used, by the name of the field */
export function ruleColumns(sql: Sqlite): (fields: RuleFields) => NewRuleRow {
  const users = userReads(sql)
  const checkTarget = targetCheck({ db: { sql } })
  return ({ name, priority, enabled, user, conditions, target }) => {
    checkTarget(target)
    const problems: FieldMessages = {}
    const regex = conditions.titleRegex === undefined ? { size: 0 } : checkRegex(conditions.titleRegex)
    if ('problem' in regex) problems['conditions.titleRegex'] = regex.problem
    const template = templateProblem(target.commentTemplate ?? '')
    if (template !== null) problems['target.commentTemplate'] = template
    const user_id = user === null ? null : users.idOf(user)
    if (user_id === undefined) problems['user'] = 'is nobody whose events are known'
    refuse(problems)
    return {
      name,
      priority,
      enabled: enabled ? 1 : 0,
      user_id: user_id ?? null,
      conditions,
      regex_size: 'size' in regex ? regex.size : 0,
      project_id: target.projectId,
      milestone_id: target.milestoneId ?? null,
      activity: target.activity ?? null,
      comment_template: target.commentTemplate ?? null,
    }
  }
}

/** @throws Refusal when there are problems */
export function refuse(problems: FieldMessages): void {
  const [first] = Object.entries(problems)
  if (first) throw new Refusal('invalid', `${first[0]}: ${first[1]}`, problems)
}
