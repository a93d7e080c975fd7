import { z } from 'zod'
import { call } from './call.ts'
import { BatchResult, EventIds } from './events.ts'
import { NewRule, Rule, RuleConditions, RuleDraft, RuleFile, ruleFields } from './rule.ts'
import { RULE_LIMITS } from './rule-limits.ts'
import { DayText, Id, IdText } from './shapes.ts'

/** Where hours are; null: nowhere yet. */
export const Place = z.object({ projectId: Id, milestoneId: Id.nullable() }).nullable()
export type Place = z.infer<typeof Place>

const amount = { events: z.int(), ms: z.int() }

/** A condition that holds, with the text of the event that it holds for. */
export const RuleMatch = z.object({
  condition: z.string(),
  wanted: z.string(),
  text: z.string().describe('the whole field'),
  match: z.string().describe('the piece of it'),
})
export type RuleMatch = z.infer<typeof RuleMatch>

/** An event that shows what a rule does. */
export const RuleSample = z.object({
  id: Id,
  day: DayText,
  user: z.string().nullable(),
  headline: z.string().nullable().describe('what a person calls it'),
  app: z.string().nullable(),
  matches: z.array(RuleMatch),
})
export type RuleSample = z.infer<typeof RuleSample>

const samples = z.array(RuleSample).describe('the newest of them that differ, a few')

export const HELD_WHY = ['manual', 'import', 'unassigned', 'archived'] as const

export const RulePreview = z.object({
  events: z.int().describe('looked at'),
  caught: z
    .object({ ...amount, samples })
    .describe('what the rule, or any of all, is the first to hold for, whether or not it changes that'),
  changed: z.object(amount),
  places: z
    .array(z.object({ place: Place, ms: z.int(), newMs: z.int() }))
    .describe('time of the range by where it is now and would be, of places that change'),
  moves: z.array(z.object({ from: Place, to: Place, ...amount })),
  described: z.object(amount).describe('keep their place and get another activity or comment'),
  held: z.array(
    z.object({
      why: z
        .enum(HELD_WHY)
        .describe(
          'a person assigned it; an import did; a person took its assignment away; its project or milestone is archived',
        ),
      ...amount,
      samples,
    }),
  ),
  budgets: z.array(
    z.object({
      projectId: Id,
      milestoneId: Id,
      plannedHours: z.number().nullable(),
      doneHours: z.number().describe('before'),
      newDoneHours: z.number().describe('after'),
    }),
  ),
})
export type RulePreview = z.infer<typeof RulePreview>

const Progress = z.object({ done: z.int(), total: z.int() })

/** One line of a dry run's answer; the last one has the result. */
export const PreviewLine = z.union([z.object({ progress: Progress }), z.object({ result: RulePreview })])
export type PreviewLine = z.infer<typeof PreviewLine>

export const RuleApplied = BatchResult.pick({ batch: true }).extend({ changed: z.int() })
export type RuleApplied = z.infer<typeof RuleApplied>
export const ApplyLine = z.union([
  z.object({ progress: Progress }),
  z.object({ result: RuleApplied }),
  z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
])
export type ApplyLine = z.infer<typeof ApplyLine>

const said = {
  name: z.string(),
  user: z.string().nullable(),
  conditions: RuleConditions,
  target: Rule.shape.target.extend({ projectId: Id.nullable() }),
}

export const Why = z.object({
  by: z.enum(['manual', 'rule', 'import']).nullable(),
  rule: z
    .object({
      id: Id,
      version: z.int(),
      ...said,
      removed: z.boolean(),
      latestVersion: z.int(),
      matches: z.array(RuleMatch),
    })
    .nullable()
    .describe('as it was when it assigned the event'),
  now: z
    .array(z.object({ id: Id, name: z.string(), version: z.int(), matches: z.array(RuleMatch) }))
    .describe('rules that hold for it now, the first of which would act'),
})
export type Why = z.infer<typeof Why>

export const RuleProposal = z.object({
  name: z.string(),
  conditions: RuleConditions,
  target: Rule.shape.target.nullable().describe('where the chosen events are, if they are in one place'),
  others: z.object({
    ...amount,
    targets: z.array(z.object({ place: Place, ...amount })).describe('where they are now'),
  }),
})
export type RuleProposal = z.infer<typeof RuleProposal>

export const RuleFindings = z.object({
  days: z.int(),
  all: z.object(amount).describe('what rules may look at'),
  shadowed: z.array(z.object({ rule: Id, by: Id, sameTarget: z.boolean() })),
  dead: z.array(z.object({ rule: Id, why: z.enum(['archived', 'regex', 'idle']) })),
  conflicts: z.array(z.array(Id)).describe('rules of the same conditions and different targets'),
  used: z.array(
    z.object({ rule: Id, matched: z.int(), won: z.int(), ms: z.int().describe('time of what it won') }),
  ),
})
export type RuleFindings = z.infer<typeof RuleFindings>

