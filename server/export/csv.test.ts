import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvFormat, type Cell } from './csv.ts'

const field = csvFormat({ delimiter: ',', decimal: '.', bom: false })
const german = csvFormat({ delimiter: ';', decimal: ',', bom: true })

describe('a row', () => {
  test('is cells between delimiters, ended by CRLF', () => {
    expect(field.row(['a', 1, null, '', 2.5])).toBe('a,1,,,2.5\r\n')
    expect(german.row(['a', 1, null, '', 2.5])).toBe('a;1;;;2,5\r\n')
    expect(field.row([null])).toBe('\r\n')
  })

  test('of names comes first, after the mark if there is to be one', () => {
    expect(field.head(['date', 'start_time'])).toBe('date,start_time\r\n')
    expect(german.head(['date', 'start_time'])).toBe('\uFEFFdate;start_time\r\n')
  })

  test.each([
    ['a,b', '"a,b"', 'a,b'],
    ['a;b', 'a;b', '"a;b"'],
    ['a"b', '"a""b"', '"a""b"'],
    ['"', '""""', '""""'],
    ['a\nb', '"a\nb"', '"a\nb"'],
    ['a\rb', '"a\rb"', '"a\rb"'],
    [' a', '" a"', '" a"'],
    ['a ', '"a "', '"a "'],
    ['a\t', '"a\t"', '"a\t"'],
    [' ', '" "', '" "'],
    ['a b', 'a b', 'a b'],
    ["a'b", "a'b", "a'b"],
    ['Überstunden – 😀', 'Überstunden – 😀', 'Überstunden – 😀'],
  ])('quotes %j where it must', (text, comma, semicolon) => {
    expect(field.row([text])).toBe(`${comma}\r\n`)
    expect(german.row([text])).toBe(`${semicolon}\r\n`)
  })
})

describe('numbers', () => {
  test('have no grouping, and the decimal sign of the format', () => {
    expect(field.row([1234567.25, -0.5, 0, -0, 1e6])).toBe('1234567.25,-0.5,0,0,1000000\r\n')
    expect(german.row([1234567.25, -0.5, 0, -0, 1e6])).toBe('1234567,25;-0,5;0;0;1000000\r\n')
  })

  test('are quoted where their decimal sign is the delimiter', () => {
    const odd = csvFormat({ delimiter: ',', decimal: ',', bom: false })
    expect(odd.row([1.5, 2, 'x'])).toBe('"1,5",2,x\r\n')
  })

  test('that are none become empty cells', () => {
    expect(field.row([NaN, Infinity, -Infinity])).toBe(',,\r\n')
  })
})

describe('formulas', () => {
  test.each([
    '=1+1',
    '=cmd|"/c calc"!A1',
    '+cmd',
    '-cmd',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1+1',
    '＠SUM(A1)',
    '-1+2',
    '+1+cmd|x',
    '+49 170 1234567+cmd',
    '-5%',
    '--5',
    '+',
    '-',
    '=',
    '- Notiz',
    '-1,',
    '+49\n=1',
  ])('are given an apostrophe: %j', (text) => {
    expect(parse(field.row([text]), { record_delimiter: '\r\n' })).toEqual([[`'${text}`]])
  })

  test.each([
    '+49 170 1234567',
    '+49 (0)170/12 34-567',
    '+491701234567',
    '-5',
    '-1,5',
    '-1.5',
    '+3',
    '-1.234,50',
  ])('are not phone numbers and numbers: %j', (text) => {
    expect(parse(field.row([text]), { record_delimiter: '\r\n' })).toEqual([[text]])
  })

  test.each(['a=b', '1-2', 'x@y.de', "'=1", '_-', '5+3'])('do not begin like %j', (text) => {
    expect(field.row([text])).toBe(`${text}\r\n`)
  })
})

test('csv-parse reads back exactly what was written, but for the apostrophes', () => {
  const sign = fc.constantFrom(...'",;=+-@\t\r\n \'0129ä😀')
  const text = fc.oneof(fc.string(), fc.string({ unit: sign, maxLength: 12 }))
  const cell: fc.Arbitrary<Cell> = fc.oneof(text, text, fc.double(), fc.integer(), fc.constant(null))
  const rows = fc
    .integer({ min: 2, max: 6 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width })))
  const formats = fc.record({
    delimiter: fc.constantFrom(',' as const, ';' as const),
    decimal: fc.constantFrom('.' as const, ',' as const),
    bom: fc.boolean(),
  })
  fc.assert(
    fc.property(formats, rows, (format, rows) => {
      const csv = csvFormat(format)
      const file = csv.head(['one', 'two']) + rows.map(csv.row).join('')
      const read = parse(file, {
        bom: true,
        delimiter: format.delimiter,
        record_delimiter: '\r\n',
        relax_column_count: true,
      })
      expect(read).toHaveLength(rows.length + 1)
      expect(read[0]).toEqual(['one', 'two'])
      rows.forEach((row, index) => {
        expect(read[index + 1]).toHaveLength(row.length)
        row.forEach((cell, place) => {
          const back = read[index + 1]?.[place] ?? ''
          if (typeof cell === 'string') expect([cell, `'${cell}`]).toContain(back)
          else if (cell === null || !Number.isFinite(cell)) expect(back).toBe('')
          else expect(Number(back.replace(format.decimal, '.'))).toBe(cell + 0)
        })
      })
    }),
    { numRuns: 500 },
  )
})

test('a text never comes out as something a spreadsheet would run', () => {
  const start = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '+4', '-1')
  fc.assert(
    fc.property(start, fc.string(), (start, rest) => {
      const back = parse(field.row([start + rest, 'x']), { record_delimiter: '\r\n' })[0]?.[0] ?? ''
      expect(back.startsWith("'") || /^[+-][\d ()/.,-]+$/.test(back)).toBe(true)
    }),
  )
})
