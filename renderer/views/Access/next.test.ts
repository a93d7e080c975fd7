// @vitest-environment node
import { expect, test } from 'vitest'
import { nextOf } from './next.ts'

test('after log-in one goes on to where one wanted to', () => {
  expect(nextOf('/app/week/2026-11-24?user=anna')).toBe('/app/week/2026-11-24?user=anna')
})

test.each([
  '//evil.example/app/day',
  'https://evil.example',
  '/app/login',
  '/app/setup',
  '/kiosk',
  '/app/\\evil',
  undefined,
  ['/app/day'],
])('to nowhere else: %s', (wanted) => expect(nextOf(wanted)).toBe('/app/day'))
