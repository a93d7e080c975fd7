import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CsvError, readErpCsv, type ErpRow } from './read-erp-csv.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
/** windows-1252, as far as the tests need it. */
const ansi = (text: string) => Uint8Array.from(text, (char) => (char === '€' ? 0x80 : char.charCodeAt(0)))
const utf16 = (text: string, big: boolean) => {
  const bytes = Buffer.from(text, 'utf16le')
  return new Uint8Array(big ? bytes.swap16() : bytes)
}
const read = (text: string) => readErpCsv(utf8(text)).rows

const nothing = {
  client: null,
  notes: null,
  milestone: null,
  plannedHours: null,
  doneHours: null,
  bonusRelevant: null,
}
const row = (line: number, project: string, rest: Partial<ErpRow> = {}): ErpRow => ({
  line,
  project,
  ...nothing,
  ...rest,
})

function refusal(text: string | Uint8Array): CsvError {
  try {
    readErpCsv(typeof text === 'string' ? utf8(text) : text)
  } catch (error) {
    if (error instanceof CsvError) return error
    throw error
  }
  throw new Error('was read')
}

const ERP = [
  'Projekte;Kunde;Notizen;Arbeitspaket;Sollstunden;Erbrachte Stunden;Bonus;Kostenstelle',
  'Brücke Nord;Stadtwerke;"Los 1; Los 2";Planung;1.234,5;12,25;ja;4711',
  ';;;Statik;80;;nein;',
  ';;;;;;;',
  'Halle 7;Müller & Söhne;;;;;;',
  '',
].join('\r\n')

const ROWS = [
  row(2, 'Brücke Nord', {
    client: 'Stadtwerke',
    notes: 'Los 1; Los 2',
    milestone: 'Planung',
    plannedHours: 1234.5,
    doneHours: 12.25,
    bonusRelevant: true,
  }),
  row(3, 'Brücke Nord', { milestone: 'Statik', plannedHours: 80, bonusRelevant: false }),
  row(5, 'Halle 7', { client: 'Müller & Söhne' }),
]

describe('the file', () => {
  test.each([
    ['UTF-8', utf8(ERP), 'utf-8'],
    ['UTF-8 with a mark', utf8(`\uFEFF${ERP}`), 'utf-8'],
    ['UTF-16 LE', utf16(`\uFEFF${ERP}`, false), 'utf-16le'],
    ['UTF-16 BE', utf16(`\uFEFF${ERP}`, true), 'utf-16be'],
    ['UTF-16 LE without a mark', utf16(ERP, false), 'utf-16le'],
    ['UTF-16 BE without a mark', utf16(ERP, true), 'utf-16be'],
    ['Latin-1', ansi(ERP), 'windows-1252'],
  ])('is read in %s', (_, bytes, encoding) => {
    expect(readErpCsv(bytes)).toEqual({ rows: ROWS, encoding, delimiter: ';' })
  })

  test('keeps the euro of windows-1252', () => {
    expect(readErpCsv(ansi('Projekt;Notizen\nBüro;50 €')).rows).toEqual([row(2, 'Büro', { notes: '50 €' })])
  })

  test.each(['\t', ';', ','])('is split at %j, the sign that makes known columns', (delimiter) => {
    const text = [
      ['projekt', 'Notizen, intern; alt', 'KUNDE', 'bonus'],
      ['A', '', 'K', 'x'],
    ]
    const csv = text
      .map((cells) => cells.map((cell) => (cell === '' ? '' : `"${cell}"`)).join(delimiter))
      .join('\n')
    const result = readErpCsv(utf8(csv))
    expect(result.delimiter).toBe(delimiter)
    expect(result.rows).toEqual([row(2, 'A', { client: 'K', bonusRelevant: true })])
  })

  test.each(['\n', '\r\n', '\r'])('may end lines with %j', (end) => {
    expect(read(['Projekt;Kunde', 'A;K', 'B;L'].join(end))).toEqual([
      row(2, 'A', { client: 'K' }),
      row(3, 'B', { client: 'L' }),
    ])
  })

  test('may be one column of names, with all signs in them', () => {
    expect(read('Projekte\nA; B, C\nD')).toEqual([row(2, 'A; B, C'), row(3, 'D')])
  })

  test('may have blank lines, also before the heading, and rows cut short', () => {
    expect(read('\n\nProjekt;Kunde;Bonus\n\nA\n  \n;;\n\nB;K\n')).toEqual([
      row(5, 'A'),
      row(9, 'B', { client: 'K' }),
    ])
  })

  test('may be a heading alone', () => {
    expect(read('Projekt;Kunde\n')).toEqual([])
  })

  test('may end every row with a delimiter', () => {
    expect(read('Projekt;Kunde\nA;K;\nB;L;;\n')).toHaveLength(2)
  })
})

