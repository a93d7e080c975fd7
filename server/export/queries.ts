import type { Answer, Input } from '../../contract/calls.ts'
import { exportReads, type ExportFilter, type ExportRow } from '../../db/export.ts'
import { userReads } from '../../db/users.ts'
import type { Viewer } from '../../contract/access.ts'
import { ownership } from '../whose.ts'
import { query, stream, type ReadContext } from '../threads/define.ts'
import { csvFormat } from './csv.ts'
import { rangeOf } from './range.ts'
import { EXPORT_COLUMNS, exportCells } from './rows.ts'

const PREVIEW_ROWS = 20
/** Id that no person has: an unknown handle exports nothing. */
const NOBODY = -1

/** A selection of events to hand over; `from` and `to` (exclusive) are instants. */
export type Selection = Omit<ExportFilter, 'user'> & { user?: string | undefined }

/** Whose hours: the own ones, for admins and the operator everybody's. */
function filterOf({ sql }: ReadContext): (selection: Selection, viewer: Viewer) => ExportFilter {
  const users = userReads(sql)
  const whose = ownership(sql)
  return ({ user, ...rest }, viewer) => {
    const isForAll = viewer.kind === 'user' && viewer.role === 'admin'
    if (!isForAll) return { ...rest, user: whose.ofMany(viewer, user) ?? undefined }
    return { ...rest, user: user === undefined ? undefined : (users.idOf(user) ?? NOBODY) }
  }
}

export const exportQueries = {
  'export.preview': query<Input<'export.preview'>, Answer<'export.preview'>>(
    ['events', 'assignments', 'projects', 'milestones', 'users'],
    (context) => {
      const events = exportReads(context.sql)
      const toFilter = filterOf(context)
      return (range, viewer) => {
        const filter = toFilter({ ...range, ...rangeOf(context, range) }, viewer)
        const totals = events.totals(filter)
        return {
          columns: [...EXPORT_COLUMNS],
          rows: events
            .rows(filter, PREVIEW_ROWS)
            .map((row) => exportCells(forEyesOf(viewer, row), context.zone)),
          count: totals.count,
          totalMs: totals.total_ms,
          unassignedMs: events.unassignedMs(filter),
        }
      }
    },
  ),
}

/** A row without what others did, of which a project is told the hours only (DESIGN section 7). */
function forEyesOf(viewer: Viewer, row: ExportRow): ExportRow {
  const isOthers = viewer.kind === 'user' && row.user_id !== null && row.user_id !== viewer.id
  const isHidden = row.private === 1 && !(viewer.kind === 'user' && row.user_id === viewer.id)
  return isOthers || isHidden ? { ...row, title: null, app: null, phone_number: null, contact: null } : row
}

export const FORMATS = {
  field: { delimiter: ',', decimal: '.', bom: false },
  'excel-de': { delimiter: ';', decimal: ',', bom: true },
} as const

export const exportStreams = {
  'export.csv': stream<Selection & { format: Input<'export.csv'>['format'] }>((context) => {
    const toFilter = filterOf(context)
    const events = exportReads(context.sql)
    return function* ({ format, ...selection }, viewer) {
      const csv = csvFormat(FORMATS[format])
      yield csv.head(EXPORT_COLUMNS)
      for (const row of events.iterate(toFilter(selection, viewer)))
        yield csv.row(exportCells(forEyesOf(viewer, row), context.zone))
    }
  }),
}
