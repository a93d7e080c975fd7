import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readNumber, styleOf } from './read-number.ts'

describe('readNumber', () => {
  test.each([
    ['12.5', 12.5], // the old service made 125 of it
    ['1234.5', 1234.5],
    ['1,234.5', 1234.5],
    ['1,234,567', 1_234_567],
    ['1,234,567.89', 1_234_567.89],
    ['12.50', 12.5],
    ['0.125', 0.125],
    ['00.125', 0.125],
    ['.5', 0.5],
    ['.125', 0.125],
    ['1234.567', 1234.567],
    ['1.2345', 1.2345],
    ['12,345.678', 12_345.678],
    ['1.234,5', 1234.5],
    ['1.234.567', 1_234_567],
    ['1.234.567,89', 1_234_567.89],
    ['12,5', 12.5],
    ['12,50', 12.5],
    ['0,125', 0.125],
    [',5', 0.5],
    [',125', 0.125],
    ['1234,567', 1234.567],
    ['1,2345', 1.2345],
    ['12.345,678', 12_345.678],
    ['0', 0],
    ['007', 7],
    ['1234567', 1_234_567],
    ['0,0', 0],
    ['0.00', 0],
  ])('reads %s by its own form', (text, value) => {
    expect(readNumber(text, 'german')).toBe(value)
    expect(readNumber(text, 'english')).toBe(value)
  })

  test.each([
    ['1.234', 1234, 1.234],
    ['12.500', 12_500, 12.5],
    ['999.000', 999_000, 999],
    ['1,234', 1.234, 1234],
    ['12,500', 12.5, 12_500],
    ['100,000', 100, 100_000],
  ])('reads %s in the style of its file', (text, german, english) => {
    expect(readNumber(text, 'german')).toBe(german)
    expect(readNumber(text, 'english')).toBe(english)
  })

  test.each([
    '',
    ' ',
    ' 5',
    '5 ',
    '-5',
    '+5',
    '−5',
    '5-',
    '.',
    ',',
    '5.',
    '5,',
    '1.234,',
    '1e5',
    '1E5',
    '0x10',
    'NaN',
    'Infinity',
    'abc',
    '5 h',
    '5h',
    '1 234',
    "1'234",
    '1..5',
    '1,,5',
    '1.,5',
    '1.23.456',
    '1,23,456',
    '12.34,5',
    '12,34.5',
    '1.234.5',
    '1,234,5',
    '1234.567,8',
    '1234,567.8',
    '0.123.456',
    '1.234,5.6',
    '٣',
    '１２',
    '1_000',
    '5\n',
  ])('refuses %j', (text) => {
    expect(readNumber(text, 'german')).toBeNull()
    expect(readNumber(text, 'english')).toBeNull()
  })

  const cents = fc.integer({ min: 0, max: 100_000_000 })
  const write = (locale: string, value: number, useGrouping: boolean, digits: number) =>
    new Intl.NumberFormat(locale, { useGrouping, minimumFractionDigits: digits }).format(value)

  test('reads back what either language writes, whatever the file is believed to be', () => {
    fc.assert(
      fc.property(cents, fc.boolean(), fc.constantFrom('german', 'english'), (cents, grouping, style) => {
        const value = cents / 100
        expect(readNumber(write('de-DE', value, grouping, 2), style)).toBe(value)
        expect(readNumber(write('en-US', value, grouping, 2), style)).toBe(value)
      }),
    )
  })

  test('reads back three decimals when the style is known', () => {
    fc.assert(
      fc.property(cents, fc.boolean(), (thousandths, grouping) => {
        const value = thousandths / 1000
        expect(readNumber(write('de-DE', value, grouping, 3), 'german')).toBe(value)
        expect(readNumber(write('en-US', value, grouping, 3), 'english')).toBe(value)
      }),
    )
  })

  test('answers with null or a finite number that is not negative', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0123456789.,-+e '), maxLength: 12 })
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), fc.constantFrom('german', 'english'), (text, style) => {
        const value = readNumber(text, style)
        expect(value === null || (Number.isFinite(value) && value >= 0)).toBe(true)
      }),
    )
  })
})

describe('styleOf', () => {
  test.each([
    [['1.234', '12,5'], 'german'],
    [['1.234', '0,125'], 'german'],
    [['1.234', '1.234,5'], 'german'],
    [['1.234', '1.234.567'], 'german'],
    [['1.234', '12.5'], 'english'],
    [['1.234', '0.125'], 'english'],
    [['1.234', '1234.567'], 'english'],
    [['1.234', '1,234.5'], 'english'],
    [['1,234', '1,234,567'], 'english'],
    [['12.5', '0,25', '0,75', '1.234'], 'german'],
    [['12,5', '0.25', '0.75', '1.234'], 'english'],
  ] as const)('takes the majority of what is proven (%j)', (texts, style) => {
    expect(styleOf(texts, 'german')).toBe(style)
    expect(styleOf(texts, 'english')).toBe(style)
  })

  test.each([[[]], [['12', '1.234', '1,234', '0', 'abc', '']], [['12.5', '12,5']]])(
    'leaves it at what is usual when nothing is proven (%j)',
    (texts) => {
      expect(styleOf(texts, 'german')).toBe('german')
      expect(styleOf(texts, 'english')).toBe('english')
    },
  )
})
