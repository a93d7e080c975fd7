import type { RuleSample } from '../../contract/rules.ts'
import type { Day, Instant } from '../../contract/time.ts'
import type { PastEventRow } from '../../db/rule-events.ts'
import type { RuleRow } from '../../db/rules.ts'
import { appName, headlineOf } from '../titles.ts'
import { matchesOf } from './matches.ts'

/** As many as somebody reads. */
const KEPT = 5

type Sample = { event: PastEventRow; rule: Pick<RuleRow, 'conditions'> }

export type Samples = {
  add: (event: PastEventRow, rule: Sample['rule']) => void
  result: () => RuleSample[]
}

/** Collects the newest events that do not say the same, from events in the order of time. */
export function sampler(
  dayOf: (at: Instant) => Day,
  handleOf: (user: number) => string | null,
  isShown: (event: PastEventRow) => boolean,
): Samples {
  const kept = new Map<string, Sample>()
  return {
    add(event, rule) {
      if (!isShown(event)) return
      const said = event.title ?? event.contact ?? event.phone_number ?? event.url ?? event.app ?? ''
      kept.delete(said)
      kept.set(said, { event, rule })
      if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? '')
    },
    result: () =>
      Array.from(kept.values(), ({ event, rule }) => ({
        id: event.id,
        day: dayOf(event.start),
        user: event.user_id === null ? null : handleOf(event.user_id),
        headline: headlineOf(event),
        app: appName(event.app),
        matches: matchesOf(rule.conditions, event),
      })).reverse(),
  }
}