const range = { from: DayText.describe('first day'), to: DayText.describe('last day, included') }
const byId = z.object({ id: IdText })
const NDJSON = 'application/x-ndjson'

export const ruleCalls = {
  'rules.list': call({
    method: 'get',
    path: '/api/rules',
    tag: 'Rules',
    summary: 'Rules in the order in which they are tried',
    access: 'member',
    answer: z.object({ items: z.array(Rule) }),
  }),
  'rules.create': call({
    method: 'post',
    path: '/api/rules',
    tag: 'Rules',
    summary: 'Create a rule; it acts on what arrives from now on',
    access: 'member',
    about: 'Without a priority it comes before all others.',
    body: NewRule,
    status: 201,
    answer: Rule,
  }),
  'rules.change': call({
    method: 'patch',
    path: '/api/rules/:id',
    tag: 'Rules',
    summary: 'Change a rule; conditions and target are replaced as a whole',
    access: 'member',
    params: byId,
    body: z.strictObject(ruleFields).partial(),
    answer: Rule,
  }),
  'rules.remove': call({
    method: 'delete',
    path: '/api/rules/:id',
    tag: 'Rules',
    summary: 'Remove a rule; what it assigned stays, and knows why',
    access: 'member',
    params: byId,
    status: 204,
  }),
  'rules.reorder': call({
    method: 'put',
    path: '/api/rules/order',
    tag: 'Rules',
    summary: 'Put all rules in order, the first one first',
    access: 'admin',
    body: z.strictObject({ ids: z.array(Id).max(RULE_LIMITS.rules) }),
    answer: z.object({ items: z.array(Rule) }),
  }),
  'rules.preview': call({
    method: 'post',
    path: '/api/rules/preview',
    tag: 'Rules',
    summary: 'What rules would do to the past, in hours moved; nothing is written',
    access: 'member',
    about:
      'A draft, one stored rule, or (with neither) all. Answers lines of JSON: `{"progress": {"done", "total"}}` as it goes, at the end `{"result": …}`. Closing the connection ends it.',
    body: z
      .strictObject({ ...range, draft: RuleDraft.optional(), rule: Id.optional() })
      .refine(({ draft, rule }) => draft === undefined || rule === undefined, {
        path: ['draft'],
        message: 'must not be given together with rule',
      }),
    produces: NDJSON,
  }),
  'rules.apply': call({
    method: 'post',
    path: '/api/rules/apply',
    tag: 'Rules',
    summary: 'Do to the past what the dry run of stored rules says',
    access: 'member',
    about:
      'One rule, or all. One batch, which `POST /api/batches/:id/undo` takes back. Answers lines of JSON like the dry run; it goes on when the connection is closed.',
    body: z.strictObject({ ...range, rule: Id.optional() }),
    produces: NDJSON,
  }),
  'rules.propose': call({
    method: 'post',
    path: '/api/rules/propose',
    tag: 'Rules',
    summary: 'The narrowest rule that covers these events, and what else it would catch',
    access: 'member',
    about: '`others` are those of the last 90 days.',
    body: z.strictObject({ eventIds: EventIds }),
    answer: RuleProposal,
  }),
  'rules.check': call({
    method: 'get',
    path: '/api/rules/check',
    tag: 'Rules',
    summary: 'Rules that can never act, did not, or contradict each other',
    access: 'member',
    query: z.strictObject({
      days: z.coerce.number().pipe(z.int().min(1).max(366)).default(90),
    }),
    answer: RuleFindings,
  }),
  'rules.export': call({
    method: 'get',
    path: '/api/rules/export',
    tag: 'Rules',
    summary: 'All rules as a file for another hub',
    access: 'admin',
    answer: RuleFile,
  }),
  'rules.import': call({
    method: 'post',
    path: '/api/rules/import',
    tag: 'Rules',
    summary: 'Take rules from such a file, all or nothing',
    access: 'admin',
    about:
      'A rule is known by its name (and by its place among those of one name): it is changed to what the file says. Sent again, nothing changes.',
    body: RuleFile,
    limit: 16 * 1024 * 1024,
    answer: z.object({ created: z.int(), changed: z.int(), unchanged: z.int() }),
  }),
  'assignments.why': call({
    method: 'get',
    path: '/api/events/:id/why',
    tag: 'Rules',
    summary: 'Why an event has its assignment, or none',
    access: 'member',
    params: byId,
    answer: Why,
  }),
} as const
