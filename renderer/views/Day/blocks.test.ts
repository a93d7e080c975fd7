// @vitest-environment node
import { expect, test } from 'vitest'
import type { Event } from '../../../contract/events.ts'
import { explainedAs, makeEvent } from '../../fixtures/world.ts'
import { foldBlocks, holds, joinShort, kindOf, matches, timed } from './blocks.ts'

const MINUTE = 60_000
const fold = (...events: Event[]) => foldBlocks(timed(events))
const mail = { app: 'outlook.exe', title: 'Posteingang - Outlook' }

test('the same thing is one block, also when another window came between', () => {
  const blocks = fold(
    makeEvent('09:00', '09:10'),
    makeEvent('09:10', '09:12', mail),
    makeEvent('09:12', '09:30'),
  )
  expect(blocks.map(({ headline, ms, events }) => [headline, ms / MINUTE, events.length])).toEqual([
    ['Grundriss.dwg', 28, 2],
    ['Posteingang', 2, 1],
  ])
})

test('more than five minutes later it is another block', () => {
  expect(fold(makeEvent('09:00', '09:10'), makeEvent('09:15', '09:20'))).toHaveLength(1)
  expect(fold(makeEvent('09:00', '09:10'), makeEvent('09:15:01', '09:20'))).toHaveLength(2)
})

test('a pause is a gap of more than a minute inside a block', () => {
  const [block] = fold(
    makeEvent('09:00', '09:10'),
    makeEvent('09:10:40', '09:20'),
    makeEvent('09:23', '09:30'),
  )
  expect(block?.pauses).toBe(1)
  expect(block?.from).toContain('T09:00')
  expect(block?.to).toContain('T09:30')
})

test('overlapping events of a block count once', () => {
  const [block] = fold(makeEvent('09:00', '09:30'), makeEvent('09:10', '09:20'))
  expect(block?.ms).toBe(30 * MINUTE)
})

test('what is explained differently stays apart, and so does what is private or ignored', () => {
  const blocks = fold(
    makeEvent('09:00', '09:05'),
    makeEvent('09:05', '09:10', explainedAs(1)),
    makeEvent('09:10', '09:15', explainedAs(2)),
    makeEvent('09:15', '09:20', { private: true }),
    makeEvent('09:20', '09:25', { ignored: true }),
  )
  expect(blocks.map(({ kind }) => kind)).toEqual(['open', 'explained', 'explained', 'private', 'ignored'])
})

test('an explanation outweighs private, being ignored outweighs both', () => {
  expect(kindOf(makeEvent('09:00', '09:05', { private: true, ...explainedAs(1) }))).toBe('explained')
  expect(kindOf(makeEvent('09:00', '09:05', { ignored: true, ...explainedAs(1) }))).toBe('ignored')
})

test('deleted events, absence and unreadable times make no blocks', () => {
  expect(
    fold(makeEvent('09:00', '09:05', { deleted: true }), makeEvent('09:00', '09:05', { source: 'afk' }), {
      ...makeEvent('09:00', '09:05'),
      start: 'yesterday',
    }),
  ).toEqual([])
})

test('200 events of a busy morning are a handful of blocks', () => {
  const programs = [mail, {}, { app: 'excel.exe', title: 'Kosten.xlsx - Excel' }]
  const events = Array.from({ length: 200 }, (_, n) => {
    const time = (seconds: number) => {
      const of = 8 * 3600 + seconds
      return [of / 3600, (of / 60) % 60, of % 60]
        .map((part) => String(Math.floor(part)).padStart(2, '0'))
        .join(':')
    }
    return makeEvent(time(n * 45), time(n * 45 + 45), programs[n % 3])
  })
  expect(fold(...events)).toHaveLength(3)
})

test('short blocks that follow each other in one program become one', () => {
  const page = (title: string) => ({ app: 'chrome.exe', title: `${title} - Google Chrome` })
  const blocks = fold(
    makeEvent('09:00', '09:01', page('DIN 276')),
    makeEvent('09:01', '09:02', page('HOAI')),
    makeEvent('09:02', '09:03', page('Baukosten')),
    makeEvent('09:03', '09:30'),
    makeEvent('09:30', '09:31', page('Wetter')),
  )
  const joined = joinShort(blocks)
  expect(joined.map(({ headline, things, ms }) => [headline, things, ms / MINUTE])).toEqual([
    [null, 3, 3],
    ['Grundriss.dwg', 1, 27],
    ['Wetter', 1, 1],
  ])
  expect(holds(joined[0]!, blocks[1]!)).toBe(true)
  expect(holds(joined[1]!, blocks[1]!)).toBe(false)
})

test('the search looks into every event of a block and wants all words', () => {
  const [block] = fold(
    makeEvent('09:00', '09:10', { title: 'Plan_v1.dwg' }),
    makeEvent('09:10', '09:20', { title: 'Plan_v2.dwg' }),
  )
  expect(matches(block!, ['plan', 'v2', 'acad'])).toBe(true)
  expect(matches(block!, ['plan', 'v3'])).toBe(false)
})
