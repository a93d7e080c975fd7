import { PLACEHOLDERS, RULE_LIMITS } from '../../contract/rule-limits.ts'
import { appName, headlineOf, type Named } from '../titles.ts'

const PLACEHOLDER = /\{([^{}]*)\}/g

/** What is wrong with a comment template; null when nothing is. */
export function templateProblem(template: string): string | null {
  const known: readonly string[] = PLACEHOLDERS
  const strange = [...template.matchAll(PLACEHOLDER)].find(([, name = '']) => !known.includes(name))
  return strange
    ? `${strange[0]} is not known: use ${PLACEHOLDERS.map((name) => `{${name}}`).join(', ')}`
    : null
}

/** The comment that a template makes of an event: plain text, cut to what a comment may be long; null for none. */
export function fillTemplate(template: string | null, event: Named): string | null {
  if (template === null) return null
  // In one go, so that a title which looks like a placeholder is only a title.
  const text = template.replaceAll(PLACEHOLDER, (whole, name: string) => {
    if (name === 'title') return headlineOf(event) ?? ''
    if (name === 'app') return appName(event.app) ?? ''
    if (name === 'contact') return event.contact || event.phone_number || ''
    return name === 'url' ? (event.url ?? '') : whole
  })
  const cut = text
    .slice(0, RULE_LIMITS.comment)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
  return cut.trim() || null
}
