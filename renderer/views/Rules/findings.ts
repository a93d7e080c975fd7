import type { Rule } from '../../../contract/rule.ts'
import type { RuleFindings } from '../../../contract/rules.ts'
import { t } from '../../i18n/index.ts'

/** What is to be said about a rule besides what it asks; `isBad`: it is of no use as it is. */
export type Mark = { text: string; isBad: boolean }
export type Use = { mark: Mark | null; ms: number | null }

type Findings = RuleFindings | null

/** What each rule did lately, and what is wrong with it: the first thing that keeps it from acting. */
export function usesOf(rules: readonly Rule[], findings: Findings): Map<number, Use> {
  const names = new Map(rules.map(({ id, name }) => [id, name]))
  const ms = new Map(findings?.used.map((use) => [use.rule, use.ms]))
  return new Map(
    rules.map((rule) => [
      rule.id,
      { mark: markOf(rule, findings, (id) => names.get(id) ?? ''), ms: ms.get(rule.id) ?? null },
    ]),
  )
}

function markOf(rule: Rule, findings: Findings, nameOf: (id: number) => string): Mark | null {
  if (!rule.enabled) return { text: t('rules.mark.off'), isBad: false }
  if (rule.dead) return { text: t('rules.mark.archived'), isBad: true }
  if (findings === null) return null
  const dead = findings.dead.find((one) => one.rule === rule.id)
  if (dead?.why === 'regex') return { text: t('rules.mark.regex'), isBad: true }
  const shadow = findings.shadowed.find((one) => one.rule === rule.id)
  if (shadow) return { text: t('rules.mark.shadowed', { name: nameOf(shadow.by) }), isBad: true }
  const conflict = findings.conflicts.find((ids) => ids.includes(rule.id))
  const other = conflict?.find((id) => id !== rule.id)
  if (other !== undefined) return { text: t('rules.mark.conflict', { name: nameOf(other) }), isBad: true }
  return dead?.why === 'idle' ? { text: t('rules.mark.idle', { days: findings.days }), isBad: false } : null
}

/** The share of the time that rules explain, in percent; null when there is no time. */
export function explainedShare(findings: Findings): number | null {
  if (findings === null || findings.all.ms === 0) return null
  const won = findings.used.reduce((sum, { ms }) => sum + ms, 0)
  return Math.round((won / findings.all.ms) * 100)
}
