import type { FieldMessages } from '../../../contract/errors.ts'
import type { RuleFile } from '../../../contract/rule.ts'
import { t } from '../../i18n/index.ts'
import { ruleReason } from './rule-reasons.ts'

/** What the hub says about the rules of a file, each with the name of the rule. */
export function importProblems(fields: FieldMessages, file: RuleFile): string[] {
  return Object.entries(fields).map(([path, message]) => {
    const [, at, field] = /^rules\.(\d+)\.?(.*)$/.exec(path) ?? []
    const name = at === undefined ? undefined : file.rules[Number(at)]?.name
    const reason = placeReason(message) ?? ruleReason(message) ?? message
    if (name === undefined) return reason
    return t('rules.import.problem', {
      name,
      reason: reason === message && field ? `${field} ${reason}` : reason,
    })
  })
}

function placeReason(message: string): string | undefined {
  const project = /^there is no project "(.*)"$/s.exec(message)
  if (project) return t('rules.import.noProject', { project: project[1] ?? '' })
  const milestone = /^project "(.*)" has no milestone "(.*)"$/s.exec(message)
  if (!milestone) return undefined
  return t('rules.import.noMilestone', { project: milestone[1] ?? '', milestone: milestone[2] ?? '' })
}
