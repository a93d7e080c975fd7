import type { App, Session } from 'electron'
import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import { isOurs } from './origins.ts'
import { denyPermissions, guardContents, type Guard } from './security.ts'

const guard: Guard = { isOurs: (url) => isOurs(url, 8000), allowsDownloads: false, log: () => undefined }

function page() {
  const app = new EventEmitter()
  guardContents(app as unknown as App, guard)
  let openHandler: ((details: { url: string }) => unknown) | undefined
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: typeof openHandler) => (openHandler = handler),
  })
  app.emit('web-contents-created', {}, contents)
  const goes = (event: string, url: string) => {
    const preventDefault = vi.fn()
    contents.emit(event, { url, preventDefault })
    return preventDefault.mock.calls.length === 0
  }
  return { goes, open: (url: string) => openHandler?.({ url }) }
}

test.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('%s stays at home', (event) => {
  const { goes } = page()
  expect(goes(event, 'http://127.0.0.1:8000/kiosk')).toBe(true)
  expect(goes(event, 'http://example.invalid/?next=http://127.0.0.1:8000')).toBe(false)
  expect(goes(event, 'http://localhost:8000/')).toBe(false)
})

test('no window and no webview, not even for our own pages', () => {
  const { goes, open } = page()
  expect(open('http://127.0.0.1:8000/kiosk')).toEqual({ action: 'deny' })
  expect(goes('will-attach-webview', 'http://127.0.0.1:8000/kiosk')).toBe(false)
})

function session() {
  const handlers: Record<string, (...args: never[]) => unknown> = {}
  const set = (name: string) => (handler: (...args: never[]) => unknown) => (handlers[name] = handler)
  const double = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: set('request'),
    setPermissionCheckHandler: set('check'),
    setDevicePermissionHandler: set('device'),
    setDisplayMediaRequestHandler: set('display'),
  })
  const ask = (name: string, ...args: unknown[]) =>
    (handlers[name] as (...args: unknown[]) => unknown)(...args)
  return { double, ask }
}

test('every permission is denied', () => {
  const { double, ask } = session()
  denyPermissions(double as unknown as Session, guard)
  const answer = vi.fn()
  ask('request', {}, 'media', answer)
  expect(answer).toHaveBeenCalledExactlyOnceWith(false)
  expect(ask('check', {}, 'clipboard-read', 'http://127.0.0.1:8000')).toBe(false)
  expect(ask('device', { deviceType: 'hid' })).toBe(false)
  const share = vi.fn()
  ask('display', {}, share)
  expect(share).toHaveBeenCalledExactlyOnceWith({})
})

test('a kiosk saves no files; a desktop may save its export', () => {
  for (const allowsDownloads of [false, true]) {
    const { double } = session()
    denyPermissions(double as unknown as Session, { ...guard, allowsDownloads })
    const preventDefault = vi.fn()
    double.emit('will-download', { preventDefault })
    expect(preventDefault).toHaveBeenCalledTimes(allowsDownloads ? 0 : 1)
  }
})
