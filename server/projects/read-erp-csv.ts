import { CsvError as ParserError, parse } from 'csv-parse/sync'
import { decodeText } from './decode-text.ts'
import { readNumber, styleOf, type NumberStyle } from './read-number.ts'

/** One line of a project list. Null says that the file has nothing there: leave what is known. */
export type ErpRow = {
  /** Where the row begins in the file, the first line being 1. */
  line: number
  project: string
  client: string | null
  notes: string | null
  /** Null for a row about the project alone. */
  milestone: string | null
  plannedHours: number | null
  doneHours: number | null
  bonusRelevant: boolean | null
}

export type CsvErrorCode =
  | 'too-large'
  | 'not-text'
  | 'empty'
  | 'columns'
  | 'quote'
  | 'cells'
  | 'too-many'
  | 'too-long'
  | 'control'
  | 'project'
  | 'hours'
  | 'bonus'

/**
 * Why a file cannot be read. The message is for whoever sent the file: it may quote a cell, so it
 * does not belong in a log, and it leaves naming the line to whoever shows it.
 */
export class CsvError extends Error {
  readonly code: CsvErrorCode
  /** The first line of the row that is at fault, counted from 1; null for the file as a whole. */
  readonly line: number | null

  constructor(code: CsvErrorCode, line: number | null, message: string) {
    super(message)
    this.name = 'CsvError'
    this.code = code
    this.line = line
  }
}

type Column = Exclude<keyof ErpRow, 'line'>
type Line = { line: number; cells: string[] }
/** For each column, where in a row it may be found. A file may name one twice, under two names. */
type Header = { names: string[]; places: Map<Column, number[]> }

/** How ERPs head the columns, in lower case (field contract, `POST /import/projects`). */
const ALIASES: Record<Column, string[]> = {
  project: ['project_name', 'projekte', 'projekt'],
  client: ['kunde', 'kunden'],
  notes: ['notizen'],
  milestone: ['milestone_name', 'arbeitspaket', 'milestone', 'meilenstein'],
  plannedHours: ['soll_stunden', 'sollstunden'],
  doneHours: ['ist_stunden', 'erbrachte stunden'],
  bonusRelevant: ['bonus_relevant', 'bonus'],
}
const COLUMNS = Object.keys(ALIASES) as Column[]
const COLUMN_OF = new Map(COLUMNS.flatMap((column) => ALIASES[column].map((alias) => [alias, column])))

const YES = new Set(['ja', 'j', 'yes', 'y', 'true', 'wahr', '1', 'x'])
const NO = new Set(['nein', 'n', 'no', 'false', 'falsch', '0'])

const MOST_BYTES = 5 * 1024 * 1024
const MOST_ROWS = 20_000
// Blank lines and unknown columns cost time as well, even if they hold nothing.
const MOST_LINES = 100_000
const MOST_COLUMNS = 1000
const MOST_BYTES_A_ROW = 100_000
const MOST_HOURS = 1_000_000
const LONGEST_CELL = 500
const LONGEST_NOTES = 10_000

/**
 * Reads a project list as ERPs export it: delimited by tab, `;` or `,`, in UTF-8, UTF-16 or
 * windows-1252, its numbers German or English (see read-number.ts). Columns without a known heading
 * are ignored, rows without a project continue the project above.
 * At most 5 MB, 20,000 rows, 500 characters a cell (10,000 in notes), 1000 columns, hours from 0 to 1,000,000.
 * @throws CsvError that names the line, for whatever could only be guessed at
 */
export function readErpCsv(bytes: Uint8Array): { rows: ErpRow[]; encoding: string; delimiter: string } {
  const { text, encoding } = readText(bytes)
  const delimiter = sniffDelimiter(text)
  const [first, ...lines] = splitLines(text, delimiter)
  if (first === undefined) throw new CsvError('empty', null, 'The file is empty.')
  const header = readHeader(first)
  for (const line of lines) checkCells(line, header)
  const style = styleOf(
    lines.flatMap((line) => [cellOf(line, header, 'plannedHours'), cellOf(line, header, 'doneHours')]),
    delimiter === ',' ? 'english' : 'german',
  )
  const rows: ErpRow[] = []
  for (const line of lines) rows.push(readRow(line, header, style, rows.at(-1)?.project))
  return { rows, encoding, delimiter }
}

function readText(bytes: Uint8Array): { text: string; encoding: string } {
  if (bytes.length > MOST_BYTES) throw new CsvError('too-large', null, 'The file is larger than 5 MB.')
  const decoded = decodeText(bytes)
  if (decoded === null)
    throw new CsvError(
      'not-text',
      null,
      'This is not a text file in UTF-8, UTF-16 or windows-1252. If it is a workbook, save it as CSV first.',
    )
  // eslint-disable-next-line no-control-regex -- they are what is looked for: all but tab and line break
  const control = /[\0-\x08\x0b-\x1f\x7f-\x9f]/.exec(decoded.text)
  if (control !== null) {
    const line = decoded.text.slice(0, control.index).split('\n').length
    throw new CsvError('control', line, 'There is a control character, so this may not be a CSV file.')
  }
  return decoded
}

/** The delimiter that makes the most known columns, then the most columns, of the first line. */
function sniffDelimiter(text: string): string {
  const [line = ''] = /\S.*/.exec(text) ?? []
  let best = { delimiter: '\t', known: 0, count: 0 }
  for (const delimiter of ['\t', ';', ',']) {
    const names = line.replaceAll('"', '').split(delimiter)
    const known = names.filter((name) => COLUMN_OF.has(name.trim().toLowerCase())).length
    if (known > best.known || (known === best.known && names.length > best.count))
      best = { delimiter, known, count: names.length }
  }
  return best.delimiter
}

