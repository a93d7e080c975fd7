// @vitest-environment node
import { expect, test } from 'vitest'
import type { Event } from '../../../contract/events.ts'
import { PROJECTS, explainedAs, makeEvent } from '../../fixtures/world.ts'
import { optionsOf } from '../../picker/options.ts'
import { foldBlocks, timed } from './blocks.ts'
import { indexOptions, suggestions } from './suggest.ts'

const index = indexOptions(optionsOf(PROJECTS))
const blockOf = (event: Event) => foldBlocks(timed([event]))[0]!
const offers = (
  event: Event,
  explained: Event[] = [],
  quick: { projectId: number; milestoneId: number | null }[] = [],
) =>
  suggestions(blockOf(event), index, foldBlocks(timed(explained)), quick).map(({ option, because }) => [
    option.key,
    because.why === 'word' ? because.word : because.why,
  ])

test('a word of a milestone in the title is a reason, said as it is written', () => {
  expect(offers(makeEvent('09:00', '09:30', { title: 'Angebot BRANDSCHUTZ Rathaus' }))[0]).toEqual([
    '3/30',
    'Brandschutz',
  ])
})

test('a project named without a milestone is offered as such', () => {
  expect(offers(makeEvent('09:00', '09:30', { title: 'Fotos Werkhalle' }))).toEqual([['1/', 'Werkhalle']])
})

test('a project named without a milestone leads to the milestone of it that is in use', () => {
  const event = makeEvent('11:00', '11:30', { title: 'Fotos Werkhalle' })
  expect(offers(event, [], [{ projectId: 1, milestoneId: 11 }])).toEqual([['1/11', 'Werkhalle']])
  const today = makeEvent('08:00', '09:00', { title: 'x', app: 'revit.exe', ...explainedAs(1, 10) })
  expect(offers(event, [today], [{ projectId: 1, milestoneId: 11 }])[0]).toEqual(['1/10', 'Werkhalle'])
})

test('the same thing explained earlier comes before words', () => {
  const title = 'Fotos Werkhalle'
  expect(
    offers(makeEvent('11:00', '11:30', { title }), [
      makeEvent('09:00', '09:30', { title, ...explainedAs(2, 20) }),
    ])[0],
  ).toEqual(['2/20', 'same'])
})

test('a neighbour in the same program counts, one far away or in another program does not', () => {
  const plan = (title: string) => ({ title })
  const event = makeEvent('09:30', '10:00', plan('B.dwg'))
  expect(offers(event, [makeEvent('09:00', '09:25', { ...plan('A.dwg'), ...explainedAs(1, 10) })])).toEqual([
    ['1/10', 'neighbour'],
  ])
  expect(offers(event, [makeEvent('07:00', '08:00', { ...plan('A.dwg'), ...explainedAs(1, 10) })])).toEqual(
    [],
  )
  expect(
    offers(event, [
      makeEvent('09:00', '09:25', { app: 'excel.exe', title: 'A.xlsx', ...explainedAs(1, 10) }),
    ]),
  ).toEqual([])
})

test('recent targets follow without a reason and without repeating one', () => {
  const quick = [
    { projectId: 3, milestoneId: 30 },
    { projectId: 2, milestoneId: 21 },
    { projectId: 9, milestoneId: 90 },
  ]
  expect(offers(makeEvent('09:00', '09:30', { title: 'Brandschutz' }), [], quick)).toEqual([
    ['3/30', 'Brandschutz'],
    ['2/21', 'recent'],
  ])
})
