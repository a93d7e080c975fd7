import type { WebContents } from 'electron'
import { expect, test, vi } from 'vitest'
import { channels, type ShellState } from '../contract/bridge.ts'
import { answerPage, tellPage } from './bridge.ts'
import { isOurs, SPLASH_ORIGIN } from './origins.ts'

type Handler = (event: object, value?: unknown) => unknown

const hub = 'http://127.0.0.1:8000'

function main() {
  const handlers = new Map<string, Handler>()
  const add = (channel: string, handler: Handler) => void handlers.set(channel, handler)
  const contents = {} as WebContents
  const [startAgain, touched, darkened] = [vi.fn(), vi.fn(), vi.fn()]
  answerPage({
    ipc: { handle: add, on: add } as unknown as Parameters<typeof answerPage>[0]['ipc'],
    contents,
    isOurs: (origin) => isOurs(origin, 8000),
    info: { version: '1.2.3', kiosk: true },
    state: (): ShellState => ({ step: 'ready' }),
    startAgain,
    touched,
    darkened,
    log: () => undefined,
  })
  const send = (
    channel: string,
    value?: unknown,
    { sender = contents, origin = hub, parent = null as object | null, gone = false } = {},
  ) => handlers.get(channel)?.({ sender, senderFrame: gone ? null : { origin, parent } }, value)
  return { send, startAgain, touched, darkened }
}

test('our page is answered', () => {
  const { send } = main()
  expect(send(channels.info)).toEqual({ version: '1.2.3', kiosk: true })
  expect(send(channels.state)).toEqual({ step: 'ready' })
  expect(send(channels.state, undefined, { origin: SPLASH_ORIGIN })).toEqual({ step: 'ready' })
})

test.each([
  ['another window', { sender: {} as WebContents }],
  ['a frame in our page', { parent: {} }],
  ['a frame that is gone', { gone: true }],
  ['another origin', { origin: 'http://localhost:8000' }],
  ['an opaque origin', { origin: 'null' }],
])('%s is refused', (_who, from) => {
  const { send, touched, darkened } = main()
  for (const channel of [channels.info, channels.state, channels.startAgain]) {
    expect(() => send(channel, undefined, from)).toThrow('not for this page')
  }
  send(channels.touched, { woke: true }, from)
  send(channels.darkened, true, from)
  expect(touched).not.toHaveBeenCalled()
  expect(darkened).not.toHaveBeenCalled()
})

test('only the splash page may start again', () => {
  const { send, startAgain } = main()
  expect(() => send(channels.startAgain)).toThrow()
  send(channels.startAgain, undefined, { origin: SPLASH_ORIGIN })
  expect(startAgain).toHaveBeenCalledOnce()
})

test('what does not fit is left out', () => {
  const { send, touched, darkened } = main()
  for (const value of [undefined, null, 'yes', 1, {}, { woke: 'yes' }]) {
    send(channels.touched, value)
    send(channels.darkened, value)
  }
  expect(touched).not.toHaveBeenCalled()
  expect(darkened).not.toHaveBeenCalled()
  send(channels.touched, { woke: false, more: 1 })
  expect(touched).toHaveBeenCalledExactlyOnceWith({ woke: false })
})

test('a page without a process is told nothing', () => {
  const send = vi.fn()
  const page = (isDestroyed: boolean, isCrashed: boolean) =>
    ({ isDestroyed: () => isDestroyed, isCrashed: () => isCrashed, send }) as unknown as WebContents
  tellPage(page(true, false), 'a', 1)
  tellPage(page(false, true), 'a', 1)
  expect(send).not.toHaveBeenCalled()
  tellPage(page(false, false), 'a', 1)
  expect(send).toHaveBeenCalledExactlyOnceWith('a', 1)
})
