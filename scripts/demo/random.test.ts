import { expect, test } from 'vitest'
import { random } from './random.ts'

test('the same seed throws the same dice, another seed others', () => {
  const throws = (seed: string) => Array.from({ length: 20 }, random(seed).next)
  expect(throws('7/anna')).toEqual(throws('7/anna'))
  expect(throws('7/anna')).not.toEqual(throws('7/lars'))
})

test('numbers are spread evenly and stay in their range', () => {
  const r = random('even')
  const dice = Array.from({ length: 6000 }, () => r.int(1, 6))
  for (const face of [1, 2, 3, 4, 5, 6]) expect(dice.filter((n) => n === face).length).toBeGreaterThan(850)
  expect(Math.min(...dice)).toBe(1)
  expect(Math.max(...dice)).toBe(6)
})

test('durations vary around their median', () => {
  const r = random('durations')
  const seconds = Array.from({ length: 4001 }, () => r.skewed(100, 1)).sort((a, b) => a - b)
  expect(seconds[2000]).toBeGreaterThan(90)
  expect(seconds[2000]).toBeLessThan(110)
  expect(seconds[3800]).toBeGreaterThan(300)
})
