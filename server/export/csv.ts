export type Cell = string | number | null
export type CsvFormat = {
  delimiter: ',' | ';'
  /** The sign before decimals. Numbers that thereby hold the delimiter are quoted. */
  decimal: '.' | ','
  /** Whether the file begins with a byte order mark, by which Excel knows UTF-8. */
  bom: boolean
}

const SPACE = 32
const MUST_QUOTE = { ',': /[,"\r\n]/, ';': /[;"\r\n]/ }

// The signs that make a spreadsheet read a text as a formula, which then can run programs and send data
// away: those of OWASP, "CSV Injection", the line feed, and the full-width forms that are typed in Asia.
const FORMULA = new Set(Array.from('=+-@\t\r\n＝＋－＠', (sign) => sign.charCodeAt(0)))
/** `+49 (170) 123-4567`, `-1,5`, `+1.234,50`: plainly a phone number or a number, and harmless. */
const HARMLESS = /^(?:\+\d[\d ()/-]*|[+-]\d+(?:[.,]\d+)*)$/

/**
 * Writes CSV (RFC 4180): cells quoted where they must be, lines ended by CRLF, null as an empty cell.
 * Text that a spreadsheet would run as a formula gets an apostrophe before it, which is the cure OWASP
 * gives. It warns that none is certain: a program may drop the apostrophe when it saves the file anew.
 * Numbers have no grouping; those that are not finite become empty cells.
 */
export function csvFormat({ delimiter, decimal, bom }: CsvFormat): {
  /** The first line of the file, from the names of the columns. */
  head(names: readonly string[]): string
  row(cells: readonly Cell[]): string
} {
  const mustQuote = MUST_QUOTE[delimiter]

  const number = (value: number): string => {
    if (!Number.isFinite(value)) return ''
    const text = String(value)
    if (decimal === '.' || !text.includes('.')) return text
    const local = text.replace('.', ',')
    return delimiter === ',' ? `"${local}"` : local
  }
  const cell = (value: Cell): string => {
    if (value === null) return ''
    return typeof value === 'string' ? textCell(value, mustQuote) : number(value)
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

function textCell(value: string, mustQuote: RegExp): string {
  if (value === '') return ''
  const text = FORMULA.has(value.charCodeAt(0)) && !HARMLESS.test(value) ? `'${value}` : value
  // Some readers trim what is not quoted.
  const padded = text.charCodeAt(0) <= SPACE || text.charCodeAt(text.length - 1) <= SPACE
  return padded || mustQuote.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
