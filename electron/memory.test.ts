import { expect, test } from 'vitest'
import { readAll } from './memory.ts'

test('each process is taken for the part that it is', () => {
  const size = { rssMb: 1, pssMb: 1, ownMb: 1 }
  const metrics = [
    { pid: 1, type: 'Browser' as const },
    { pid: 2, type: 'Tab' as const },
    { pid: 3, type: 'Utility' as const, name: 'timetrack-server-4' },
    { pid: 4, type: 'Utility' as const, name: 'Network Service' },
    { pid: 5, type: 'GPU' as const },
    { pid: 6, type: 'Zygote' as const },
  ]
  expect(readAll(metrics, () => size).map(({ pid, part }) => `${pid} ${part}`)).toEqual([
    '1 main',
    '2 renderer',
    '3 server',
    '4 other',
    '5 gpu',
    '6 other',
  ])
})
