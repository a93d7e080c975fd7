import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, test, vi } from 'vitest'
import { fakeHub } from '../fixtures/fake-hub.ts'
import { recall } from '../storage.ts'
import { useHub } from './hub.ts'

afterEach(() => vi.unstubAllGlobals())

test.each([
  ['2026-11-24T12:00:00+01:00', 0, 60],
  ['2026-07-01T12:00:00-03:30', 300, -510],
  ['2026-11-24T12:00:00Z', 240, -240],
])(
  'at %s with days from minute %i on it remembers how far they are from those of UTC',
  async (now, start, shift) => {
    const answer = { version: '1', zone: 'UTC', dayStartMinutes: start, now, today: now.slice(0, 10) }
    vi.stubGlobal('fetch', fakeHub({ 'get /api/hub': () => answer }).fetch)
    setActivePinia(createPinia())
    await useHub().load()
    expect(recall('dayShift')).toBe(shift * 60_000)
  },
)
