// @vitest-environment node
import { expect, test } from 'vitest'
import type { Evidence } from '../../../contract/suggestions.ts'
import { PROJECTS, makeDay, makeEvent } from '../../fixtures/world.ts'
import { optionsOf } from '../../picker/options.ts'
import { blocksOf, timed } from './blocks.ts'
import { type Offers, alikeBlocks, likeliest, offersFor, sameOffers, sharedOffers } from './offers.ts'
import { dayTotals } from './totals.ts'

const options = new Map(optionsOf(PROJECTS).map((option) => [option.key, option]))
const day = makeDay(
  [makeEvent('09:00', '09:50', { title: 'A' })],
  [makeEvent('10:00', '10:30', { title: 'B' })],
  [makeEvent('11:00', '11:10', { title: 'C' })],
)
const blocks = dayTotals(blocksOf(timed(day.events), day.sessions)).open
const [a, b, c] = blocks
const word = (text: string) => [{ kind: 'word' as const, text }]
const offer = (projectId: number, milestoneId: number | null, text = 'x') => ({
  projectId,
  milestoneId,
  because: word(text),
})
const offers = (...of: ReturnType<typeof offer>[][]): Offers =>
  new Map(blocks.map(({ sessionId }, at) => [sessionId ?? 0, of[at] ?? []]))
const keys = (all: { option: { key: string } }[]) => all.map(({ option }) => option.key)

test('what the hub offers comes first, recent targets fill the keys without repeating one', () => {
  const found = offersFor(a!, offers([offer(3, 30, 'Brandschutz')]), options, [
    { projectId: 2, milestoneId: 21 },
    { projectId: 3, milestoneId: 30 },
    { projectId: 9, milestoneId: 90 },
  ])
  expect(keys(found)).toEqual(['3/30', '2/21'])
  expect(found.map(({ because }) => because.length)).toEqual([1, 0])
})

test('there are as many as number keys', () => {
  const quick = [...options.values()]
  expect(offersFor(a!, new Map(), options, [...quick, ...quick]).length).toBeLessThanOrEqual(9)
})

test('what cannot be assigned to any more is not offered', () => {
  expect(
    offersFor(a!, offers([offer(9, 90), offer(1, 10)]), options, []).map(({ option }) => option.key),
  ).toEqual(['1/10'])
  expect(likeliest(a!, offers([offer(9, 90)]), options)).toBeNull()
})

test('alike is what probably belongs to the same target for the same reason', () => {
  const of = (kind: Evidence['kind'], text: string | null) => [
    { projectId: 1, milestoneId: 10, because: [{ kind, text }] },
  ]
  const found = (first: Offers) => {
    const [taken] = offersFor(a!, first, options, [])
    return alikeBlocks(taken!, [b!, c!], first).map(({ headline }) => headline)
  }
  const all = (...each: { projectId: number; milestoneId: number; because: Evidence[] }[][]): Offers =>
    new Map(blocks.map(({ sessionId }, at) => [sessionId ?? 0, each[at] ?? []]))
  expect(found(all(of('word', 'EG'), of('word', 'EG'), of('word', 'OG')))).toEqual(['B'])
  expect(found(all(of('title', null), of('title', null), of('word', 'EG')))).toEqual(['B'])
  // One program does many things, and beside each other things differ.
  expect(found(all(of('app', 'acad'), of('app', 'acad'), of('app', 'acad')))).toEqual([])
  expect(found(all(of('neighbour', null), of('neighbour', null), []))).toEqual([])
  const other = [{ projectId: 2, milestoneId: 20, because: word('EG') }, ...of('word', 'EG')]
  expect(found(all(of('word', 'EG'), other, []))).toEqual([])
})

test('blocks are shared out by what is likeliest for each, most time first', () => {
  const shared = sharedOffers(
    blocks,
    offers([offer(1, 10), offer(2, 20)], [offer(2, 20)], [offer(2, 20)]),
    options,
  )
  expect(keys(shared)).toEqual(['1/10', '2/20'])
  expect(shared.map((one) => one.blocks.map(({ headline }) => headline))).toEqual([['A'], ['B', 'C']])
  expect(sharedOffers([b!, c!], offers([offer(1, 10)]), options)).toEqual([])
})

test('offers are the same only with the same reasons, in the same order', () => {
  const of = (text: string) => offersFor(a!, offers([offer(1, 10, text), offer(2, 20)]), options, [])
  expect(sameOffers(of('x'), of('x'))).toBe(true)
  expect(sameOffers(of('x'), of('y'))).toBe(false)
  expect(sameOffers(of('x'), of('x').toReversed())).toBe(false)
  expect(sameOffers(of('x'), of('x').slice(1))).toBe(false)
})
