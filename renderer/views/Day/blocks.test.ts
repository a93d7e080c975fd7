// @vitest-environment node
import { expect, test } from 'vitest'
import type { Event } from '../../../contract/events.ts'
import { explainedAs, makeDay, makeEvent, makeSession } from '../../fixtures/world.ts'
import { blocksOf, holds, kindOf, matches, timeOf, timed } from './blocks.ts'

const MINUTE = 60_000
const fold = (...groups: Event[][]) => {
  const { events, sessions } = makeDay(...groups)
  return blocksOf(timed(events), sessions)
}
const away = (start: string, end: string, more: Partial<Event> = {}) =>
  makeEvent(start, end, { source: 'afk', title: null, app: null, ...more })

test('a session whose events share their fate is one block, called as the hub calls it', () => {
  const events = [makeEvent('09:00', '09:10'), makeEvent('09:12', '09:30')]
  const session = makeSession(events, { title: 'Grundriss', app: 'acad', breaks: 1 })
  const [block, ...more] = blocksOf(timed(events), [session])
  expect(more).toEqual([])
  expect(block).toMatchObject({
    headline: 'Grundriss',
    app: 'acad',
    ms: 28 * MINUTE,
    breaks: 1,
    isSmall: false,
  })
  expect([block?.from, block?.to].map((time) => time?.slice(11, 16))).toEqual(['09:00', '09:30'])
})

test('what is explained differently stays apart, and so does what is private or ignored', () => {
  const blocks = fold([
    makeEvent('09:00', '09:05'),
    makeEvent('09:05', '09:10', explainedAs(1)),
    makeEvent('09:10', '09:15', explainedAs(2)),
    makeEvent('09:15', '09:20', { private: true }),
    makeEvent('09:20', '09:25', { ignored: true }),
  ])
  expect(blocks.map(({ kind }) => kind)).toEqual(['open', 'explained', 'explained', 'private', 'ignored'])
  expect(new Set(blocks.map(({ id }) => id)).size).toBe(5)
})

test('the same target with another comment is another block', () => {
  const said = (comment: string) => {
    const { assignment } = explainedAs(1, 10)
    return { assignment: assignment ? { ...assignment, comment } : null }
  }
  expect(fold([makeEvent('09:00', '09:05', said('a')), makeEvent('09:05', '09:10', said('b'))])).toHaveLength(
    2,
  )
})

test('an explanation outweighs private, being ignored outweighs both', () => {
  expect(kindOf(makeEvent('09:00', '09:05', { private: true, ...explainedAs(1) }))).toBe('explained')
  expect(kindOf(makeEvent('09:00', '09:05', { ignored: true, ...explainedAs(1) }))).toBe('ignored')
})

test('overlapping events of a block count once, and are booked as often as they are', () => {
  const [block] = fold([makeEvent('09:00', '09:30'), makeEvent('09:10', '09:20')])
  expect([block?.ms, block?.bookedMs]).toEqual([30 * MINUTE, 40 * MINUTE])
})

test('absence is cut out where it was', () => {
  const events = [makeEvent('09:00', '10:00', { awayMs: 20 * MINUTE }), away('09:20', '09:40')]
  const session = makeSession(events.slice(0, 1))
  const [block] = blocksOf(timed(events), [session])
  expect(block?.ms).toBe(40 * MINUTE)
  expect(block?.spans.map(({ start, end }) => (end - start) / MINUTE)).toEqual([20, 20])
})

test('of an absence that began on another day, what counts is what came after it', () => {
  const [block] = fold([makeEvent('09:00', '10:00', { awayMs: 20 * MINUTE })])
  expect(block?.from).toContain('T09:20')
  expect(block?.to).toContain('T10:00')
})

test('absence from another machine, and absence during a call, take nothing away', () => {
  const call = makeEvent('09:00', '10:00', { source: 'phone', machine: null, title: null, contact: 'Müller' })
  const events = [call, away('09:20', '09:40', { machine: 'other' })]
  const [block] = blocksOf(timed(events), [makeSession([call])])
  expect(block?.ms).toBe(60 * MINUTE)
})

test('an event that nobody sat at is no time of anybody', () => {
  const alone = makeEvent('12:00', '12:30', { awayMs: 30 * MINUTE })
  expect(blocksOf(timed([alone, away('11:50', '12:40')]), [])).toEqual([])
})

test('deleted events, absence and unreadable times make no blocks', () => {
  expect(
    fold([
      makeEvent('09:00', '09:05', { deleted: true }),
      makeEvent('09:00', '09:05', { source: 'afk' }),
      { ...makeEvent('09:00', '09:05'), start: 'yesterday' },
    ]),
  ).toEqual([])
})

test('events that the hub has not put into sessions yet are kept together by program', () => {
  const events = [
    makeEvent('09:00', '09:05'),
    makeEvent('09:05', '09:10', { app: 'excel.exe' }),
    makeEvent('10:00', '10:05'),
  ]
  const blocks = blocksOf(timed(events), [])
  expect(blocks.map(({ sessionId, ms }) => [sessionId, ms / MINUTE])).toEqual([
    [null, 10],
    [null, 5],
  ])
})

test('breaks of a whole session are those that the hub counted, of a part of it those that are left', () => {
  const events = [
    makeEvent('09:00', '09:10'),
    makeEvent('09:13', '09:20'),
    makeEvent('09:23', '09:30', explainedAs(1)),
  ]
  const session = makeSession(events, { breaks: 2 })
  const [open] = blocksOf(timed(events), [session])
  expect(open?.breaks).toBe(1)
})

test('a block is by a rule only when all of it is', () => {
  const rule = { ...explainedAs(1) }
  if (rule.assignment) rule.assignment = { ...rule.assignment, by: 'rule' }
  expect(fold([makeEvent('09:00', '09:05', rule)])[0]?.isByRule).toBe(true)
  expect(
    fold([makeEvent('09:00', '09:05', rule), makeEvent('09:05', '09:10', explainedAs(1))])[0]?.isByRule,
  ).toBe(false)
})

test('a block is found again by its first event', () => {
  const [first, second] = fold([makeEvent('09:00', '09:10')], [makeEvent('10:00', '10:10')])
  expect(holds(first!, { ...first!, id: 'other' })).toBe(true)
  expect(holds(first!, second!)).toBe(false)
  expect(holds(first!, null)).toBe(false)
})

test('time of several blocks that happened at once counts once', () => {
  expect(timeOf(fold([makeEvent('09:00', '09:30')], [makeEvent('09:20', '09:40')]))).toBe(40 * MINUTE)
})

test('the search looks into every event of a block and wants all words', () => {
  const [block] = fold([
    makeEvent('09:00', '09:10', { title: 'Plan_v1.dwg' }),
    makeEvent('09:10', '09:20', { title: 'Plan_v2.dwg' }),
  ])
  expect(matches(block!, ['plan', 'v2', 'acad'])).toBe(true)
  expect(matches(block!, ['plan', 'v3'])).toBe(false)
})
