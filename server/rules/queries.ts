import type { Answer, Input } from '../../contract/calls.ts'
import { notFound } from '../../contract/errors.ts'
import { assignmentReads } from '../../db/assignments.ts'
import { ruleEventReads, type RuleEventRow } from '../../db/rule-events.ts'
import { ruleReads } from '../../db/rules.ts'
import { ownership } from '../whose.ts'
import { query } from '../threads/define.ts'
import { currentRules } from './current.ts'
import { isRuleFor } from './visible.ts'
import { matchesOf } from './matches.ts'
import { ruleToWire, type RuleDefinition } from './wire.ts'

const TABLES = ['assignment_rules', 'projects', 'milestones', 'users'] as const
/** Rules that hold for an event now and are named. */
const NAMED = 20

export const ruleQueries = {
  'rules.list': query<Input<'rules.list'>, Answer<'rules.list'>>(TABLES, ({ sql }) => {
    const rules = ruleReads(sql)
    return (_input, viewer) => ({
      items: rules
        .all()
        .filter((row) => isRuleFor(viewer, row))
        .map(ruleToWire),
    })
  }),

  'rules.export': query<Input<'rules.export'>, Answer<'rules.export'>>(TABLES, ({ sql }) => {
    const rules = ruleReads(sql)
    return () => ({
      format: 'timetrack-rules',
      version: 1,
      rules: rules.all().map((row) => {
        const { name, priority, enabled, user, conditions, target } = ruleToWire(row)
        const { activity, commentTemplate } = target
        const { project, milestone } = row
        return {
          name,
          priority,
          enabled,
          user,
          conditions,
          target: { project, milestone, activity, commentTemplate },
        }
      }),
    })
  }),

  'assignments.why': query<Input<'assignments.why'>, Answer<'assignments.why'>>(
    [...TABLES, 'events', 'assignments'],
    ({ sql }) => {
      const events = ruleEventReads(sql)
      const assignments = assignmentReads(sql)
      const rules = ruleReads(sql)
      const current = currentRules(sql)

      function ruleOf(id: number, version: number, event: RuleEventRow): Answer<'assignments.why'>['rule'] {
        const row = rules.version(id, version)
        if (!row) return null
        const said = JSON.parse(row.definition) as RuleDefinition
        const matches = matchesOf(said.conditions, event)
        return { id, version, ...said, removed: row.removed === 1, latestVersion: row.latest, matches }
      }

      const whose = ownership(sql)
      return ({ id }, viewer) => {
        whose.checkEvents(viewer, [id])
        const event = events.byId(id)
        if (!event) throw notFound('event', id)
        const assignment = assignments.ofEvent(id)
        const { rule_id: rule, rule_version: version } = assignment ?? {}
        return {
          by: assignment?.source ?? null,
          rule: rule && version ? ruleOf(rule, version, event) : null,
          now: (event.open === 1 ? current().book.all(event) : [])
            .slice(0, NAMED)
            .map(({ id, name, version, conditions }) => ({
              id,
              name,
              version,
              matches: matchesOf(conditions, event),
            })),
        }
      }
    },
  ),
}
