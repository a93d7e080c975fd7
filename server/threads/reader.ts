import { parentPort, workerData } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import type { Viewer } from '../../contract/access.ts'
import { systemClock, zone } from '../../contract/time.ts'
import { openReader, type Sqlite } from '../../db/open.ts'
import { keepCompiled } from '../keep-compiled.ts'
import type { Query, Stream } from './define.ts'
import { failureOf } from './failure.ts'
import type { ReaderAnswer, ReaderRequest, ThreadData } from './messages.ts'
import { queries, streams } from './queries.ts'

/** Bytes a stream sends per message: large enough to be cheap, small enough to let others in between. */
const CHUNK = 64 * 1024
/** Level of the web server this replaces: 6 (seed document, item 6). */
const GZIP_LEVEL = 6
/** Longest time for a piece of a stream: what is there by then is sent, and others come in between. */
const PULL_MS = 25

type Run = (input: unknown, viewer: Viewer) => unknown
type OpenStream = { parts: Iterator<string>; sql: Sqlite }

const port = parentPort
if (!port) throw new Error('reader.ts is the entry of a thread')
const data = workerData as ThreadData
const sql = openReader(data.file)
const calendar = { zone: zone(data.zone), dayStartMinutes: data.dayStartMinutes, clock: systemClock }

const prepared = new Map(
  // Names and inputs were matched by type where they were sent (pool.ts); here they are data.
  Object.entries<Query<never, unknown>>(queries).map(([name, query]) => [
    name,
    { reads: query.reads, run: query.prepare({ sql, ...calendar }) as Run },
  ]),
)
const open = new Map<number, OpenStream>()

/** UTF-8 in memory of its own, to be handed over; twice as fast as TextEncoder on a list of 40 KB. */
function encode(text: string): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text))
  bytes.write(text)
  return bytes
}

function send(message: ReaderAnswer, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer)
}

function answer({ id, name, input, viewer, encoding }: Extract<ReaderRequest, { kind: 'query' }>): void {
  const query = prepared.get(name)
  if (!query) throw new Error(`there is no query ${name}`)
  const result = query.run(input, viewer)
  const json = encode(JSON.stringify(result))
  const bytes = encoding === 'gzip' ? Uint8Array.from(gzipSync(json, { level: GZIP_LEVEL })) : json
  send({ kind: 'answer', id, bytes, reads: query.reads, rows: rowsOf(result) }, [bytes.buffer])
}

/** Rows in an answer, for the log of slow requests. */
function rowsOf(result: unknown): number {
  if (Array.isArray(result)) return result.length
  if (typeof result !== 'object' || result === null) return 1
  for (const value of Object.values(result)) if (Array.isArray(value)) return value.length
  return 1
}

function begin({ id, name, input, viewer }: Extract<ReaderRequest, { kind: 'stream' }>): void {
  const stream = new Map<string, Stream<never>>(Object.entries(streams)).get(name)
  if (!stream) throw new Error(`there is no stream ${name}`)
  const own = openReader(data.file)
  try {
    const run = stream.prepare({ sql: own, ...calendar })
    const parts = run(input as never, viewer)[Symbol.iterator]()
    open.set(id, { parts, sql: own })
  } catch (error) {
    own.close()
    throw error
  }
}

function end(id: number): void {
  const stream = open.get(id)
  if (!stream) return
  open.delete(id)
  stream.parts.return?.()
  stream.sql.close()
}

function pull(id: number): void {
  const stream = open.get(id)
  if (!stream) return
  let text = ''
  let done = false
  const until = performance.now() + PULL_MS
  while (text.length < CHUNK && performance.now() < until) {
    const part = stream.parts.next()
    if (part.done) {
      done = true
      break
    }
    text += part.value
  }
  if (done) end(id)
  const bytes = encode(text)
  send({ kind: 'chunk', id, bytes, done }, [bytes.buffer])
}

function handle(request: ReaderRequest): void {
  if (request.kind === 'query') answer(request)
  else if (request.kind === 'stream') {
    begin(request)
    pull(request.id)
  } else if (request.kind === 'pull') pull(request.id)
  else if (request.kind === 'cancel') end(request.id)
  else if (request.kind === 'ping') {
    sql.prepare('SELECT count(*) FROM users').get()
    send({ kind: 'pong', id: request.id })
  } else {
    for (const id of open.keys()) end(id)
    sql.close()
    send({ kind: 'closed' })
    port?.close()
  }
}

port.on('message', (request: ReaderRequest) => {
  try {
    handle(request)
  } catch (error) {
    if (!('id' in request)) throw error
    end(request.id)
    send({ kind: 'failed', id: request.id, failure: failureOf(error) })
  }
})
send({ kind: 'ready' })
keepCompiled()
