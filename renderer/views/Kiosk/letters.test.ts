// @vitest-environment node
import { expect, test } from 'vitest'
import { PAGE, lettersOf } from './letters.ts'

const people = (...names: string[]) => names.map((name) => ({ name }))
const labels = (names: string[]) => lettersOf(people(...names), 'de').map(({ label }) => label)

test('as many as fit are one page, by name', () => {
  const [page, ...others] = lettersOf(people('Lars', 'Özlem', 'Anna', 'Paul'), 'de')
  expect(others).toEqual([])
  expect(page?.people.map(({ name }) => name)).toEqual(['Anna', 'Lars', 'Özlem', 'Paul'])
})

test('more are pages that say what is on them, and nobody is left out', () => {
  const names = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}nna`)
  expect(labels(names)).toEqual(['A–L', 'M–X', 'Y–Z'])
  const shown = lettersOf(people(...names), 'de').flatMap((page) => page.people)
  expect(shown).toHaveLength(names.length)
  expect(Math.max(...lettersOf(people(...names), 'de').map((page) => page.people.length))).toBe(PAGE)
})

test('where a letter is torn apart, two letters tell the pages apart', () => {
  const names = Array.from({ length: 14 }, (_, at) =>
    at < 11 ? `Anna ${at}` : (['Maria', 'Mehmet', 'Mia'][at - 11] ?? ''),
  )
  expect(labels(names)).toEqual(['A–Ma', 'Me–Mi'])
})
