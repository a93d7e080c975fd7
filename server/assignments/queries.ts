import type { Answer, Input } from '../../contract/calls.ts'
import { formatInstant } from '../../contract/time.ts'
import { batchReads } from '../../db/batches.ts'
import { query } from '../threads/define.ts'

export const assignmentQueries = {
  'batches.list': query<Input<'batches.list'>, Answer<'batches.list'>>(['batches'], ({ sql, zone }) => {
    const batches = batchReads(sql)
    return ({ limit }) => ({
      items: batches.latest(limit).map((batch) => ({
        id: batch.id,
        kind: batch.kind,
        at: formatInstant(batch.at, zone),
        rows: batch.row_count,
        projectId: batch.project_id,
        milestoneId: batch.milestone_id,
        undoneAt: batch.undone_at === null ? null : formatInstant(batch.undone_at, zone),
      })),
    })
  }),
}
