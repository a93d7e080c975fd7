import type { WebContents } from 'electron'
import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { careForPage } from './page-care.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function page() {
  const contents = Object.assign(new EventEmitter(), {
    forcefullyCrashRenderer: vi.fn(() =>
      contents.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 }),
    ),
    setZoomFactor: vi.fn(),
  })
  const [onFailed, onLoaded] = [vi.fn(), vi.fn()]
  careForPage(contents as unknown as WebContents, {
    onFailed,
    onLoaded,
    hangMs: 10_000,
    log: () => undefined,
  })
  return { contents, onFailed, onLoaded }
}

test.each(['crashed', 'oom', 'killed', 'memory-eviction', 'launch-failed'])(
  'a page that is %s is lost',
  (reason) => {
    const { contents, onFailed } = page()
    contents.emit('render-process-gone', {}, { reason, exitCode: 1 })
    expect(onFailed).toHaveBeenCalledOnce()
  },
)

test('a clean end is none', () => {
  const { contents, onFailed } = page()
  contents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 })
  expect(onFailed).not.toHaveBeenCalled()
})

test('a page that hangs gets ten seconds', () => {
  const { contents, onFailed } = page()
  contents.emit('unresponsive')
  vi.advanceTimersByTime(9000)
  contents.emit('responsive')
  vi.advanceTimersByTime(60_000)
  expect(contents.forcefullyCrashRenderer).not.toHaveBeenCalled()
  contents.emit('unresponsive')
  vi.advanceTimersByTime(10_000)
  expect(contents.forcefullyCrashRenderer).toHaveBeenCalledOnce()
  expect(onFailed).toHaveBeenCalledOnce()
})

test('a page that cannot be loaded is lost, a frame or a replaced navigation is not', () => {
  const { contents, onFailed, onLoaded } = page()
  contents.emit('did-fail-load', {}, -3, 'ERR_ABORTED', 'http://127.0.0.1:8000/kiosk', true)
  contents.emit('did-fail-load', {}, -102, 'ERR_CONNECTION_REFUSED', 'http://127.0.0.1:8000/x', false)
  expect(onFailed).not.toHaveBeenCalled()
  contents.emit('did-fail-load', {}, -102, 'ERR_CONNECTION_REFUSED', 'http://127.0.0.1:8000/kiosk', true)
  expect(onFailed).toHaveBeenCalledExactlyOnceWith('the page could not be loaded (ERR_CONNECTION_REFUSED)')
  contents.emit('did-finish-load')
  expect(onLoaded).toHaveBeenCalledOnce()
  expect(contents.setZoomFactor).toHaveBeenCalledExactlyOnceWith(1)
})
