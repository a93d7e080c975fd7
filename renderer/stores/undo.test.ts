import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Refused, fakeHub } from '../fixtures/fake-hub.ts'
import { showLocale } from '../i18n/index.ts'
import { notice } from '../notice.ts'
import { useHistory } from './history.ts'
import { useUndo } from './undo.ts'

const after = vi.fn()
const entry = (...batches: number[]) => ({
  done: { batches, changed: batches.length, unchanged: 0, before: new Map() },
  text: 'Das',
})

beforeEach(async () => {
  setActivePinia(createPinia())
  after.mockClear()
  await showLocale('de')
})
afterEach(() => vi.unstubAllGlobals())

function answering(answers: Record<string, () => unknown>) {
  const hub = fakeHub(
    Object.fromEntries(
      Object.entries(answers).map(([id, answer]) => [`post /api/batches/${id}/undo`, answer]),
    ),
  )
  vi.stubGlobal('fetch', hub.fetch)
  return () => hub.asked.map(({ path }) => path.split('/')[3])
}

const restored = () => ({ batch: 1, restored: [1], left: [] })

test('what was done last is taken back, its latest part first', async () => {
  const asked = answering({ 1: restored, 2: restored })
  const last = entry(1, 2)
  useHistory().add(entry(9))
  useHistory().add(last)
  await useUndo(after)()
  expect(asked()).toEqual(['2', '1'])
  expect(after).toHaveBeenCalledExactlyOnceWith(last, true)
  expect(notice.value?.text).toBe('Zurückgenommen: Das')
  expect(useHistory().latest?.done.batches).toEqual([9])
})

test('what somebody changed since stays, and that is said', async () => {
  answering({ 1: () => ({ batch: 1, restored: [], left: [5, 6] }) })
  await useUndo(after)(entry(1))
  expect(notice.value?.text).toBe('Zurückgenommen: Das. 2 Ereignisse wurden seither geändert und bleiben.')
  expect(after.mock.lastCall?.[1]).toBe(false)
})

test('a part that is refused can be tried again, what is taken back already is not', async () => {
  let isFull = true
  const asked = answering({
    1: () => {
      if (isFull) throw new Refused(507, 'disk_full')
      return restored()
    },
    2: restored,
  })
  const undo = useUndo(after)
  await undo(entry(1, 2))
  expect(notice.value?.tone).toBe('bad')
  expect(after.mock.lastCall?.[1]).toBe(false)
  isFull = false
  await undo()
  expect(asked()).toEqual(['2', '1', '1'])
  expect(useHistory().latest).toBeNull()
})

test('with nothing done there is nothing to take back', async () => {
  const asked = answering({})
  await useUndo(after)()
  expect(asked()).toEqual([])
  expect(after).not.toHaveBeenCalled()
})
