// @vitest-environment node
import { expect, test } from 'vitest'
import { PROJECTS, makeMilestone, makeProject } from '../fixtures/world.ts'
import { fold, openingOptions, optionsOf, rankOptions } from './options.ts'

const options = optionsOf(PROJECTS)
const find = (query: string, quick: { projectId: number; milestoneId: number | null }[] = []) =>
  rankOptions(query, options, quick).map(({ key }) => key)

test('milestones and projects as such are offered, archived ones are not', () => {
  const projects = [
    makeProject(1, 'A', [], {
      milestones: [makeMilestone(10, 1, 'a'), makeMilestone(11, 1, 'b', { archived: true })],
    }),
    makeProject(2, 'B', ['c'], { archived: true }),
  ]
  expect(optionsOf(projects).map(({ key }) => key)).toEqual(['1/10', '1/'])
})

test('project, milestone and client are searched, in any order of words', () => {
  expect(find('brand')).toEqual(['3/30'])
  expect(find('nord statik')).toEqual(['1/11'])
  expect(find('lindenau kosten')).toEqual(['2/20'])
  expect(find('lindenau brand')).toEqual([])
})

test('accents, case and ß do not matter', () => {
  expect(fold('Färberstraße')).toBe('farberstrasse')
  expect(find('AUSFUHRUNG')).toEqual(['1/10'])
})

test('the beginning of a name comes before the middle of a word', () => {
  const [first] = rankOptions('kosten', optionsOf([makeProject(4, 'Baukosten', ['x']), ...PROJECTS]), [])
  expect(first?.key).toBe('2/20')
})

test('initials find what they stand for', () => {
  expect(find('wns')).toEqual(['1/11'])
})

test('of equals, what is used comes first', () => {
  expect(find('kita')).toEqual(['2/20', '2/21', '2/'])
  expect(find('kita', [{ projectId: 2, milestoneId: 21 }])[0]).toBe('2/21')
})

test('characters of expressions are just characters', () => {
  expect(find('(')).toEqual([])
  expect(find('.*')).toEqual([])
})

test('it opens on quick picks that still exist, then the rest without them', () => {
  const { quick, rest } = openingOptions(options, [
    { projectId: 9, milestoneId: 99 },
    { projectId: 3, milestoneId: 30 },
  ])
  expect(quick.map(({ key }) => key)).toEqual(['3/30'])
  expect(rest.map(({ key }) => key)).not.toContain('3/30')
  expect(rest).toHaveLength(options.length - 1)
})
