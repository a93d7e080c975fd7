import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { heapFlags, isInForce } from './heap-limit.ts'
import { MEMORY } from './memory-limits.ts'

const report = "process.stdout.write(String(require('v8').getHeapStatistics().heap_size_limit / 1024 / 1024))"
const limitOf = (flags: string[]) =>
  Number(execFileSync(process.execPath, [...flags, '-e', report]).toString())

test.each(Object.entries(MEMORY.heaps))('V8 keeps to what %s is given', (_part, request) => {
  expect(isInForce(request, limitOf(heapFlags(request)))).toBe(true)
})

test('flags that did not arrive are noticed', () => {
  expect(isInForce(MEMORY.heaps.server, limitOf([]))).toBe(false)
  expect(isInForce(MEMORY.heaps.server, limitOf(['--max-old-space-size=192']))).toBe(false)
})
