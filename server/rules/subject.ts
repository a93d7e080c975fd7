import type { Source } from '../../contract/events.ts'
import { RULE_LIMITS } from '../../contract/rule-limits.ts'
import { fold } from './fold.ts'

/** What of an event rules look at. */
export type RuleEvent = {
  source: Source
  user_id: number | null
  title: string | null
  app: string | null
  url: string | null
  phone_number: string | null
  contact: string | null
}

/** The same as conditions compare it; null is what the event lacks. */
export type Subject = {
  source: Source
  user: number | null
  title: string | null
  foldedTitle: string | null
  app: string | null
  url: string | null
  phone: string | null
  contact: string | null
}

export function subjectOf(event: RuleEvent): Subject {
  const title = event.title ? event.title.slice(0, RULE_LIMITS.scanned) : null
  return {
    source: event.source,
    user: event.user_id,
    title,
    foldedTitle: title === null ? null : fold(title),
    app: event.app ? appOf(event.app) : null,
    url: event.url ? fold(event.url) : null,
    phone: event.phone_number ? phoneOf(event.phone_number) : null,
    contact: event.contact ? fold(event.contact) : null,
  }
}

/** `ACAD.EXE` and `acad` are one program. */
export function appOf(app: string): string {
  return fold(app.trim()).replace(/\.exe$/, '')
}

/** `0049 (0)30 123-45` reads `+493012345`; what holds no digit is taken as it is. */
export function phoneOf(number: string): string {
  const digits = number.replace('(0)', '').replaceAll(/[^\d+]/g, '')
  return digits === '' ? fold(number.trim()) : digits.replace(/^00/, '+')
}
