import { formatWall, type Zone } from '../../contract/time.ts'
import type { ExportRow } from '../../db/export.ts'

/** Columns that existing ERP imports read (field-contract: `GET /export/csv`). */
export const EXPORT_COLUMNS = [
  'date',
  'start_time',
  'end_time',
  'duration_minutes',
  'source_type',
  'phone_number',
  'contact_name',
  'window_title',
  'process_name',
  'project_name',
  'milestone_name',
  'activity_type',
  'comment',
] as const

/** Cells of {@link EXPORT_COLUMNS}, in the hub's zone. */
export function exportCells(row: ExportRow, zone: Zone): (string | number | null)[] {
  const start = formatWall(row.start, zone)
  return [
    start.slice(0, 10),
    start.slice(11, 19),
    formatWall(row.end, zone).slice(11, 19),
    minutesOf(row.end - row.start - row.away_ms),
    row.source,
    row.phone_number,
    row.contact,
    row.title,
    row.app,
    row.project,
    row.milestone,
    row.activity,
    row.comment,
  ]
}

/** Minutes to two decimals: a second is not lost, and a sum of rows stays within half a second a row. */
function minutesOf(ms: number): number {
  return Math.round(ms / 600) / 100
}
