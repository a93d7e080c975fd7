import type { Rule } from '../../../contract/rule.ts'
import { type MessageKey, t } from '../../i18n/index.ts'
import { CONDITIONS, type ConditionName, type Conditions } from './draft.ts'

const PLAIN = {
  titleContains: 'rules.sum.titleContains',
  titleRegex: 'rules.sum.titleRegex',
  url: 'rules.sum.url',
  phone: 'rules.sum.phone',
  contact: 'rules.sum.contact',
} as const satisfies Partial<Record<ConditionName, MessageKey>>

/** A condition in words: `Titel enthält „Werkhalle“`. */
function inWords(name: ConditionName, value: string, personOf: (handle: string) => string): string {
  if (name === 'app') return value
  if (name === 'source') return sourceName(value)
  if (name === 'user') return personOf(value)
  return t(PLAIN[name], { value })
}

/** What a rule asks for, in one line. */
export function summaryOf(
  { conditions, user }: Pick<Rule, 'conditions' | 'user'>,
  personOf: (handle: string) => string,
): string {
  const asked: Conditions = { ...conditions, ...(user === null ? {} : { user }) }
  return CONDITIONS.flatMap((name) => {
    const value = asked[name]
    return value === undefined ? [] : [inWords(name, value, personOf)]
  }).join(' · ')
}

const SOURCE_KEYS: Record<string, MessageKey> = {
  window: 'rules.source.window',
  browser: 'rules.source.browser',
  editor: 'rules.source.editor',
  phone: 'rules.source.phone',
  calendar: 'rules.source.calendar',
  manual: 'rules.source.manual',
}

export function sourceName(source: string): string {
  const key = SOURCE_KEYS[source]
  return key ? t(key) : source
}

const CONDITION_KEYS: Record<string, MessageKey> = {
  app: 'rules.condition.app',
  titleContains: 'rules.condition.titleContains',
  titleRegex: 'rules.condition.titleRegex',
  url: 'rules.condition.url',
  phone: 'rules.condition.phone',
  contact: 'rules.condition.contact',
  source: 'rules.condition.source',
  user: 'rules.condition.user',
}

/** What a condition is called; the hub may know more of them than this page. */
export function conditionName(name: string): string {
  const key = CONDITION_KEYS[name]
  return key ? t(key) : name
}
