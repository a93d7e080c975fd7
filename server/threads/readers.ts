import type { Viewer } from '../../contract/access.ts'
import { Refusal } from '../../contract/errors.ts'
import type { Table } from '../../contract/hub.ts'
import type { Encoding, ReaderAnswer, ReaderRequest } from './messages.ts'
import { refusalOf } from './refusal.ts'
import { startThread, type Thread, type ThreadOptions } from './thread.ts'

export type QueryAnswer = { bytes: Uint8Array<ArrayBuffer>; reads: readonly Table[]; rows: number }

type Job = {
  request: Extract<ReaderRequest, { id: number }>
  resolve(answer: QueryAnswer): void
  reject(error: unknown): void
  /** Streams stay with the reader that began them and are not begun again elsewhere. */
  stream?: { chunk(bytes: Uint8Array, done: boolean): void }
  /** When its reader counts as hung; Infinity while nothing is to be done for it. */
  dueAt: number
  retried?: boolean
}

type Slot = { thread: Thread; jobs: Map<number, Job> }

/**
 * Queries a reader holds at once: one it works on, one so that it never waits for the next. Pieces of
 * streams come in between: they are short, and their clients may take their time.
 */
const DEPTH = 2
/** Streams open at once: each has a connection of its own. */
const STREAM_LIMIT = 16
/** Requests that may wait before more are refused. */
const QUEUE_LIMIT = 2000
const GIVEN_UP = 'The hub had to give this request up. Send it again.'

export type ReadersOptions = {
  count: number
  /** Longest time a query, or one piece of a stream, may take before its reader counts as hung. */
  timeoutMs: number
  thread: Pick<ThreadOptions, 'data' | 'heapMb'>
  onLost(name: string, reason: string): void
  onCorrupt(): void
}

export type Readers = ReturnType<typeof startReaders>

/**
 * Reader threads behind one queue. A request goes to the reader with the least to do. When a reader
 * ends or hangs, the request it was working on fails with 503, those behind it move on to another.
 */
