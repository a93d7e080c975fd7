import type { Viewer } from '../contract/access.ts'
import type { Batch } from '../contract/assignments.ts'
import type { BatchResult } from '../contract/events.ts'
import { batchWrites } from '../db/batches.ts'
import type { WriteContext } from './threads/define.ts'

export type RowChange = { event: number; before: unknown; after: unknown }

type Action = { kind: Batch['kind']; project_id?: number | null; milestone_id?: number | null }

/**
 * Runs one action over many events as a batch that can be undone. `change` gets an event and the
 * batch's id, and says what it found and left, of that event and of those that it made, or null when it left the event alone.
 */
export function batchRunner({ db, clock }: WriteContext) {
  const batches = batchWrites(db)
  return (
    action: Action,
    viewer: Viewer,
    eventIds: readonly number[],
    change: (event: number, batch: number) => RowChange | readonly RowChange[] | null,
  ): BatchResult => {
    const batch = batches.open({
      project_id: null,
      milestone_id: null,
      ...action,
      user_id: actorOf(viewer),
      at: clock(),
    })
    const changed: number[] = []
    const unchanged: number[] = []
    for (const event of new Set(eventIds)) {
      const rows = change(event, batch)
      if (!rows) {
        unchanged.push(event)
        continue
      }
      for (const row of [rows].flat()) {
        changed.push(row.event)
        batches.add({
          batch_id: batch,
          event_id: row.event,
          before: json(row.before),
          after: json(row.after),
        })
      }
    }
    const kept = batches.close(batch, changed.length)
    return { batch: kept ? batch : null, changed, unchanged }
  }
}

/** Whose action it is; null: the operator's. */
export const actorOf = (viewer: Viewer): number | null => (viewer.kind === 'user' ? viewer.id : null)

/** How a batch remembers a row: undo compares these texts, so equal states must read the same. */
export function json(state: unknown): string | null {
  return state === null ? null : JSON.stringify(state)
}
