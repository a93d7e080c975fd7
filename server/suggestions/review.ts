import type { ReviewBlock } from '../../contract/kiosk.ts'
import type { Answer, Input } from '../../contract/calls.ts'
import { addDays, dayOf, dayRange, formatInstant, type Instant, type Span } from '../../contract/time.ts'
import { eventReads, type ExplainedEventRow, type TimedRow } from '../../db/events.ts'
import { punchReads } from '../../db/punches.ts'
import { sessionReads } from '../../db/sessions.ts'
import { awaySince, present } from '../presence.ts'
import { currentSettings } from '../settings.ts'
import { shiftDays } from '../shifts.ts'
import { coveredMs } from '../spans.ts'
import { query } from '../threads/define.ts'
import { appName, headlineOf } from '../titles.ts'
import { suggestionQueries } from './queries.ts'

/** As many as somebody answers with the coat on. */
const MOST_BLOCKS = 5
const MOST_OF_DAY = 5000
/** Id that no person has. */
const NOBODY = -1

const reads = [
  'events',
  'sessions',
  'assignments',
  'projects',
  'milestones',
  'users',
  'punches',
  'settings',
] as const

export const reviewQueries = {
  /** What a person is asked when leaving. Titles only when they want them: somebody may stand behind. */
  'kiosk.review': query<Input<'kiosk.review'>, Answer<'kiosk.review'>>(reads, (context) => {
    const { sql, zone, dayStartMinutes, clock } = context
    const events = eventReads(sql)
    const sessions = sessionReads(sql)
    const punches = punchReads(sql)
    const settings = currentSettings(sql)
    const suggest = suggestionQueries['suggestions.ofDay'].prepare(context)

    function presentMs(user: number, day: string, now: Instant): number {
      const range = {
        from: dayRange(addDays(day, -1), zone, dayStartMinutes).start,
        to: dayRange(addDays(day, 1), zone, dayStartMinutes).end,
      }
      const shift = shiftDays(punches.counted(user, range), { zone, dayStartMinutes }).find(
        (one) => one.day === day,
      )
      const work = (shift?.stretches ?? []).filter(({ kind }) => kind === 'work')
      return work.reduce((sum, { start, end }) => sum + (end ?? now) - start, 0)
    }

    return ({ titles }, viewer) => {
      const user = viewer.kind === 'user' ? viewer.id : NOBODY
      const now = clock()
      const day = dayOf(now, zone, dayStartMinutes)
      const { start: from, end: to } = dayRange(day, zone, dayStartMinutes)
      const away = sessions.away({ user, from: awaySince(from), to })
      const timed = events.timed({ user, from, to })
      const covered = (rows: readonly TimedRow[]) =>
        coveredMs(rows.flatMap((row): Span[] => present(row, away)).sort((a, b) => a.start - b.start))
      const blocks = largest(
        events.ofDay({ from, to, limit: MOST_OF_DAY }, user),
        settings().sessions.smallSeconds * 1000,
      )
      const items = blocks.length === 0 ? [] : suggest({ day }, viewer).items
      const offers = new Map(items.map((item) => [item.sessionId, item.offers]))
      return {
        presentMs: presentMs(user, day, now),
        capturedMs: covered(timed),
        explainedMs: covered(timed.filter(({ project_id }) => project_id !== null)),
        blocks: blocks.map(({ session, rows, ms }): ReviewBlock => {
          const [first] = rows
          return {
            eventIds: rows.map(({ id }) => id),
            app: appName(first.app),
            source: first.source,
            start: formatInstant(first.start, zone),
            end: formatInstant(Math.max(...rows.map(({ end }) => end)), zone),
            ms,
            title: titles === 'true' ? headlineOf(first) : null,
            offers: (offers.get(session) ?? []).map(({ projectId, milestoneId, because }) => ({
              projectId,
              milestoneId,
              because: because[0]?.text ?? null,
            })),
          }
        }),
      }
    }
  }),
}

type Block = { session: number; rows: [ExplainedEventRow, ...ExplainedEventRow[]]; ms: number }

/** Sessions that nobody explained, the longest first; what is too short to decide on alone is no question for now. */
function largest(rows: readonly ExplainedEventRow[], smallMs: number): Block[] {
  const blocks = new Map<number, Block>()
  for (const row of rows) {
    const isOpen = row.assignment_id === null && row.private === 0 && row.ignored === 0
    if (!isOpen || row.source === 'afk' || row.session_id === null) continue
    const ms = row.end - row.start - row.away_ms
    const block = blocks.get(row.session_id)
    if (block) {
      block.rows.push(row)
      block.ms += ms
    } else blocks.set(row.session_id, { session: row.session_id, rows: [row], ms })
  }
  return [...blocks.values()]
    .filter(({ ms }) => ms >= smallMs)
    .sort((a, b) => b.ms - a.ms)
    .slice(0, MOST_BLOCKS)
}
