// @vitest-environment node
import { expect, test } from 'vitest'
import { type Slot, isSlots, quickPicks, seedSlots, takeSlot } from './picks.ts'

const pick = (id: number) => ({ projectId: id, milestoneId: null })
const ids = (slots: { projectId: number }[]) => slots.map(({ projectId }) => projectId)
const filled = () => [1, 2, 3, 4, 5, 6, 7, 8, 9].reduce<Slot[]>((slots, id) => takeSlot(slots, pick(id)), [])

test('a number key keeps its target while others are used', () => {
  expect(ids(takeSlot(filled(), pick(3)))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('a tenth target takes the place of the one not used for longest', () => {
  const slots = takeSlot(takeSlot(filled(), pick(1)), pick(10))
  expect(ids(slots)).toEqual([1, 10, 3, 4, 5, 6, 7, 8, 9])
})

test('a project and a milestone of it are two targets', () => {
  expect(takeSlot(takeSlot([], pick(1)), { projectId: 1, milestoneId: 5 })).toHaveLength(2)
})

test('starred targets come first and are not repeated', () => {
  expect(ids(quickPicks([{ ...pick(5), used: 0 }], filled()))).toEqual([5, 1, 2, 3, 4, 6, 7, 8, 9])
})

test('a new browser starts with what was assigned lately, not with what was undone', () => {
  const action = (projectId: number, more = {}) => ({
    kind: 'assign',
    projectId,
    milestoneId: null,
    undoneAt: null,
    ...more,
  })
  const slots = seedSlots([
    action(2),
    action(3, { undoneAt: 'now' }),
    action(2),
    action(4, { kind: 'ignore' }),
    action(1),
  ])
  expect(ids(slots)).toEqual([2, 1])
  expect(ids(takeSlot(slots, pick(7)))).toEqual([2, 1, 7])
})

test('what another version left behind is not believed', () => {
  expect(isSlots([{ projectId: 1, milestoneId: null, used: 1 }])).toBe(true)
  for (const wrong of [null, {}, [1], [{ projectId: '1', milestoneId: null, used: 1 }]])
    expect(isSlots(wrong)).toBe(false)
})