describe('columns', () => {
  const heads: [keyof ErpRow, string, string[]][] = [
    ['project', 'P', ['project_name', 'Projekte', 'Projekt', ' PROJEKT ', 'projekte']],
    ['client', 'K', ['kunde', 'Kunde', 'Kunden']],
    ['notes', 'N', ['notizen', 'Notizen']],
    ['milestone', 'M', ['milestone_name', 'Arbeitspaket', 'Milestone', 'Meilenstein', 'ARBEITSPAKET']],
    ['plannedHours', '5', ['soll_stunden', 'Sollstunden', 'SOLLSTUNDEN']],
    ['doneHours', '5', ['ist_stunden', 'Erbrachte Stunden', 'erbrachte stunden']],
    ['bonusRelevant', 'ja', ['bonus_relevant', 'Bonus', 'BONUS']],
  ]
  test.each(heads.flatMap(([column, cell, names]) => names.map((name) => [column, name, cell] as const)))(
    '%s may be headed %j',
    (column, name, cell) => {
      const head = column === 'project' ? `${name};x` : `Projekt;${name}`
      const [first] = read(`${head}\n${column === 'project' ? `${cell};` : `A;${cell}`}`)
      expect(first?.[column]).not.toBeNull()
      expect(first?.[column]).toBeDefined()
    },
  )

  test('that are unknown are ignored, whatever they hold', () => {
    expect(read(`Konto;Projekt;Satz\n${'x'.repeat(2000)};A;-1e5`)).toEqual([row(2, 'A')])
  })

  test('named twice give what either says', () => {
    expect(read('Projekt;Milestone;Arbeitspaket\nA;;M\nB;N;')).toEqual([
      row(2, 'A', { milestone: 'M' }),
      row(3, 'B', { milestone: 'N' }),
    ])
  })

  test('are trimmed, and an empty cell says nothing', () => {
    expect(read('Projekt;Kunde;Sollstunden;Bonus\n A\u00a0; K ; 5 ; JA \nB;  ;;')).toEqual([
      row(2, 'A', { client: 'K', plannedHours: 5, bonusRelevant: true }),
      row(3, 'B'),
    ])
  })

  test('without one for the project are refused with what was expected and found', () => {
    const { line, message } = refusal('\nName;Kunde\nA;K')
    expect(line).toBe(2)
    expect(message).toContain('project_name, projekte, projekt')
    expect(message).toContain('Name, Kunde')
  })
})

describe('an empty project cell', () => {
  test("continues the row above's project, over blank lines too", () => {
    expect(read('Projekt;Milestone\nA;1\n;2\n\n;3\nB;\n;4').map(({ project }) => project)).toEqual(
      'AAABB'.split(''),
    )
  })

  test('in the first row continues nothing', () => {
    expect(refusal('Projekt;Milestone\n;1\nA;2')).toMatchObject({ code: 'project', line: 2 })
  })
})

describe('hours', () => {
  const hours = (delimiter: string, ...cells: string[]) =>
    read(
      ['Projekt', ...cells.map((cell) => `A${delimiter}${delimiter === ',' ? `"${cell}"` : cell}`)]
        .join('\n')
        .replace('Projekt', `Projekt${delimiter}Sollstunden`),
    ).map(({ plannedHours }) => plannedHours)

  test('in English keep their decimal point', () => {
    expect(hours(';', '12.5', '1234.5', '1,234.5')).toEqual([12.5, 1234.5, 1234.5])
  })

  test('that are unclear follow the proof of the file', () => {
    expect(hours(';', '1.234', '12,5')).toEqual([1234, 12.5])
    expect(hours(';', '1.234', '12.5')).toEqual([1.234, 12.5])
    expect(hours(',', '1.234', '12,5')).toEqual([1234, 12.5])
    expect(hours(',', '1,234', '12,5')).toEqual([1.234, 12.5])
  })

  test('that are unclear follow the delimiter where nothing is proven', () => {
    expect(hours(';', '1.234')).toEqual([1234])
    expect(hours('\t', '1.234', '7')).toEqual([1234, 7])
    expect(hours(',', '1.234')).toEqual([1.234])
  })

  test('that contradict each other are read each by its own form, unclear ones by the majority', () => {
    expect(hours(';', '12.5', '12.5', '12,5', '1.234')).toEqual([12.5, 12.5, 12.5, 1.234])
    expect(hours(',', '12,5', '0,25', '12.5', '1.234')).toEqual([12.5, 0.25, 12.5, 1234])
  })

  test('of both columns count as proof', () => {
    expect(read('Projekt;Sollstunden;ist_stunden\nA;1.234;\nB;;12.5')[0]?.plannedHours).toBe(1.234)
  })

  test.each(['-5', 'NaN', 'abc', '1e5', '1000001', '1.000.000,5', '5 h', 'Infinity', '=1+1'])(
    'refuse %j with line and column',
    (cell) => {
      const error = refusal(`Projekt;Sollstunden;Erbrachte Stunden\nA;5;5\n\nB;5;${cell}`)
      expect(error).toMatchObject({ code: 'hours', line: 4 })
      expect(error.message).toContain('Erbrachte Stunden')
      expect(error.message).toContain(cell)
    },
  )

  test('go up to a million', () => {
    expect(hours(';', '0', '1000000')).toEqual([0, 1_000_000])
  })
})

