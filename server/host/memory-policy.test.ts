import { expect, test } from 'vitest'
import type { Part } from './memory-limits.ts'
import { MEMORY } from './memory-limits.ts'
import { judgeMemory, NOTHING_YET, type Memory, type Reading } from './memory-policy.ts'

const MINUTE = 60_000
const PIDS: Record<Part, number> = { main: 1, renderer: 2, server: 3, gpu: 4, other: 5 }

function readings(sizes: Partial<Record<Part, number | null>>): Reading[] {
  return Object.entries(sizes).map(([part, ownMb]) => ({
    pid: PIDS[part as Part],
    part: part as Part,
    rssMb: ownMb,
    pssMb: ownMb,
    ownMb,
  }))
}

/** Takes samples one after another; what each asked for. */
function judge(samples: Reading[][], { quietForMs = 5 * MINUTE, everyMs = MEMORY.everyMs } = {}) {
  let memory: Memory = NOTHING_YET
  return samples.map((sample, index) => {
    const judged = judgeMemory(MEMORY, memory, sample, { now: index * everyMs, quietForMs })
    memory = judged.memory
    return judged.actions.map(({ kind, part }) => `${kind} ${part}`)
  })
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)

test('within its caps nothing happens', () => {
  const fine = readings({ main: 120, renderer: 400, server: 250, gpu: 90 })
  expect(judge(times(5, fine)).flat()).toEqual([])
})

test('three samples over the soft cap replace it at a quiet moment', () => {
  expect(judge(times(3, readings({ server: 320 })))).toEqual([[], [], ['replace server']])
  expect(judge(times(3, readings({ renderer: 460 })))).toEqual([[], [], ['replace renderer']])
})

test('a single high sample is forgotten', () => {
  const [high, low] = [readings({ server: 320 }), readings({ server: 200 })]
  expect(judge([high, high, low, high, high]).flat()).toEqual([])
})

test('nobody is interrupted, but not for ever', () => {
  const busy = judge(times(5, readings({ renderer: 460 })), { quietForMs: 1000 })
  expect(busy.flat()).toEqual([])
  const long = judge(times(16, readings({ renderer: 460 })), { quietForMs: 1000, everyMs: MINUTE })
  expect(long.findIndex((actions) => actions.length > 0)).toBe(15)
})

test('over the hard cap it is ended at once, whoever is at the kiosk', () => {
  expect(judge([readings({ server: 401, renderer: 601 })], { quietForMs: 0 })).toEqual([
    ['kill server', 'kill renderer'],
  ])
})

test('after a replacement there is a rest', () => {
  const actions = judge(times(13, readings({ server: 320 })), { everyMs: MINUTE })
  expect(actions.flatMap((asked, index) => (asked.length > 0 ? [index] : []))).toEqual([2, 12])
})

test('an unknown size is no all-clear and no alarm', () => {
  const [high, unknown] = [readings({ server: 320 }), readings({ server: null })]
  expect(judge([high, unknown, high, high])).toEqual([[], [], [], ['replace server']])
  expect(judge(times(4, unknown)).flat()).toEqual([])
})

test('a new process begins with nothing', () => {
  const other = readings({ server: 320 }).map((reading) => ({ ...reading, pid: 33 }))
  expect(judge([readings({ server: 320 }), readings({ server: 320 }), other]).flat()).toEqual([])
})

test('too much together falls on whoever fills the most of its cap', () => {
  const together = readings({ main: 200, gpu: 260, renderer: 300, server: 190 })
  expect(judge(times(3, together))).toEqual([[], [], ['replace renderer']])
  expect(judge([readings({ main: 300, gpu: 300, renderer: 200, server: 290 })], { quietForMs: 0 })).toEqual([
    ['kill server'],
  ])
})

test('the caps are one gigabyte together', () => {
  expect(MEMORY.total.hardMb).toBeLessThanOrEqual(1024)
  expect(MEMORY.caps.renderer.softMb + MEMORY.caps.server.softMb).toBeLessThan(MEMORY.total.softMb)
})
