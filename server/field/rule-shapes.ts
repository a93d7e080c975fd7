import { z } from 'zod'
import { LIMITS } from '../../contract/events.ts'
import { RULE_LIMITS } from '../../contract/rule-limits.ts'
import { Id, label, text } from '../../contract/shapes.ts'

/** What old clients leave empty is not asked for. */
const asked = (max: number) =>
  text(max)
    .nullish()
    .transform((value) => value?.trim() || null)

export const RuleBody = z.object({
  name: label(RULE_LIMITS.name),
  user_id: asked(LIMITS.handle),
  enabled: z.boolean().nullish(),
  priority: z.int().min(-1_000_000).max(1_000_000).nullish(),
  process_pattern: asked(RULE_LIMITS.pattern),
  title_contains: asked(RULE_LIMITS.pattern),
  title_regex: text(RULE_LIMITS.regex)
    .nullish()
    .transform((value) => value || null),
  auto_project_id: Id.nullish(),
  auto_milestone_id: Id.nullish(),
  auto_activity: asked(64),
  auto_comment_template: asked(RULE_LIMITS.template),
})
export type RuleBody = z.infer<typeof RuleBody>

export const FieldRule = z.object({
  id: Id,
  name: z.string(),
  user_id: z.string().nullable(),
  enabled: z.boolean(),
  priority: z.int(),
  process_pattern: z.string().nullable(),
  title_contains: z.string().nullable(),
  title_regex: z.string().nullable(),
  auto_project_id: Id,
  auto_milestone_id: Id.nullable(),
  auto_activity: z.string().nullable(),
  auto_comment_template: z.string().nullable(),
})
export type FieldRule = z.infer<typeof FieldRule>
