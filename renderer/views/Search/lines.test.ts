// @vitest-environment node
import { expect, test } from 'vitest'
import { zone } from '../../../contract/time.ts'
import { DAY, explainedAs, makeEvent } from '../../fixtures/world.ts'
import { idsOf, linesOf } from './lines.ts'

const MINUTE = 60_000
const clock = { zone: zone('Europe/Berlin'), dayStartMinutes: 0 }
const of = (session: number, more: object = {}) => ({ sessionId: session, ...more })

test('events of a session are one line, the newest line first', () => {
  const events = [
    makeEvent('11:00', '11:20', of(2, { title: 'Statik' })),
    makeEvent('09:30', '09:40', of(1, { title: 'Plan B' })),
    makeEvent('09:00', '09:30', of(1, { title: 'Plan A' })),
  ]
  const [group, ...more] = linesOf(events, [], clock)
  expect(more).toEqual([])
  expect(group).toMatchObject({ day: DAY, ms: 60 * MINUTE })
  expect(group?.lines.map(({ main, events, ms }) => [main.title, events.length, ms / MINUTE])).toEqual([
    ['Statik', 1, 20],
    ['Plan A', 2, 40],
  ])
  expect(group?.lines[1]).toMatchObject({ from: `${DAY}T09:00:00+01:00`, to: `${DAY}T09:40:00+01:00` })
})

test('what of a session went elsewhere, or is somebody else’s, is another line', () => {
  const events = [
    makeEvent('09:00', '09:10', of(1)),
    makeEvent('09:10', '09:20', of(1, explainedAs(1, 10))),
    makeEvent('09:20', '09:30', of(1, { private: true })),
    makeEvent('09:30', '09:40', of(1, { ignored: true })),
    makeEvent('09:40', '09:50', of(1, { user: 'ben' })),
    makeEvent('09:50', '09:55', of(1)),
  ]
  const [group] = linesOf(events, [], clock)
  expect(group?.lines.map(({ events }) => events.length)).toEqual([1, 1, 1, 1, 2])
  expect(idsOf(group?.lines ?? []).sort((a, b) => a - b)).toEqual(events.map(({ id }) => id))
})

test('a line is called after what was searched for, else after what lasted longest', () => {
  const events = [
    makeEvent('09:00', '09:30', of(1, { title: 'Posteingang' })),
    makeEvent('09:30', '09:35', of(1, { title: 'Angebot Brandschutz' })),
  ]
  const titleFor = (...words: string[]) => linesOf(events, words, clock)[0]?.lines[0]?.main.title
  expect(titleFor('brand')).toBe('Angebot Brandschutz')
  expect(titleFor()).toBe('Posteingang')
})

test('absence does not count, and the day is that of the hub', () => {
  const late = makeEvent('23:30', '23:45', { awayMs: 5 * MINUTE })
  const events = [{ ...late, start: '2026-11-25T05:30:00+01:00', end: '2026-11-25T05:45:00+01:00' }]
  const [group] = linesOf(events, [], { ...clock, dayStartMinutes: 360 })
  expect(group).toMatchObject({ day: DAY, ms: 10 * MINUTE })
})

test('what is in no session yet keeps together by program', () => {
  const events = [
    makeEvent('09:00', '09:10', { sessionId: null, app: 'acad.exe' }),
    makeEvent('09:10', '09:20', { sessionId: null, app: 'acad.exe' }),
    makeEvent('09:20', '09:30', { sessionId: null, app: 'excel.exe' }),
  ]
  expect(linesOf(events, [], clock)[0]?.lines).toHaveLength(2)
})
