// @vitest-environment node
import { expect, test } from 'vitest'
import { halvesOf, layoutOf } from './layouts.ts'

test('everything that German names are written with, each once', () => {
  expect([...layoutOf('de', false).join('')].sort().join('')).toBe('abcdefghijklmnopqrstuvwxyzßäöü')
  expect([...layoutOf('en', false).join('')].sort().join('')).toBe('abcdefghijklmnopqrstuvwxyz')
})

test('the letters are where people look for them', () => {
  expect(layoutOf('de', false)[0]).toContain('qwertz')
  expect(layoutOf('en', false)[0]).toContain('qwerty')
  expect(layoutOf('de', true)[0]).toBe('1234567890')
})

test('no row is wider than ten keys, and halves lose none', () => {
  for (const row of [...layoutOf('de', false), ...layoutOf('en', false), ...layoutOf('en', true)]) {
    expect([...row].length).toBeLessThanOrEqual(10)
    expect(halvesOf(row).flat().join('')).toBe(row)
    expect(Math.max(...halvesOf(row).map((half) => half.length))).toBeLessThanOrEqual(5)
  }
})
