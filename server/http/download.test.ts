import { expect, test } from 'vitest'
import { zone } from '../../contract/time.ts'
import { csvFileName } from './download.ts'

test('the file is named after the time on the wall', () => {
  const at = Date.parse('2025-11-15T09:00:05.123Z')
  expect(csvFileName(at, zone('Europe/Berlin'))).toBe('export_20251115_100005.csv')
  expect(csvFileName(at, zone('America/Los_Angeles'))).toBe('export_20251115_010005.csv')
})
