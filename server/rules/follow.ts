import { assignmentWrites } from '../../db/assignments.ts'
import { ruleEventReads } from '../../db/rule-events.ts'
import { ruleReads, ruleWrites } from '../../db/rules.ts'
import type { WriteContext } from '../threads/define.ts'
import { currentRules } from './current.ts'
import { assignmentBy } from './decide.ts'

/** Events that are read at once. */
const PAGE = 500
/** Longest time that rules take within one commit; thousands of events fit in. */
const STRETCH_MS = 100

/**
 * Lets rules assign what arrives: once, with the commit that stores it. Where rules take too long for that (many
 * regular expressions, a flood of long titles), the rest of the events waits, and {@link RuleFollower.catchUp}
 * does them a stretch at a time, so that whoever wants to write waits for a stretch at most.
 */
export function ruleFollower({ db }: Pick<WriteContext, 'db'>) {
  const events = ruleEventReads(db.sql)
  const rules = { ...ruleReads(db.sql), ...ruleWrites(db) }
  const assignments = assignmentWrites(db)
  const current = currentRules(db.sql)

  /** Assigns events stored after that one; where it stopped, null when it is through. */
  function assignAfter(id: number): number | null {
    const { book } = current()
    if (book.rules.length === 0) return null
    const until = performance.now() + STRETCH_MS
    let last = id
    for (;;) {
      const page = events.after(last, PAGE)
      for (const event of page) {
        last = event.id
        const rule = book.first(event)
        if (rule) {
          const assignment = assignmentBy(rule, event)
          assignments.put({ id: null, event_id: event.id, ...assignment, source: 'rule', batch_id: null })
        }
        if (performance.now() > until) return last
      }
      if (page.length < PAGE) return null
    }
  }

  return {
    /** Looks at the events stored after `newest`. */
    follow(newest: number): void {
      // What came before is looked at first: by whoever catches up, who then meets these too.
      if (rules.behind() !== null) return
      const stopped = assignAfter(newest)
      if (stopped !== null) rules.setBehind(stopped)
    },
    /** Goes on where it stopped, for a stretch. Returns whether it is through. */
    catchUp(): boolean {
      const behind = rules.behind()
      if (behind === null) return true
      const stopped = assignAfter(behind)
      rules.setBehind(stopped)
      return stopped === null
    },
  }
}

export type RuleFollower = ReturnType<typeof ruleFollower>
