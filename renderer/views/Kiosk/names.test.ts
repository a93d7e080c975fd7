// @vitest-environment node
import { expect, test } from 'vitest'
import { callNames, initialsOf } from './names.ts'

test('initials of full names, handles and single names', () => {
  expect(['Anna Kern', 'lars.thiel', 'mehmet', 'Jan van der Berg', ''].map(initialsOf)).toEqual([
    'AK',
    'LT',
    'ME',
    'JB',
    '',
  ])
})

test('colleagues are called by first name, two of one name with an initial', () => {
  expect(callNames(['Anna Kern', 'Lars Thiel', 'Anna Voss', 'mehmet'])).toEqual([
    'Anna K.',
    'Lars',
    'Anna V.',
    'mehmet',
  ])
})
