import { formatWall, type Instant, type Zone } from '../../contract/time.ts'

export type Cell = string | number | null
export type CsvFormat = {
  delimiter: ',' | ';'
  /** The sign before decimals. Numbers that thereby hold the delimiter are quoted. */
  decimal: '.' | ','
  /** Whether the file begins with a byte order mark, by which Excel knows UTF-8. */
  bom: boolean
}

const COMMA = 44
const SEMICOLON = 59
const QUOTE = 34
const SPACE = 32

// The signs that make a spreadsheet read a text as a formula, which then can run programs and send
// data away: OWASP, "CSV Injection", with the full-width forms that some locales take for the same.
const FORMULA = new Set(Array.from('=+-@\t\r\n＝＋－＠', (sign) => sign.charCodeAt(0)))
/** `+49 (170) 123-4567`, `-1,5`, `+1.234,50`: plainly a phone number or a number, and harmless. */
const HARMLESS = /^(?:\+\d[\d ()/-]*|[+-]\d+(?:[.,]\d+)*)$/

/**
 * Writes CSV (RFC 4180): cells quoted where they must be, lines ended by CRLF, null as an empty cell.
 * Text that a spreadsheet would run as a formula gets an apostrophe before it; OWASP warns that
 * whoever edits and saves such a file can bring it back to life, so nothing better than this is known.
 * Numbers have no grouping; those that are not finite become empty cells.
 */
export function csvFormat({ delimiter, decimal, bom }: CsvFormat): {
  /** The first line of the file, from the names of the columns. */
  head(names: readonly string[]): string
  row(cells: readonly Cell[]): string
} {
  const separator = delimiter === ',' ? COMMA : SEMICOLON

  const number = (value: number): string => {
    if (!Number.isFinite(value)) return ''
    const text = String(value)
    if (decimal === '.' || !text.includes('.')) return text
    const local = text.replace('.', ',')
    return delimiter === ',' ? `"${local}"` : local
  }
  const cell = (value: Cell): string => {
    if (value === null) return ''
    return typeof value === 'string' ? textCell(value, separator) : number(value)
  }
  const row = (cells: readonly Cell[]): string => {
    let line = ''
    let first = true
    for (const value of cells) {
      if (first) first = false
      else line += delimiter
      line += cell(value)
    }
    return `${line}\r\n`
  }
  return { head: (names) => (bom ? '\uFEFF' : '') + row(names), row }
}

/** `export_20251115_100000.csv`, by the wall clock of the zone (field contract, `GET /export/csv`). */
export function csvFileName(at: Instant, zone: Zone): string {
  const [date, time] = formatWall(at, zone).slice(0, 19).replaceAll(/[-:]/g, '').split('T')
  return `export_${date}_${time}.csv`
}

function textCell(value: string, separator: number): string {
  const text = FORMULA.has(value.charCodeAt(0)) && !HARMLESS.test(value) ? `'${value}` : value
  return mustQuote(text, separator) ? `"${text.replaceAll('"', '""')}"` : text
}

// A loop over character codes, because it runs for every cell of an export of a million rows.
function mustQuote(text: string, separator: number): boolean {
  const last = text.length - 1
  if (last < 0) return false
  for (let index = 0; index <= last; index++) {
    const code = text.charCodeAt(index)
    if (code === separator || code === QUOTE || code === 13 || code === 10) return true
  }
  return text.charCodeAt(0) <= SPACE || text.charCodeAt(last) <= SPACE
}
