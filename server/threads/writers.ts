import type { Viewer } from '../../contract/access.ts'
import { Refusal } from '../../contract/errors.ts'
import { TABLES, type Table } from '../../contract/hub.ts'
import type { WriterAnswer } from './messages.ts'
import { refusalOf } from './refusal.ts'
import { startThread, type ThreadOptions } from './thread.ts'

type Job = { resolve(result: unknown): void; reject(error: unknown): void }

/** Commands that may wait for the writer before more are refused. */
const QUEUE_LIMIT = 10_000

export type WriterOptions = {
  /** Longest time without a commit while commands wait, before the writer counts as hung. */
  timeoutMs: number
  thread: Pick<ThreadOptions, 'data' | 'heapMb'>
  onCommit(tables: readonly Table[]): void
  onLost(name: string, reason: string): void
  onCorrupt(): void
}

export type Writer = ReturnType<typeof startWriter>

/**
 * The writer thread and the commands that wait for it. When it ends, what was sent to it and not
 * acknowledged fails with 503 (it may or may not be on disk: clients repeat it with the same key);
 * what comes after waits for its successor.
 */
export function startWriter(options: WriterOptions) {
  let nextId = 1
  let lastProgress = performance.now()
  const sent = new Map<number, Job>()
  const waiting: { message: { id: number }; job: Job }[] = []
  const waitingForReady: (() => void)[] = []

  const thread = startThread({
    name: 'writer',
    entry: 'writer',
    ...options.thread,
    onMessage: (message) => receive(message as WriterAnswer),
    onLost: (reason) => {
      options.onLost('writer', reason)
      const lost = [...sent.values()]
      sent.clear()
      for (const job of lost)
        job.reject(
          new Refusal(
            'busy',
            'The hub lost its writer before it could answer. Send again with the same key.',
          ),
        )
      // The lost thread may have committed without saying so: nothing kept is known to be fresh.
      options.onCommit(TABLES)
    },
    onReady: () => {
      for (const { message, job } of waiting.splice(0)) post(message, job)
      for (const resolve of waitingForReady.splice(0)) resolve()
    },
  })
  const watch = setInterval(killHung, Math.min(500, options.timeoutMs / 2)).unref()

  function killHung(): void {
    if (performance.now() - lastProgress < options.timeoutMs) return
    if (thread.state === 'ok' && sent.size > 0) thread.kill('a commit took too long')
    // No new writer came up: better an answer than a client that waits for ever.
    for (const { job } of waiting.splice(0))
      job.reject(new Refusal('busy', 'The hub has no writer. Send again.'))
  }

  function post(message: { id: number }, job: Job): void {
    if (sent.size + waiting.length === 0) lastProgress = performance.now()
    if (thread.state !== 'ok') {
      waiting.push({ message, job })
      return
    }
    sent.set(message.id, job)
    thread.post(message)
  }

  function receive(message: WriterAnswer): void {
    lastProgress = performance.now()
    if (message.kind === 'pong') settle(message.id, (job) => job.resolve(undefined))
    if (message.kind !== 'committed') return
    // Tables first, answers after: who is told "stored" and reads again, reads the new state.
    if (message.tables.length > 0) options.onCommit(message.tables)
    for (const answer of message.answers) {
      if ('result' in answer) settle(answer.id, (job) => job.resolve(answer.result))
      else {
        if (answer.failure.corrupt) options.onCorrupt()
        settle(answer.id, (job) => job.reject(refusalOf(answer.failure)))
      }
    }
  }

  function settle(id: number, with_: (job: Job) => void): void {
    const job = sent.get(id)
    sent.delete(id)
    if (job) with_(job)
  }

  function request(message: { id: number; kind: string }): Promise<unknown> {
    if (sent.size + waiting.length >= QUEUE_LIMIT)
      return Promise.reject(new Refusal('busy', 'The hub is busy. Send again.'))
    return new Promise((resolve, reject) => post(message, { resolve, reject }))
  }

  return {
    command: (name: string, input: unknown, viewer: Viewer): Promise<unknown> => {
      const message = { kind: 'command', id: nextId++, name, input, viewer }
      return request(message)
    },
    async ping(deadlineMs: number): Promise<boolean> {
      if (thread.state !== 'ok') return false
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), deadlineMs)))
      const pong = request({ kind: 'ping', id: nextId++ }).then(
        () => true,
        () => false,
      )
      return Promise.race([pong, late]).finally(() => clearTimeout(timer))
    },
    ready: async () => {
      while (thread.state !== 'ok') await new Promise<void>((resolve) => waitingForReady.push(resolve))
    },
    thread,
    get queued() {
      return sent.size + waiting.length
    },
    async close(deadlineMs: number) {
      clearInterval(watch)
      await thread.close(deadlineMs)
    },
  }
}
