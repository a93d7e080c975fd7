/**
 * The index that holds the events of a filter in the order of their start, for `INDEXED BY`. Named,
 * because with some statistics the planner skips through the people of another index and sorts what it
 * finds there: on a full database that is the difference between the page and the whole range.
 */
export function timeIndex(filter: { user?: unknown; source?: unknown; deleted?: boolean }): string {
  if (filter.deleted) return 'events_deleted'
  if (filter.user !== undefined)
    return filter.source === undefined ? 'events_user_start' : 'events_user_source_start'
  return filter.source === undefined ? 'events_start' : 'events_source_start'
}
