import type { App } from 'electron'
import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { quitGracefully } from './quit.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function program({ isUnit = false } = {}) {
  const app = Object.assign(new EventEmitter(), { exit: vi.fn(), relaunch: vi.fn() })
  const stopped = Promise.withResolvers<void>()
  const [stop, onQuitting] = [vi.fn(() => stopped.promise), vi.fn()]
  const quit = quitGracefully(app as unknown as App, {
    stop,
    onQuitting,
    isUnit,
    deadlineMs: 12_000,
    log: () => undefined,
  })
  const askToQuit = () => {
    const preventDefault = vi.fn()
    app.emit('before-quit', { preventDefault })
    return preventDefault
  }
  return { app, stopped, stop, onQuitting, quit, askToQuit }
}

test('the server is drained once, then the process ends', async () => {
  const { app, stopped, stop, onQuitting, quit, askToQuit } = program()
  expect(askToQuit()).toHaveBeenCalledOnce()
  expect(askToQuit()).toHaveBeenCalledOnce()
  expect(quit.isQuitting()).toBe(true)
  expect(stop).toHaveBeenCalledOnce()
  expect(onQuitting).toHaveBeenCalledOnce()
  await vi.advanceTimersByTimeAsync(1000)
  expect(app.exit).not.toHaveBeenCalled()
  stopped.resolve()
  await vi.advanceTimersByTimeAsync(0)
  expect(app.exit).toHaveBeenCalledExactlyOnceWith(0)
})

test('a drain that takes too long, or fails, does not keep the process', async () => {
  const late = program()
  late.askToQuit()
  await vi.advanceTimersByTimeAsync(12_000)
  expect(late.app.exit).toHaveBeenCalledExactlyOnceWith(0)
  const broken = program()
  broken.quit.end('failure')
  broken.stopped.reject(new Error('no'))
  await vi.advanceTimersByTimeAsync(0)
  expect(broken.app.exit).toHaveBeenCalledExactlyOnceWith(1)
})

test('a new start comes from us on a desktop, and from systemd in a unit, which would end it with us', async () => {
  const desktop = program()
  desktop.quit.end('relaunch')
  desktop.stopped.resolve()
  await vi.advanceTimersByTimeAsync(0)
  expect(desktop.app.relaunch).toHaveBeenCalledOnce()
  expect(desktop.app.exit).toHaveBeenCalledExactlyOnceWith(0)
  const unit = program({ isUnit: true })
  unit.quit.end('relaunch')
  unit.stopped.resolve()
  await vi.advanceTimersByTimeAsync(0)
  expect(unit.app.relaunch).not.toHaveBeenCalled()
  expect(unit.app.exit).toHaveBeenCalledExactlyOnceWith(75)
})
