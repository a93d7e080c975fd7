import { z } from 'zod'
import { LIMITS, SOURCES } from './events.ts'
import { PLACEHOLDERS, RULE_LIMITS } from './rule-limits.ts'
import { Id, label, text } from './shapes.ts'

const ruleSources = SOURCES.filter((source) => source !== 'afk')

/** All that are given must hold; one on a field that the event lacks does not hold. No difference of case. */
export const RuleConditions = z
  .strictObject({
    app: label(RULE_LIMITS.pattern)
      .optional()
      .describe('the program, with or without .exe; * stands for anything, ? for one letter'),
    titleContains: label(RULE_LIMITS.pattern).optional(),
    titleRegex: text(RULE_LIMITS.regex)
      .min(1, 'must not be empty')
      .optional()
      .describe('regular expression (RE2) that matches somewhere in the first 500 letters of the title'),
    url: label(RULE_LIMITS.pattern)
      .optional()
      .describe('occurs in the address; * stands for anything in between'),
    phone: label(LIMITS.phone).optional().describe('a number, or its beginning and a *'),
    contact: label(RULE_LIMITS.pattern).optional().describe('occurs in the name of the contact'),
    source: z.enum(ruleSources).optional(),
  })
  .refine(
    (conditions) => Object.values(conditions).some((value) => value !== undefined),
    'must hold at least one condition',
  )
export type RuleConditions = z.infer<typeof RuleConditions>

export const RuleTarget = z.strictObject({
  projectId: Id,
  milestoneId: Id.nullish(),
  activity: text(64).nullish(),
  commentTemplate: text(RULE_LIMITS.template)
    .nullish()
    .describe(`comment; ${PLACEHOLDERS.map((name) => `{${name}}`).join(' ')} stand for the event's own`),
})
export type RuleTarget = z.infer<typeof RuleTarget>

const Priority = z.int().min(-1_000_000).max(1_000_000)

export const ruleFields = {
  name: label(RULE_LIMITS.name),
  priority: Priority.describe('the highest first; among equal ones the older rule'),
  enabled: z.boolean(),
  user: label(LIMITS.handle).nullable().describe('whose events; null: everybody’s'),
  conditions: RuleConditions,
  target: RuleTarget,
}

export const Rule = z.object({
  id: Id,
  ...ruleFields,
  target: z.object({
    projectId: Id,
    milestoneId: Id.nullable(),
    activity: z.string().nullable(),
    commentTemplate: z.string().nullable(),
  }),
  version: z.int().describe('grows when what the rule says changes'),
  dead: z.boolean().describe('its project or milestone is archived, so it does not act'),
})
export type Rule = z.infer<typeof Rule>

export const NewRule = z
  .strictObject(ruleFields)
  .partial()
  .required({ name: true, conditions: true, target: true })

/** A rule that is not stored, or (with an id) a stored one as it is about to be. */
export const RuleDraft = NewRule.extend({ id: Id.optional() })
export type RuleDraft = z.infer<typeof RuleDraft>

/** Rules as a file: targets by name, so that it means the same on another hub. */
export const RuleFile = z.strictObject({
  format: z.literal('timetrack-rules'),
  version: z.literal(1),
  rules: z
    .array(
      z.strictObject({
        ...ruleFields,
        target: z.strictObject({
          project: label(200),
          milestone: label(200).nullable(),
          activity: text(64).nullable(),
          commentTemplate: text(RULE_LIMITS.template).nullable(),
        }),
      }),
    )
    .max(RULE_LIMITS.rules),
})
export type RuleFile = z.infer<typeof RuleFile>