function splitLines(text: string, delimiter: string): Line[] {
  const strict = parseLines(text, delimiter, false)
  if (strict !== null) return strict
  const lines = parseLines(text, delimiter, true) ?? []
  // Told to be lenient, the parser also lets pass quotes that are really broken; they then lead a cell.
  const broken = lines.find(({ cells }) => cells.some((cell) => cell.startsWith('"')))
  if (broken !== undefined) throw brokenQuote(broken.line)
  return lines
}

/**
 * Null for a quotation mark inside a cell that began without one, `Rohr 2" lang`: no CSV by the book
 * (RFC 4180), but there is one way to read it, so ERPs write it; `lenient` reads it.
 */
function parseLines(text: string, delimiter: string, lenient: boolean): Line[] | null {
  const lines: Line[] = []
  let last = 0
  let count = 0
  try {
    parse(text.trimEnd(), {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: lenient,
      max_record_size: MOST_BYTES_A_ROW,
      onRecord: (cells: string[], context) => {
        const line = last + 1
        last = context.lines
        const trimmed = cells.map((cell) => cell.trim())
        if (trimmed.some((cell) => cell !== '')) lines.push({ line, cells: trimmed })
        if (lines.length > MOST_ROWS + 1 || ++count > MOST_LINES)
          throw new CsvError(
            'too-many',
            line,
            `More than ${MOST_ROWS} rows or ${MOST_LINES} lines: split the file.`,
          )
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof ParserError)) throw error
    if (error.code === 'INVALID_OPENING_QUOTE') return null
    if (error.code === 'CSV_MAX_RECORD_SIZE')
      throw new CsvError('too-long', last + 1, 'The row is too long: is a quotation mark missing?')
    throw brokenQuote(last + 1)
  }
  return lines
}

function brokenQuote(line: number): CsvError {
  return new CsvError(
    'quote',
    line,
    'A quotation mark is missing or too many; inside quotes, write it twice.',
  )
}

function readHeader({ line, cells }: Line): Header {
  if (cells.length > MOST_COLUMNS)
    throw new CsvError('columns', line, `The heading has more than ${MOST_COLUMNS} columns.`)
  const places = new Map<Column, number[]>()
  cells.forEach((name, place) => {
    const column = COLUMN_OF.get(name.toLowerCase())
    if (column !== undefined) places.set(column, [...(places.get(column) ?? []), place])
  })
  if (places.has('project')) return { names: cells, places }
  const expected = ALIASES.project.join(', ')
  const found = cells.join(', ').slice(0, 300)
  throw new CsvError(
    'columns',
    line,
    `No column for the project. Expected one of ${expected}; found ${found}.`,
  )
}

function checkCells({ line, cells }: Line, { names, places }: Header): void {
  // Many programs end each row with a delimiter, so empty cells too many mean nothing.
  if (cells.slice(names.length).some((cell) => cell !== ''))
    throw new CsvError('cells', line, `${cells.length} cells, but the heading has ${names.length}.`)
  for (const [column, where] of places)
    for (const place of where) {
      const cell = cells[place] ?? ''
      const most = column === 'notes' ? LONGEST_NOTES : LONGEST_CELL
      const name = names[place] ?? ''
      if (cell.length > most)
        throw new CsvError('too-long', line, `More than ${most} characters in column "${name}".`)
      if (column !== 'notes' && /[\t\n]/.test(cell))
        throw new CsvError(
          'control',
          line,
          `A line break or tab in column "${name}": is a quotation mark missing?`,
        )
    }
}

/** Where the row says something about the column; -1 where it does not. */
function placeOf({ cells }: Line, { places }: Header, column: Column): number {
  return places.get(column)?.find((place) => (cells[place] ?? '') !== '') ?? -1
}

function cellOf(line: Line, header: Header, column: Column): string {
  return line.cells[placeOf(line, header, column)] ?? ''
}

function readRow(line: Line, header: Header, style: NumberStyle, above: string | undefined): ErpRow {
  const text = (column: Column): string | null => cellOf(line, header, column) || null
  const project = text('project') ?? above
  if (project === undefined)
    throw new CsvError('project', line.line, 'No project, and no row above whose project could be continued.')
  return {
    line: line.line,
    project,
    client: text('client'),
    notes: text('notes'),
    milestone: text('milestone'),
    plannedHours: readHours(line, header, 'plannedHours', style),
    doneHours: readHours(line, header, 'doneHours', style),
    bonusRelevant: readBonus(line, header),
  }
}

function readHours(line: Line, header: Header, column: Column, style: NumberStyle): number | null {
  const text = cellOf(line, header, column)
  if (text === '') return null
  const hours = readNumber(text, style)
  if (hours !== null && hours <= MOST_HOURS) return hours
  throw wrongCell(line, header, column, 'hours', `is no number from 0 to ${MOST_HOURS}`)
}

function readBonus(line: Line, header: Header): boolean | null {
  const text = cellOf(line, header, 'bonusRelevant').toLowerCase()
  if (text === '') return null
  if (YES.has(text)) return true
  if (NO.has(text)) return false
  throw wrongCell(line, header, 'bonusRelevant', 'bonus', 'is neither yes (ja, x, 1) nor no (nein, 0)')
}

function wrongCell(line: Line, header: Header, column: Column, code: CsvErrorCode, what: string): CsvError {
  const cell = cellOf(line, header, column)
  const name = header.names[placeOf(line, header, column)] ?? ''
  return new CsvError(code, line.line, `"${cell.slice(0, 40)}" in column "${name}" ${what}.`)
}