describe('bonus', () => {
  test.each([
    ['ja', true],
    ['Yes', true],
    ['TRUE', true],
    ['1', true],
    ['x', true],
    ['X', true],
    ['nein', false],
    ['no', false],
    ['FALSCH', false],
    ['0', false],
    ['', null],
  ])('reads %j', (cell, bonus) => {
    expect(read(`Projekt;Bonus\nA;${cell}`)[0]?.bonusRelevant).toBe(bonus)
  })

  test('refuses anything else', () => {
    expect(refusal('Projekt;Bonus\nA;ja\nB;vielleicht')).toMatchObject({ code: 'bonus', line: 3 })
  })
})

describe('quotes', () => {
  test('hold delimiters, quotes and line breaks; a row is named by its first line', () => {
    expect(read('Projekt;Notizen\nA;"1; ""2""\r\n3"\nB;')).toEqual([
      row(2, 'A', { notes: '1; "2"\n3' }),
      row(4, 'B'),
    ])
    expect(read('Projekt;Kunde\n"""Neu"" Bau";K')).toEqual([row(2, '"Neu" Bau', { client: 'K' })])
  })

  test('inside a cell that began without one are inches', () => {
    expect(read('Projekt;Notizen\nRohr 2" lang;4"\nB;"x; y"')).toEqual([
      row(2, 'Rohr 2" lang', { notes: '4"' }),
      row(3, 'B', { notes: 'x; y' }),
    ])
  })

  const far = (broken: string, after = '') =>
    `Projekt;Kunde;Notizen\n${'A;K;\n'.repeat(698)}${broken}\n${'B;L;\n'.repeat(50)}${after}`
  test.each([
    ['never closed', far('A;"K;')],
    ['closed by the next one', far('A;"K;', 'C;"M";\n')],
    ['closed in the middle of a cell', far('A;"K" und L;')],
    ['closed at the end of a later row', far('A;"K;', 'C;M"\n')],
    ['never closed, in a file with inches', far('A;"K;').replace('A;K;', 'A;K 2";')],
    ['closed in the middle, in a file with inches', far('A;"K" und L;').replace('A;K;', 'A;K 2";')],
    ['closed by the next one, in a file with inches', far('A;"K;', 'C;"M";\n').replace('A;K;', 'A;K 2";')],
  ])('that are broken are refused with their line: %s', (_, text) => {
    expect(refusal(text).line).toBe(700)
  })
})

describe('limits', () => {
  const rows = (count: number) => `Projekt;Kunde\n${'A;K\n'.repeat(count)}`

  test('more cells than the heading has, at the line where they are', () => {
    const error = refusal(rows(698) + 'A;K;x\n' + 'A;K\n')
    expect(error).toMatchObject({ code: 'cells', line: 700 })
    expect(error.message).toContain('3')
  })

  test('20,000 rows', () => {
    expect(read(rows(20_000))).toHaveLength(20_000)
    expect(refusal(rows(20_001))).toMatchObject({ code: 'too-many', line: 20_002 })
  })

  test('100,000 lines, however blank, but for those at the end', () => {
    expect(read(`${rows(2)}${'\n'.repeat(1_000_000)}`)).toHaveLength(2)
    expect(refusal(`${rows(2)}${'\n'.repeat(100_000)}A`)).toMatchObject({ code: 'too-many', line: 100_001 })
  })

  test('1000 columns, 100,000 bytes a row', () => {
    expect(read(`Projekt${';x'.repeat(999)}\nA`)).toHaveLength(1)
    expect(refusal(`Projekt${';Kunde'.repeat(1000)}`)).toMatchObject({ code: 'columns', line: 1 })
    expect(refusal(`${rows(1)}A;"${'B;L\n'.repeat(30_000)}`)).toMatchObject({ code: 'too-long', line: 3 })
  })

  test('5 MB', () => {
    expect(refusal(new Uint8Array(5 * 1024 * 1024 + 1))).toMatchObject({ code: 'too-large', line: null })
  })

  test('500 characters a cell, 10,000 in notes', () => {
    const text = (name: number, notes: number) => `Projekt;Notizen\n${'P'.repeat(name)};${'n'.repeat(notes)}`
    expect(read(text(500, 10_000))).toHaveLength(1)
    expect(refusal(text(501, 5))).toMatchObject({ code: 'too-long', line: 2 })
    expect(refusal(text(500, 10_001))).toMatchObject({ code: 'too-long', line: 2 })
  })

  test('no line breaks or tabs in names', () => {
    expect(refusal('Projekt;Milestone\nA;"x\ny"')).toMatchObject({ code: 'control', line: 2 })
    expect(refusal('Projekt;Milestone\nA;x\ty')).toMatchObject({ code: 'control', line: 2 })
  })

  test('no control characters, anywhere', () => {
    for (const char of ['\x01', '\x0b', '\x1b', '\x7f', '\u0085'])
      expect(refusal(`Projekt;Konto\nA;1\nB;${char}`), JSON.stringify(char)).toMatchObject({
        code: 'control',
        line: 3,
      })
  })
})

