import type { Answer, Input } from '../../contract/calls.ts'
import { addDays, dayOf, dayRange, weekOf, type Span } from '../../contract/time.ts'
import { eventReads, type TimedRow } from '../../db/events.ts'
import { sessionReads } from '../../db/sessions.ts'
import { coveredMs } from '../spans.ts'
import { awaySince, present } from '../presence.ts'
import { handleFor, ownership } from '../whose.ts'
import { query } from '../threads/define.ts'

type Row = Answer<'weeks.get'>['rows'][number]

export const weekQueries = {
  'weeks.get': query<Input<'weeks.get'>, Answer<'weeks.get'>>(
    ['events', 'sessions', 'assignments', 'users'],
    ({ sql, zone, dayStartMinutes }) => {
      const events = eventReads(sql)
      const sessions = sessionReads(sql)
      const whose = ownership(sql)
      return ({ day, user }, viewer) => {
        const monday = weekOf(day)
        const days = Array.from({ length: 7 }, (_, index) => addDays(monday, index))
        const from = dayRange(monday, zone, dayStartMinutes).start
        const to = dayRange(addDays(monday, 6), zone, dayStartMinutes).end
        const person = whose.ofOne(viewer, user)
        const away = sessions.away({ user: person, from: awaySince(from), to })
        const rows = events.timed({ user: person, from, to })
        const byDay = Map.groupBy(rows, ({ start }) => dayOf(start, zone, dayStartMinutes))
        const covered = (of: readonly TimedRow[]) =>
          coveredMs(of.flatMap((row): Span[] => present(row, away)).sort((a, b) => a.start - b.start))
        return {
          user: handleFor(viewer, user),
          days: days.map((one) => {
            const own = byDay.get(one) ?? []
            const capturedMs = covered(own)
            const explainedMs = covered(own.filter(({ project_id }) => project_id !== null))
            return { day: one, capturedMs, explainedMs, openMs: capturedMs - explainedMs }
          }),
          rows: rowsOf(days.map((one) => byDay.get(one) ?? [])),
        }
      }
    },
  ),
}

/** Time by target and day, the largest first. */
function rowsOf(days: readonly (readonly TimedRow[])[]): Row[] {
  const rows = new Map<string, Row>()
  days.forEach((events, index) => {
    for (const { project_id, milestone_id, source, counted_ms } of events) {
      if (project_id === null) continue
      const key = `${project_id}.${milestone_id ?? ''}`
      const row = rows.get(key) ?? {
        projectId: project_id,
        milestoneId: milestone_id,
        ms: Array<number>(7).fill(0),
        enteredMs: Array<number>(7).fill(0),
      }
      rows.set(key, row)
      row.ms[index] = (row.ms[index] ?? 0) + counted_ms
      if (source === 'manual') row.enteredMs[index] = (row.enteredMs[index] ?? 0) + counted_ms
    }
  })
  const sum = (row: Row) => row.ms.reduce((total, ms) => total + ms, 0)
  return [...rows.values()].sort((a, b) => sum(b) - sum(a) || a.projectId - b.projectId)
}
