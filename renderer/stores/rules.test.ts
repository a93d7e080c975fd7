import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Rule } from '../../contract/rule.ts'
import { Refused, fakeHub as makeHub } from '../fixtures/fake-hub.ts'
import { makeFindings, makeStoredRule } from '../fixtures/rules.ts'
import { useRules } from './rules.ts'

let stored: Rule[]

beforeEach(() => {
  setActivePinia(createPinia())
  stored = [makeStoredRule(1, 'a'), makeStoredRule(2, 'b'), makeStoredRule(3, 'c')]
})
afterEach(() => vi.unstubAllGlobals())

function fakeHub(answers: Parameters<typeof makeHub>[0] = {}) {
  const hub = makeHub({ 'get /api/rules': () => ({ items: stored }), ...answers })
  vi.stubGlobal('fetch', hub.fetch)
  return hub
}

const order = (ids: readonly number[]) => {
  stored = ids.flatMap((id) => stored.find((rule) => rule.id === id) ?? [])
  return { items: stored }
}
const idsOf = (body: unknown) => (body as { ids: number[] }).ids
const shown = () => useRules().rules.map(({ id }) => id)

test('an order shows before the hub has answered, and of several only the last one waits', async () => {
  const goOn: (() => void)[] = []
  const hub = fakeHub({
    'put /api/rules/order': ({ body }) =>
      new Promise((resolve) => goOn.push(() => resolve(order(idsOf(body))))),
  })
  const store = useRules()
  await store.load()
  const first = store.reorder([2, 1, 3])
  expect(shown()).toEqual([2, 1, 3])
  void store.reorder([2, 3, 1])
  const last = store.reorder([3, 2, 1])
  expect(shown()).toEqual([3, 2, 1])
  await vi.waitFor(() => expect(goOn).toHaveLength(1))
  goOn[0]?.()
  await vi.waitFor(() => expect(goOn).toHaveLength(2))
  expect(shown()).toEqual([3, 2, 1])
  goOn[1]?.()
  await Promise.all([first, last])
  expect(hub.bodies('put /api/rules/order').map(idsOf)).toEqual([
    [2, 1, 3],
    [3, 2, 1],
  ])
  expect(shown()).toEqual([3, 2, 1])
})

test('a refused order goes back to what the hub has', async () => {
  fakeHub({
    'put /api/rules/order': () => {
      stored = [...stored, makeStoredRule(4, 'd')]
      throw new Refused(409, 'conflict')
    },
  })
  const store = useRules()
  await store.load()
  await expect(store.reorder([3, 2, 1])).rejects.toMatchObject({ code: 'conflict' })
  expect(shown()).toEqual([1, 2, 3, 4])
})

test('what is read while an order is told does not put it back', async () => {
  let goOn = () => {}
  fakeHub({
    'put /api/rules/order': ({ body }) =>
      new Promise((resolve) => (goOn = () => resolve(order(idsOf(body))))),
  })
  const store = useRules()
  await store.load()
  const telling = store.reorder([3, 1, 2])
  await store.load()
  expect(shown()).toEqual([3, 1, 2])
  goOn()
  await telling
  expect(shown()).toEqual([3, 1, 2])
})

test('figures that cannot be had leave those of before', async () => {
  let isSilent = false
  fakeHub({
    'get /api/rules/check': ({ query }) => {
      if (isSilent) throw new Refused(503, 'busy')
      return makeFindings({ days: Number(query.get('days')) })
    },
  })
  const store = useRules()
  await store.check()
  expect(store.findings?.days).toBe(30)
  isSilent = true
  await store.check()
  expect(store.findings?.days).toBe(30)
})

test('a list that cannot be read is a failure at first, and later only not newer', async () => {
  let isSilent = true
  fakeHub({
    'get /api/rules': () => {
      if (isSilent) throw new Refused(503, 'busy')
      return { items: stored }
    },
  })
  const store = useRules()
  await store.load()
  expect([store.state, store.failure?.code]).toEqual(['failed', 'busy'])
  isSilent = false
  await store.load()
  isSilent = true
  await store.load()
  expect([store.state, shown()]).toEqual(['ready', [1, 2, 3]])
})
