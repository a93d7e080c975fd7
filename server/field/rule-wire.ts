import { Refusal, type FieldMessages } from '../../contract/errors.ts'
import type { Rule, RuleConditions } from '../../contract/rule.ts'
import type { FieldRule, RuleBody } from './rule-shapes.ts'

/** A rule in the old service's words, which know the conditions on program and title alone. */
export function ruleToField(rule: Omit<Rule, 'version' | 'dead'>): FieldRule {
  const { conditions, target } = rule
  return {
    id: rule.id,
    name: rule.name,
    user_id: rule.user,
    enabled: rule.enabled,
    priority: rule.priority,
    process_pattern: conditions.app ?? null,
    title_contains: conditions.titleContains ?? null,
    title_regex: conditions.titleRegex ?? null,
    auto_project_id: target.projectId,
    auto_milestone_id: target.milestoneId,
    auto_activity: target.activity,
    auto_comment_template: target.commentTemplate?.replaceAll('{app}', '{process}') ?? null,
  }
}

/** What an old client says of a rule; `before`: its conditions so far, of which the client cannot know all. */
export function ruleFromField(body: RuleBody, before: RuleConditions = {}) {
  const { url, phone, contact, source } = before
  const conditions = given({
    app: body.process_pattern,
    titleContains: body.title_contains,
    titleRegex: body.title_regex,
    url,
    phone,
    contact,
    source,
  })
  const problems: FieldMessages = {}
  const projectId = body.auto_project_id
  if (!projectId) problems['auto_project_id'] = 'must name a project'
  if (Object.keys(conditions).length === 0)
    problems['process_pattern'] = 'must be given, or title_contains or title_regex'
  const [first] = Object.entries(problems)
  if (first || !projectId) throw new Refusal('invalid', `${first?.[0]}: ${first?.[1]}`, problems)
  return {
    name: body.name,
    user: body.user_id,
    enabled: body.enabled ?? true,
    priority: body.priority ?? 0,
    conditions,
    target: {
      projectId,
      milestoneId: body.auto_milestone_id ?? null,
      activity: body.auto_activity,
      commentTemplate: body.auto_comment_template?.replaceAll('{process}', '{app}') ?? null,
    },
  }
}

type Given = { [K in keyof RuleConditions]: RuleConditions[K] | null }

function given(conditions: Given): RuleConditions {
  return Object.fromEntries(Object.entries(conditions).filter(([, value]) => value))
}

const FIELD_NAMES: Record<string, string> = {
  user: 'user_id',
  'conditions.titleRegex': 'title_regex',
  'target.milestoneId': 'auto_milestone_id',
  'target.commentTemplate': 'auto_comment_template',
}

/** Runs `work`; what it refuses is named as the old client named it. */
export async function inFieldWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal) || !error.fields) throw error
    const fields = Object.entries(error.fields).map(([field, message]) => [
      FIELD_NAMES[field] ?? field,
      message,
    ])
    throw new Refusal(error.code, error.message, Object.fromEntries(fields) as FieldMessages)
  }
}
