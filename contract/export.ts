import { z } from 'zod'
import { call } from './call.ts'
import { LIMITS, Source } from './events.ts'
import { DayText, Flag, IdText, text } from './shapes.ts'

/**
 * `field`: comma, decimal point, UTF-8, as existing ERP imports read it.
 * `excel-de`: semicolon, decimal comma, byte order mark, for a double click in German Excel.
 */
export const EXPORT_FORMATS = ['field', 'excel-de'] as const

const range = {
  from: DayText.optional().describe('first day'),
  to: DayText.optional().describe('last day, included'),
  user: text(LIMITS.handle).optional(),
  source: Source.optional(),
  project: IdText.optional(),
  includePrivate: Flag.default(false),
}

export const ExportPreview = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number()]).nullable())),
  count: z.int(),
  totalMs: z.int(),
  unassignedMs: z.int().describe('captured in the range and not in the file, because nobody explained it'),
})
export type ExportPreview = z.infer<typeof ExportPreview>

export const exportCalls = {
  'export.preview': call({
    method: 'get',
    path: '/api/export/preview',
    tag: 'Export',
    summary: 'The first rows of an export, how many there are and how long they last',
    access: 'member',
    query: z.strictObject(range),
    answer: ExportPreview,
  }),
  'export.csv': call({
    method: 'get',
    path: '/api/export/csv',
    tag: 'Export',
    summary: 'Assigned events as CSV, oldest first',
    access: 'member',
    query: z.strictObject({ ...range, format: z.enum(EXPORT_FORMATS).default('field') }),
    produces: 'text/csv; charset=utf-8',
  }),
} as const
