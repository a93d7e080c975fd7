// @vitest-environment node
import { expect, test } from 'vitest'
import type { Event } from '../../../contract/events.ts'
import { explainedAs, makeDay, makeEvent, makeSession } from '../../fixtures/world.ts'
import { blocksOf, timed } from './blocks.ts'
import { dayTotals } from './totals.ts'

const MINUTE = 60_000
/** Each event a session of its own. */
const of = (...events: Event[]) => {
  const { sessions } = makeDay(...events.map((event) => [event]))
  return dayTotals(blocksOf(timed(events), sessions))
}
const call = { source: 'phone', title: null, app: null, contact: 'Müller' } as const
const mail = { app: 'outlook.exe', title: 'Posteingang - Outlook' }

test('time that two events share counts once, as captured and as explained', () => {
  const totals = of(
    makeEvent('09:00', '10:00', explainedAs(1, 10)),
    makeEvent('09:30', '10:30', { ...mail, ...explainedAs(1, 10) }),
    makeEvent('10:00', '11:00', call),
  )
  expect(totals.capturedMs).toBe(120 * MINUTE)
  expect(totals.explainedMs).toBe(90 * MINUTE)
  expect(totals.openMs).toBe(30 * MINUTE)
})

test('an open block is worth what nothing else explains of it', () => {
  const totals = of(makeEvent('09:00', '10:00'), makeEvent('09:15', '09:45', { ...call, ...explainedAs(1) }))
  expect(totals.open.map(({ openMs, ms }) => [openMs / MINUTE, ms / MINUTE])).toEqual([[30, 60]])
})

test('an open block under an explained one is no more than small change', () => {
  const totals = of(makeEvent('09:00', '10:00', explainedAs(1)), makeEvent('09:10', '09:40', call))
  expect(totals.open).toEqual([])
  expect(totals.small).toHaveLength(1)
  expect(totals.smallMs).toBe(0)
  expect(totals.capturedMs).toBe(60 * MINUTE)
})

test('blocks are sorted by size, those of short sessions are small change in order of time', () => {
  const totals = of(
    makeEvent('11:00', '11:01', { ...call, contact: 'Später' }),
    makeEvent('09:00', '09:20'),
    makeEvent('09:20', '10:00', mail),
    makeEvent('10:00', '10:01', call),
  )
  expect(totals.open.map(({ headline }) => headline)).toEqual(['Posteingang - Outlook', 'Grundriss.dwg'])
  expect(totals.small.map(({ headline }) => headline)).toEqual(['Müller', 'Später'])
  expect(totals.smallMs).toBe(2 * MINUTE)
})

test('what is left of a long session when the rest of it is explained is no card for a moment', () => {
  const events = [makeEvent('09:00', '09:30', explainedAs(1)), makeEvent('09:30', '09:30:40')]
  const session = makeSession(events, { small: false })
  const totals = dayTotals(blocksOf(timed(events), [session]))
  expect(totals.open).toEqual([])
  expect(totals.small).toHaveLength(1)
})

test('a target has the time that is booked for it, absence left out', () => {
  const totals = of(
    makeEvent('09:00', '10:00', { ...explainedAs(1, 10), awayMs: 15 * MINUTE }),
    makeEvent('09:30', '09:50', { ...call, ...explainedAs(1, 10) }),
  )
  expect(totals.totals.map(({ ms }) => ms / MINUTE)).toEqual([65])
  expect(totals.explainedMs).toBe(45 * MINUTE)
  expect(totals.doubleMs).toBe(20 * MINUTE)
})

test('private and ignored time asks for nothing and is kept aside', () => {
  const totals = of(
    makeEvent('09:00', '10:00', { private: true }),
    makeEvent('10:00', '11:00', { ignored: true }),
  )
  expect(totals.capturedMs).toBe(0)
  expect(totals.open).toEqual([])
  expect(totals.hidden.private).toHaveLength(1)
  expect(totals.hidden.ignored).toHaveLength(1)
})

test('totals are per milestone, the largest first, and say what is booked twice', () => {
  const totals = of(
    makeEvent('09:00', '09:30', explainedAs(1, 10)),
    makeEvent('09:20', '10:30', { ...mail, ...explainedAs(2, 20) }),
    makeEvent('11:00', '11:10', explainedAs(1)),
  )
  expect(totals.totals.map(({ key, ms }) => [key, ms / MINUTE])).toEqual([
    ['2/20', 70],
    ['1/10', 30],
    ['1/', 10],
  ])
  expect(totals.doubleMs).toBe(10 * MINUTE)
})

test('an empty day is all zero', () => {
  expect(of()).toMatchObject({ capturedMs: 0, explainedMs: 0, openMs: 0, open: [], totals: [] })
})
