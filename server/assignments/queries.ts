import type { Answer, Input } from '../../contract/calls.ts'
import { dayOf, formatInstant } from '../../contract/time.ts'
import { batchReads, type BatchRow } from '../../db/batches.ts'
import { query } from '../threads/define.ts'

/** What rules did to the past may be a million rows: adding those up takes too long for a list. */
const MOST_ADDED = 2000

export const assignmentQueries = {
  'batches.list': query<Input<'batches.list'>, Answer<'batches.list'>>(
    ['batches', 'events', 'users'],
    ({ sql, zone, dayStartMinutes }) => {
      const batches = batchReads(sql)
      const aboutOf = ({ id, row_count }: BatchRow) => {
        const about = row_count > MOST_ADDED ? null : batches.about(id)
        return about && { ...about, day: dayOf(about.start, zone, dayStartMinutes) }
      }
      return ({ limit }, viewer) => ({
        items: (viewer.kind === 'user' ? batches.latestOf(viewer.id, limit) : batches.latest(limit)).map(
          (batch) => {
            const about = aboutOf(batch)
            return {
              id: batch.id,
              kind: batch.kind,
              at: formatInstant(batch.at, zone),
              rows: batch.row_count,
              projectId: batch.project_id,
              milestoneId: batch.milestone_id,
              undoneAt: batch.undone_at === null ? null : formatInstant(batch.undone_at, zone),
              about: about && { day: about.day, user: about.user, ms: about.ms },
            }
          },
        ),
      })
    },
  ),
}
