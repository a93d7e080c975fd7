import type { Viewer } from '../../contract/access.ts'
import type { Input } from '../../contract/calls.ts'
import { notFound } from '../../contract/errors.ts'
import type { PreviewLine } from '../../contract/rules.ts'
import { addDays, dayOf, dayRange } from '../../contract/time.ts'
import { projectReads } from '../../db/projects.ts'
import { ruleEventReads, type PastEventRow } from '../../db/rule-events.ts'
import { ruleReads } from '../../db/rules.ts'
import { userReads } from '../../db/users.ts'
import { ownership } from '../whose.ts'
import { stream, type ReadContext } from '../threads/define.ts'
import { findingsOf } from './check.ts'
import { currentRules } from './current.ts'
import { decide } from './decide.ts'
import { draftBook } from './draft.ts'
import { proposer } from './propose.ts'
import { sampler } from './samples.ts'
import { inSlices } from './slices.ts'
import { tally } from './tally.ts'
import { countedFor, isExampleFor, isRuleFor } from './visible.ts'

/** Lines of progress of one answer, about. */
const LINES = 100
/** Fewer events than this pass too quickly to tell of each time. */
const FEWEST = 1000
/** Days in which a proposal looks for what else it would catch. */
const PROPOSAL_DAYS = 90

const lineOf = (line: PreviewLine) => `${JSON.stringify(line)}\n`

export const ruleStreams = {
  'rules.preview': stream<Input<'rules.preview'>>(({ sql, zone, dayStartMinutes }) => {
    const events = ruleEventReads(sql)
    const rules = ruleReads(sql)
    const projects = projectReads(sql)
    const users = userReads(sql)
    const current = currentRules(sql)
    const draftOf = draftBook(sql)
    const samples = (viewer: Viewer) => () =>
      sampler(
        (at) => dayOf(at, zone, dayStartMinutes),
        users.handleOf,
        (event) => isExampleFor(viewer, event),
      )

    return function* ({ from, to, draft, rule }, viewer) {
      if (rule !== undefined && !rules.byId(rule)) throw notFound('rule', rule)
      const chosen = draft ? draftOf(draft) : { book: current().book, rule: rule ?? null }
      const range = {
        from: dayRange(from, zone, dayStartMinutes).start,
        to: dayRange(to, zone, dayStartMinutes).end,
      }
      const total = events.count(range)
      yield lineOf({ progress: { done: 0, total } })
      const hours = tally(samples(viewer))
      const scope = { ...chosen, wasTakenAway: events.wasTakenAway }
      const look = (event: PastEventRow) => {
        const winner = scope.book.first(event)
        const isAskedAbout = scope.rule === null || winner?.id === scope.rule
        hours.add(event, decide(event, scope, winner), isAskedAbout ? winner : null)
      }
      yield* inSlices(countedFor(viewer, events.past(range)), look, {
        rows: Math.max(FEWEST, Math.ceil(total / LINES)),
        line: (done) => lineOf({ progress: { done, total } }),
      })
      yield lineOf({ result: hours.result(projects.milestoneById) })
    }
  }),

  'rules.propose': stream<Input<'rules.propose'>>((context) => {
    const propose = proposer(context.sql)
    const past = latestDays(context)
    const whose = ownership(context.sql)
    return function* ({ eventIds }, viewer) {
      whose.checkEvents(viewer, eventIds)
      const proposal = propose(eventIds)
      yield* inSlices(countedFor(viewer, past(PROPOSAL_DAYS)), proposal.look)
      yield JSON.stringify(proposal.result())
    }
  }),

  'rules.check': stream<Input<'rules.check'>>((context) => {
    const rules = ruleReads(context.sql)
    const current = currentRules(context.sql)
    const past = latestDays(context)
    return function* ({ days }, viewer) {
      const { book } = current()
      const used = new Map(book.rules.map(({ id }) => [id, { matched: 0, won: 0, ms: 0 }]))
      const all = { events: 0, ms: 0 }
      yield* inSlices(countedFor(viewer, past(days)), (event) => {
        all.events++
        all.ms += event.counted_ms
        for (const [place, { id }] of book.all(event).entries()) {
          const use = used.get(id)
          if (!use) continue
          use.matched++
          if (place > 0) continue
          use.won++
          use.ms += event.counted_ms
        }
      })
      const findings = findingsOf(
        rules.all().filter((row) => isRuleFor(viewer, row)),
        used,
        { days, all },
      )
      yield* inSlices(findings.steps, (step) => step())
      yield JSON.stringify(findings.result())
    }
  }),
}

/** Events of so many days up to today that rules may look at. */
function latestDays({ sql, zone, dayStartMinutes, clock }: ReadContext) {
  const events = ruleEventReads(sql)
  return (days: number) => {
    const today = dayOf(clock(), zone, dayStartMinutes)
    const from = dayRange(addDays(today, 1 - days), zone, dayStartMinutes).start
    return events.past({ from, to: dayRange(today, zone, dayStartMinutes).end })
  }
}
