// @vitest-environment node
import { expect, test } from 'vitest'
import { parseInstant, zone } from '../../../contract/time.ts'
import { endOf, mayFollow, shownTime } from './missing.ts'

const berlin = zone('Europe/Berlin')
const inAt = '2026-11-23T08:15:00+01:00'
const before = parseInstant('2026-11-24T07:58:00+01:00', berlin) ?? 0
const end = (digits: string, from = inAt) => endOf(digits, from, before, berlin)

test('a time of the day on which the shift began', () => {
  expect(end('1730')).toEqual({ is: 'time', at: '2026-11-23T17:30:00+01:00', ms: 9.25 * 3_600_000 })
})

test('a night shift ends after midnight', () => {
  expect(end('0230', '2026-11-23T20:00:00+01:00')).toMatchObject({
    is: 'time',
    at: '2026-11-24T02:30:00+01:00',
  })
})

test('not before it began, and not after the next one did', () => {
  expect(end('0759')).toEqual({ is: 'impossible' })
  expect(end('0815')).toEqual({ is: 'impossible' })
  expect(end('0757')).toMatchObject({ is: 'time', at: '2026-11-24T07:57:00+01:00' })
})

test('a night shift when clocks are put back is an hour longer', () => {
  const began = '2026-10-24T22:00:00+02:00'
  expect(endOf('0600', began, Infinity, berlin)).toMatchObject({ ms: 9 * 3_600_000 })
})

test('half a time is none yet', () => {
  expect(end('173')).toEqual({ is: 'typing' })
  expect([shownTime(''), shownTime('17'), shownTime('1730')]).toEqual(['__:__', '17:__', '17:30'])
})

test('only digits of a clock follow', () => {
  const possible = (digits: string) => [...'0123456789'].filter((one) => mayFollow(digits, one)).join('')
  expect(possible('')).toBe('012')
  expect(possible('1')).toBe('0123456789')
  expect(possible('2')).toBe('0123')
  expect(possible('17')).toBe('012345')
  expect(possible('173')).toBe('0123456789')
  expect(possible('1730')).toBe('')
})
