import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connectParent } from './parent.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** The process as a server in Electron's utility process sees it. */
function utility() {
  const parentPort = Object.assign(new EventEmitter(), { postMessage: vi.fn() })
  const from = Object.assign(new EventEmitter(), { parentPort, ppid: 100, connected: false })
  return { from, parentPort, parent: connectParent(from as unknown as Parameters<typeof connectParent>[0]) }
}

test('over Electron’s port messages go both ways, validated', () => {
  const { parentPort, parent } = utility()
  const received: unknown[] = []
  parent.listen({ onMessage: (message) => received.push(message), onGone: () => undefined })
  parentPort.emit('message', { data: { kind: 'ping', n: 1 } })
  parentPort.emit('message', { data: { kind: 'format the disk' } })
  parent.send({ kind: 'failed', message: 'no', final: true })
  expect(received).toEqual([{ kind: 'ping', n: 1 }])
  expect(parentPort.postMessage).toHaveBeenCalledExactlyOnceWith({
    kind: 'failed',
    message: 'no',
    final: true,
  })
  expect(parent.connected).toBe(true)
  expect(parent.lingerMs).toBeGreaterThan(0)
})

test('a parent that is gone is noticed by whose child one is', () => {
  const { from, parent } = utility()
  const onGone = vi.fn()
  parent.listen({ onMessage: () => undefined, onGone })
  vi.advanceTimersByTime(60_000)
  expect(onGone).not.toHaveBeenCalled()
  from.ppid = 1
  vi.advanceTimersByTime(60_000)
  expect(onGone).toHaveBeenCalledOnce()
})
