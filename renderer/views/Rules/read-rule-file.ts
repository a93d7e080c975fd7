import type { RuleFile } from '../../../contract/rule.ts'

/**
 * A file of rules, as far as can be told without the hub, which checks the rest; null when it is none.
 */
export function readRuleFile(text: string): RuleFile | null {
  try {
    const file = JSON.parse(text) as unknown
    return isRuleFile(file) ? file : null
  } catch {
    return null
  }
}

function isRuleFile(file: unknown): file is RuleFile {
  return (
    typeof file === 'object' &&
    file !== null &&
    'format' in file &&
    file.format === 'timetrack-rules' &&
    'rules' in file &&
    Array.isArray(file.rules) &&
    file.rules.every(
      (rule: unknown) =>
        typeof rule === 'object' && rule !== null && 'name' in rule && typeof rule.name === 'string',
    )
  )
}
