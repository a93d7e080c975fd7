// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrange } from './arrange.ts'

type Thing = { id: string; size: number }
const thing = (id: string, size: number): Thing => ({ id, size })
const largest = (a: Thing, b: Thing) => b.size - a.size
const ids = (things: Thing[]) => things.map(({ id }) => id)

test('without an order it sorts', () => {
  expect(ids(arrange([], [thing('a', 1), thing('b', 3), thing('c', 2)], largest))).toEqual(['b', 'c', 'a'])
})

test('what grew stays where it was', () => {
  expect(ids(arrange(['b', 'a'], [thing('a', 9), thing('b', 3)], largest))).toEqual(['b', 'a'])
})

test('what is new goes where its size belongs', () => {
  const before = ['b', 'c', 'a']
  const now = [thing('a', 1), thing('b', 5), thing('c', 3), thing('x', 4), thing('y', 0)]
  expect(ids(arrange(before, now, largest))).toEqual(['b', 'x', 'c', 'a', 'y'])
})

test('what left is forgotten, and sorted in anew when it comes back', () => {
  const before = ids(arrange(['a', 'b', 'c'], [thing('a', 3), thing('c', 1)], largest))
  expect(before).toEqual(['a', 'c'])
  expect(ids(arrange(before, [thing('a', 3), thing('b', 2), thing('c', 1)], largest))).toEqual([
    'a',
    'b',
    'c',
  ])
})

test('nothing is lost, nothing is there twice, and what was there keeps its order', () => {
  const list = fc.uniqueArray(fc.record({ id: fc.string({ maxLength: 2 }), size: fc.nat(5) }), {
    selector: ({ id }) => id,
  })
  fc.assert(
    fc.property(list, list, (before, now) => {
      const arranged = ids(arrange(ids(before), now, largest))
      expect(arranged.toSorted()).toEqual(ids(now).toSorted())
      const kept = arranged.filter((id) => before.some((one) => one.id === id))
      expect(kept).toEqual(ids(before).filter((id) => arranged.includes(id)))
    }),
  )
})
