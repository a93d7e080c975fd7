import type { Answer, Input } from '../../contract/calls.ts'
import { exportReads, type ExportFilter } from '../../db/export.ts'
import { userReads } from '../../db/users.ts'
import { query, stream, type ReadContext } from '../threads/define.ts'
import { csvFormat } from './csv.ts'
import { rangeOf } from './range.ts'
import { EXPORT_COLUMNS, exportCells } from './rows.ts'

const PREVIEW_ROWS = 20
/** Id that no person has: an unknown handle exports nothing. */
const NOBODY = -1

/** A selection of events to hand over; `from` and `to` (exclusive) are instants. */
export type Selection = Omit<ExportFilter, 'user'> & { user?: string | undefined }

function filterOf({ sql }: ReadContext): (selection: Selection) => ExportFilter {
  const users = userReads(sql)
  return ({ user, ...rest }) => ({
    ...rest,
    user: user === undefined ? undefined : (users.idOf(user) ?? NOBODY),
  })
}

export const exportQueries = {
  'export.preview': query<Input<'export.preview'>, Answer<'export.preview'>>(
    ['events', 'assignments', 'projects', 'milestones', 'users'],
    (context) => {
      const events = exportReads(context.sql)
      const toFilter = filterOf(context)
      return (range) => {
        const filter = toFilter({ ...range, ...rangeOf(context, range) })
        const totals = events.totals(filter)
        return {
          columns: [...EXPORT_COLUMNS],
          rows: events.rows(filter, PREVIEW_ROWS).map((row) => exportCells(row, context.zone)),
          count: totals.count,
          totalMs: totals.total_ms,
          unassignedMs: events.unassignedMs(filter),
        }
      }
    },
  ),
}

export const FORMATS = {
  field: { delimiter: ',', decimal: '.', bom: false },
  'excel-de': { delimiter: ';', decimal: ',', bom: true },
} as const

export const exportStreams = {
  'export.csv': stream<Selection & { format: Input<'export.csv'>['format'] }>((context) => {
    const toFilter = filterOf(context)
    const events = exportReads(context.sql)
    return function* ({ format, ...selection }) {
      const csv = csvFormat(FORMATS[format])
      yield csv.head(EXPORT_COLUMNS)
      for (const row of events.iterate(toFilter(selection))) yield csv.row(exportCells(row, context.zone))
    }
  }),
}
