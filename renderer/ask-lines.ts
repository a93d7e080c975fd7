import type { Request } from '../contract/calls.ts'
import type { ApplyLine, PreviewLine } from '../contract/rules.ts'
import { ApiError, type LineRoute, read, refusalOf, requestOf } from './api.ts'

type Lines = { 'rules.preview': PreviewLine; 'rules.apply': ApplyLine }

/**
 * Asks what the hub answers line by line as it goes, and yields each line. `signal` ends it, on both sides.
 * @throws ApiError, also when the answer breaks off
 */
export async function* askLines<R extends LineRoute>(
  route: R,
  request: Request<R>,
  signal?: AbortSignal,
): AsyncGenerator<Lines[R], void> {
  const { address, init } = requestOf(route, request)
  try {
    const response = await fetch(address, signal ? { ...init, signal } : init)
    if (!response.ok || response.body === null) throw refusalOf(response, read(await response.text()))
    for await (const line of linesOf(response.body)) yield JSON.parse(line) as Lines[R]
  } catch (error) {
    if (error instanceof ApiError) throw error
    throw new ApiError('offline', error instanceof Error ? error.message : String(error))
  }
}

async function* linesOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string, void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      const lines = (rest + value).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line !== '') yield line
    }
    if (rest !== '') yield rest
  } finally {
    // Whoever stopped reading wants no more of it.
    await reader.cancel().catch(() => undefined)
  }
}
