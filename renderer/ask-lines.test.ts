import { afterEach, expect, test, vi } from 'vitest'
import { ApiError } from './api.ts'
import { askLines } from './ask-lines.ts'
import { Refused, fakeHub } from './fixtures/fake-hub.ts'

afterEach(() => vi.unstubAllGlobals())

const RANGE = { from: '2026-11-01', to: '2026-11-24' }

function answer(make: (signal: AbortSignal | null | undefined) => Response) {
  vi.stubGlobal('fetch', async (_address: string, init: RequestInit) => make(init.signal))
}

/** A body that sends these texts, one after the other, and then what `end` does. */
function body(texts: string[], end: (sender: ReadableStreamDefaultController) => void, ended = () => {}) {
  const encoder = new TextEncoder()
  const waiting = [...texts]
  return new ReadableStream({
    pull(sender) {
      const text = waiting.shift()
      if (text === undefined) end(sender)
      else sender.enqueue(encoder.encode(text))
    },
    cancel: ended,
  })
}

async function all(lines: AsyncGenerator<unknown>): Promise<unknown[]> {
  const read = []
  for await (const line of lines) read.push(line)
  return read
}

test('lines come as they are, however the answer is cut', async () => {
  answer(
    () => new Response(body(['{"pro', 'gress":{"done":1,"total":2}}\n{"result"', ':"ü"}'], (s) => s.close())),
  )
  expect(await all(askLines('rules.preview', RANGE))).toEqual([
    { progress: { done: 1, total: 2 } },
    { result: 'ü' },
  ])
})

test('a letter that is cut in two is one letter', async () => {
  const bytes = new TextEncoder().encode('{"result":"ü"}\n')
  const pieces = [bytes.slice(0, 12), bytes.slice(12)]
  answer(
    () =>
      new Response(
        new ReadableStream({
          pull: (sender) => {
            const piece = pieces.shift()
            if (piece) sender.enqueue(piece)
            else sender.close()
          },
        }),
      ),
  )
  expect(await all(askLines('rules.preview', RANGE))).toEqual([{ result: 'ü' }])
})

test('a refusal keeps what it says about the fields', async () => {
  const hub = fakeHub({
    'post /api/rules/preview': () => {
      throw new Refused(422, 'invalid', { 'conditions.titleRegex': 'no' })
    },
  })
  vi.stubGlobal('fetch', hub.fetch)
  await expect(all(askLines('rules.preview', RANGE))).rejects.toMatchObject({
    code: 'invalid',
    fields: { 'conditions.titleRegex': 'no' },
  })
})

test('an answer that breaks off is a hub that does not answer', async () => {
  answer(() => new Response(body(['{"progress":{"done":1,"total":2}}\n'], (s) => s.error(new Error('gone')))))
  const lines = askLines('rules.apply', RANGE)
  expect((await lines.next()).value).toEqual({ progress: { done: 1, total: 2 } })
  const failure = await lines.next().catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ApiError)
  expect(failure).toMatchObject({ code: 'offline' })
})

test('whoever stops reading calls the answer off', async () => {
  const ended = vi.fn()
  answer(() => new Response(body(['{"progress":{"done":1,"total":2}}\n'], () => {}, ended)))
  for await (const line of askLines('rules.preview', RANGE)) {
    expect(line).toHaveProperty('progress')
    break
  }
  expect(ended).toHaveBeenCalledOnce()
})

test('the signal goes to the hub', async () => {
  const controller = new AbortController()
  let sent: AbortSignal | null | undefined
  answer((signal) => {
    sent = signal
    return new Response('{"result":1}\n')
  })
  await all(askLines('rules.preview', RANGE, controller.signal))
  expect(sent).toBe(controller.signal)
})
