import type { FieldEvent } from './field-day.ts'

export type Target = { project: string; milestone: string; activity?: string; comment?: string }

export const COLUMNS = [
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
]

/** `07:58:03` as a wall clock shows it. */
function wall(us: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return [us / 3.6e9, (us / 6e7) % 60, (us / 1e6) % 60].map(two).join(':')
}

/** What a spreadsheet would run begins with a sign of formulas; phone numbers only look like it. */
function neutral(text: string): string {
  return /^[=+\-@]/.test(text) && !/^\+\d[\d ()/-]*$/.test(text) ? `'${text}` : text
}

/** An event as its row of the export has to read, in the format's decimals. */
export function expectedRow(event: FieldEvent, target: Target, decimal: '.' | ','): string[] {
  // Lengths are whole milliseconds, so cutting both ends to milliseconds, as the hub does, keeps them.
  const minutes = String(Math.round(event.ms / 600) / 100).replace('.', decimal)
  const isPhone = event.kind === 'phone'
  return [
    event.day,
    wall(event.from),
    wall(event.to),
    minutes,
    event.kind,
    isPhone ? event.number : '',
    isPhone ? event.contact : '',
    isPhone ? '' : event.title,
    isPhone ? '' : event.app,
    target.project,
    target.milestone,
    target.activity ?? '',
    target.comment ?? '',
  ].map((cell, column) => (column === 3 ? cell : neutral(cell)))
}
