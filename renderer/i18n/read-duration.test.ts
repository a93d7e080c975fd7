// @vitest-environment node
import { expect, test } from 'vitest'
import { readDuration, stepDuration } from './read-duration.ts'

const minutes = (text: string) => {
  const ms = readDuration(text)
  return ms === null ? null : ms / 60_000
}

test.each([
  ['1:30', 90],
  ['01:05', 65],
  [':45', 45],
  ['1,5', 90],
  ['1.5', 90],
  ['1.5h', 90],
  ['1,5 Std', 90],
  [',25', 15],
  ['90m', 90],
  ['90 min', 90],
  ["20'", 20],
  ['2h', 120],
  ['2 h 15', 135],
  ['2h15m', 135],
  ['1 Stunde 5 Minuten', 65],
  ['1 hour 5 minutes', 65],
  ['8', 480],
  ['12', 720],
  ['24:00', 1440],
])('%s is %d minutes', (text, expected) => {
  expect(minutes(text)).toBe(expected)
})

test.each([
  ['13', 13],
  ['15', 15],
  ['45', 45],
  ['90', 90],
])('a bare %s is minutes, for nobody works that many hours', (text, expected) => {
  expect(minutes(text)).toBe(expected)
})

test.each([
  ['1,4', 90],
  ['1.33h', 75],
  ['0,1', 15],
  ['0,02h', 15],
])('decimal hours go to the quarter: %s is %d minutes', (text, expected) => {
  expect(minutes(text)).toBe(expected)
})

test.each([
  ['1:37', 97],
  ['97m', 97],
  ['1h37', 97],
])('who says minutes means them: %s is %d minutes', (text, expected) => {
  expect(minutes(text)).toBe(expected)
})

test.each([
  '',
  ' ',
  '0',
  '0:00',
  '0m',
  '0,0',
  '1:75',
  '1:5',
  '24:01',
  '1500',
  '25h',
  '-1',
  '1,5,2',
  '1e3',
  'eins',
  'h',
  ':',
  '1h75',
])('"%s" is no length of time', (text) => {
  expect(minutes(text)).toBeNull()
})

test.each([
  [90, 1, 105],
  [97, 1, 105],
  [97, -1, 90],
  [15, -1, 15],
  [4, -1, 15],
  [0, 1, 15],
  [1440, 1, 1440],
] as const)('a step from %d minutes by %d leads to %d', (from, by, to) => {
  expect(stepDuration(from * 60_000, by)).toBe(to * 60_000)
})