export function startReaders(options: ReadersOptions) {
  let nextId = 1
  let streamsOpen = 0
  const queue: Job[] = []
  const waitingForReady: (() => void)[] = []
  const slots: Slot[] = []
  for (let index = 0; index < options.count; index++) slots.push(startSlot(`reader ${index + 1}`))
  const watch = setInterval(killHung, Math.min(500, options.timeoutMs / 2)).unref()

  function startSlot(name: string): Slot {
    const jobs = new Map<number, Job>()
    const thread = startThread({
      name,
      entry: 'reader',
      ...options.thread,
      onMessage: (message) => receive(slot, message as ReaderAnswer),
      onLost: (reason) => {
        options.onLost(name, reason)
        abandon(slot)
      },
      onReady: () => {
        for (const resolve of waitingForReady.splice(0)) resolve()
        dispatch()
      },
    })
    const slot = { thread, jobs }
    return slot
  }

  /** The request being worked on fails; those behind it get one more try on another reader. */
  function abandon(slot: Slot): void {
    const jobs = [...slot.jobs.values()]
    const culprit = workedOn(slot)
    slot.jobs.clear()
    for (const job of jobs) {
      const isPing = job.request.kind === 'ping'
      if (job === culprit || job.stream || job.retried || isPing) job.reject(new Refusal('busy', GIVEN_UP))
      else queue.unshift({ ...job, retried: true })
    }
    dispatch()
  }

  /** What a reader is busy with: it takes requests in the order in which they became due. */
  function workedOn(slot: Slot): Job | undefined {
    return due(slot).reduce<Job | undefined>(
      (first, job) => (first && first.dueAt <= job.dueAt ? first : job),
      undefined,
    )
  }

  const due = (slot: Slot) => [...slot.jobs.values()].filter((job) => job.dueAt !== Infinity)
  const hasRoom = ({ thread, jobs }: Slot) =>
    thread.state === 'ok' && [...jobs.values()].filter((job) => !job.stream).length < DEPTH

  function killHung(): void {
    const now = performance.now()
    for (const slot of slots) {
      const job = workedOn(slot)
      if (job && job.dueAt < now && slot.thread.state === 'ok') slot.thread.kill('a query took too long')
    }
  }

  function dispatch(): void {
    while (queue.length > 0) {
      const free = slots.filter(hasRoom)
      const slot = free.reduce<Slot | undefined>(
        (best, next) => (best && due(best).length <= due(next).length ? best : next),
        undefined,
      )
      const job = slot && queue.shift()
      if (!slot || !job) return
      slot.jobs.set(job.request.id, job)
      job.dueAt = performance.now() + options.timeoutMs
      slot.thread.post(job.request)
    }
  }

  function receive(slot: Slot, message: ReaderAnswer): void {
    if (!('id' in message)) return
    const job = slot.jobs.get(message.id)
    if (!job) return
    if (message.kind === 'chunk') {
      // A stream waits for its client between pieces: it is not due until it is pulled again.
      job.dueAt = Infinity
      if (message.done) slot.jobs.delete(message.id)
      beginNext(slot)
      job.stream?.chunk(message.bytes, message.done)
      return
    }
    finish(slot, message.id)
    if (message.kind === 'answer') job.resolve(message)
    else if (message.kind === 'pong') job.resolve({ bytes: new Uint8Array(0), reads: [], rows: 0 })
    else {
      if (message.failure.corrupt) options.onCorrupt()
      job.reject(refusalOf(message.failure))
    }
  }

  function finish(slot: Slot, id: number): void {
    slot.jobs.delete(id)
    beginNext(slot)
  }

  /** The reader turns to what waited behind: its time counts from now. */
  function beginNext(slot: Slot): void {
    const late = performance.now() + options.timeoutMs - (workedOn(slot)?.dueAt ?? 0)
    for (const job of slot.jobs.values()) job.dueAt += late // keeps their order, and Infinity what it is
    dispatch()
  }

  function enqueue(request: Job['request'], stream?: Job['stream']): Promise<QueryAnswer> {
    if (queue.length >= QUEUE_LIMIT)
      return Promise.reject(new Refusal('busy', 'The hub is busy. Send again.'))
    return new Promise((resolve, reject) => {
      queue.push({ request, resolve, reject, dueAt: Infinity, ...(stream && { stream }) })
      dispatch()
    })
  }

  function query(name: string, input: unknown, viewer: Viewer, encoding: Encoding): Promise<QueryAnswer> {
    return enqueue({ kind: 'query', id: nextId++, name, input, viewer, encoding })
  }

  /** Pieces of a stream; the next one is computed while the client takes this one. */
  async function* stream(
    name: string,
    input: unknown,
    viewer: Viewer,
  ): AsyncGenerator<Uint8Array, void, void> {
    if (streamsOpen >= STREAM_LIMIT) throw new Refusal('busy', 'Too many exports at once. Send again.')
    streamsOpen++
    const id = nextId++
    const arrived: { bytes: Uint8Array; done: boolean }[] = []
    let wake = () => {}
    let failure: Error | undefined
    enqueue(
      { kind: 'stream', id, name, input, viewer },
      {
        chunk: (bytes, done) => {
          arrived.push({ bytes, done })
          wake()
        },
      },
    ).catch((error: unknown) => {
      failure = error instanceof Error ? error : new Error(String(error))
      wake()
    })
    let done = false
    try {
      while (!done) {
        if (arrived.length === 0 && !failure) await new Promise<void>((resolve) => (wake = resolve))
        if (failure) throw failure
        const piece = arrived.shift()
        if (!piece) continue
        done = piece.done
        if (!done) pull(id)
        if (piece.bytes.length > 0) yield piece.bytes
      }
    } finally {
      streamsOpen--
      if (!done) cancel(id)
    }
  }

  function slotOf(id: number): Slot | undefined {
    return slots.find((slot) => slot.jobs.has(id))
  }

  function pull(id: number): void {
    const slot = slotOf(id)
    const job = slot?.jobs.get(id)
    if (!slot || !job) return
    job.dueAt = performance.now() + options.timeoutMs
    slot.thread.post({ kind: 'pull', id })
  }

  function cancel(id: number): void {
    const slot = slotOf(id)
    const waiting = queue.findIndex((job) => job.request.id === id)
    if (waiting >= 0) queue.splice(waiting, 1)
    if (!slot) return
    slot.thread.post({ kind: 'cancel', id })
    finish(slot, id)
  }

  return {
    query,
    stream,
    /** Whether each reader answers within `deadlineMs`. */
    ping: (deadlineMs: number) =>
      Promise.all(
        slots.map(async (slot, index) => ({
          name: `reader ${index + 1}`,
          ok: slot.thread.state === 'ok' && (await answersPing(slot, nextId++, deadlineMs)),
        })),
      ),
    ready: async () => {
      while (slots.some((slot) => slot.thread.state !== 'ok')) {
        await new Promise<void>((resolve) => waitingForReady.push(resolve))
      }
    },
    threads: (): readonly Thread[] => slots.map(({ thread }) => thread),
    get queued() {
      return queue.length
    },
    async close(deadlineMs: number) {
      clearInterval(watch)
      await Promise.all(slots.map((slot) => slot.thread.close(deadlineMs)))
    },
  }

  /** Straight to one reader, past the queue: a full queue is not a dead thread. */
  function answersPing(slot: Slot, id: number, deadlineMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        slot.jobs.delete(id)
        resolve(false)
      }, deadlineMs)
      const settle = (ok: boolean) => () => {
        clearTimeout(timer)
        resolve(ok)
      }
      slot.jobs.set(id, {
        request: { kind: 'ping', id },
        resolve: settle(true),
        reject: settle(false),
        dueAt: Infinity,
      })
      slot.thread.post({ kind: 'ping', id })
    })
  }
}