describe('what is no CSV', () => {
  const png = Uint8Array.from([
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52,
  ])
  const zip = Uint8Array.from([0x50, 0x4b, 3, 4, 0x14, 0, 6, 0, 8, 0, 0, 0, 0x21, 0, 0x41, 0x37])
  const loneSurrogate = [0x41, 0x00, 0x00, 0xd8, 0x41, 0x00]
  test.each([
    ['an image', png, 'not-text'],
    ['a workbook', zip, 'not-text'],
    ['text with a NUL', utf8('Projekt;Kunde\nA;\0'), 'not-text'],
    ['UTF-16 LE with half a pair', Uint8Array.from([0xff, 0xfe, ...loneSurrogate]), 'not-text'],
    [
      'UTF-16 BE with half a pair',
      Uint8Array.from([0xfe, 0xff, 0x00, 0x41, 0xd8, 0x00, 0x00, 0x41]),
      'not-text',
    ],
    ['UTF-16 cut in the middle', utf16('\uFEFFProjekt', false).subarray(0, 7), 'not-text'],
    ['damaged UTF-8', Uint8Array.from([...utf8('Projekt\nÄpfel und Öl'), 0xc3, 0x41]), 'not-text'],
    ['UTF-8 with a mark, damaged', Uint8Array.from([...utf8('\uFEFFProjekt\nA'), 0xff]), 'not-text'],
    ['bytes of no meaning', Uint8Array.from([0x81, 0x8d, 0xff]), 'control'],
    ['nothing', new Uint8Array(), 'empty'],
    ['blanks', utf8('\uFEFF \r\n\r\n'), 'empty'],
    ['a page', utf8('<!doctype html>\n<title>Projekt</title>'), 'columns'],
    ['delimiters', utf8(';;;\n;;'), 'empty'],
  ])('is refused as such: %s', (_, bytes, code) => {
    expect(refusal(bytes).code).toBe(code)
  })

  test('never fails in another way', () => {
    const soup = fc.array(
      fc.constantFrom(
        'Projekt',
        'Sollstunden',
        'Bonus',
        ';',
        ',',
        '\t',
        '\n',
        '\r',
        '"',
        '1.234',
        'x',
        'ä',
        '\u2028',
      ),
    )
    const texts = fc.oneof(
      soup.map((parts) => utf8(parts.join(''))),
      soup.map((parts) => utf8(`Projekt;Bonus\n${parts.join('')}`)),
    )
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), texts, texts), (bytes) => {
        try {
          for (const { project, line } of readErpCsv(bytes).rows)
            expect(project !== '' && line > 0).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(CsvError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

test('brings back every cell that a program wrote properly, in its line', () => {
  const name = fc
    .string({ minLength: 1, maxLength: 20 })
    .filter((text) => text.trim() === text && !text.includes('\0'))
  const cell = fc.tuple(
    name,
    name,
    fc.string({ maxLength: 20 }).map((text) => text.trim()),
  )
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 20 }), fc.constantFrom('\t', ';', ','), (cells, delimiter) => {
      const quote = (text: string) => `"${text.replaceAll('"', '""')}"`
      const lines = [['Projekt', 'Kunde', 'Notizen'], ...cells].map((line) => line.map(quote).join(delimiter))
      expect(read(lines.join('\r\n'))).toEqual(
        cells.map(([project, client, notes], index) =>
          row(index + 2, project, { client, notes: notes || null }),
        ),
      )
    }),
  )
})
