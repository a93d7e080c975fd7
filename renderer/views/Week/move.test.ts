// @vitest-environment node
import { expect, test } from 'vitest'
import { moved } from './move.ts'

const SIZE = { rows: 4, cols: 7 }
const move = (from: [number, number], key: string, isFar = false) => {
  const place = moved({ row: from[0], col: from[1] }, key, isFar, SIZE)
  return place && [place.row, place.col]
}

test.each<[key: string, from: [number, number], to: [number, number]]>([
  ['ArrowDown', [1, 2], [2, 2]],
  ['ArrowUp', [1, 2], [0, 2]],
  ['ArrowLeft', [1, 2], [1, 1]],
  ['ArrowRight', [1, 2], [1, 3]],
  ['Home', [1, 2], [1, 0]],
  ['End', [1, 2], [1, 6]],
])('%s leads from %j to %j', (key, from, to) => {
  expect(move(from, key)).toEqual(to)
})

test.each<[key: string, at: [number, number]]>([
  ['ArrowUp', [0, 3]],
  ['ArrowDown', [3, 3]],
  ['ArrowLeft', [2, 0]],
  ['ArrowRight', [2, 6]],
])('%s stays at the edge %j', (key, at) => {
  expect(move(at, key)).toEqual(at)
})

test.each<[key: string, to: [number, number]]>([
  ['ArrowUp', [0, 2]],
  ['ArrowDown', [3, 2]],
  ['ArrowLeft', [1, 0]],
  ['ArrowRight', [1, 6]],
  ['Home', [0, 0]],
  ['End', [3, 6]],
])('with Ctrl %s goes all the way', (key, to) => {
  expect(move([1, 2], key, true)).toEqual(to)
})

test('other keys do not move', () => {
  expect(move([1, 2], 'Enter')).toBeNull()
  expect(move([1, 2], 'a')).toBeNull()
})
