import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { MEMORY } from './memory-limits.ts'
import type { Reading } from './memory-policy.ts'
import { watchMemory } from './memory-watchdog.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('samples, acts and stops', () => {
  const done: string[] = []
  const seen: (number | null)[] = []
  let ownMb = 320
  const stop = watchMemory({
    limits: MEMORY,
    sample: (): Reading[] => [{ pid: 3, part: 'server', rssMb: ownMb, pssMb: null, ownMb }],
    quietForMs: () => Infinity,
    replace: (part, reason) => done.push(`replace ${part}: ${reason}`),
    kill: (part, reason) => done.push(`kill ${part}: ${reason}`),
    onSample: (_readings, total) => seen.push(total),
    clock: () => Date.now(),
    log: () => undefined,
  })
  vi.advanceTimersByTime(30_000)
  ownMb = 500
  vi.advanceTimersByTime(10_000)
  expect(done).toEqual([
    'replace server: over its memory: 320 MB, cap 300',
    'kill server: over its memory: 500 MB, at most 400',
  ])
  stop()
  vi.advanceTimersByTime(60_000)
  expect(seen).toEqual([320, 320, 320, 500])
})
