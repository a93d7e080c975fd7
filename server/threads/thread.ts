import { Worker } from 'node:worker_threads'
import type { ThreadData } from './messages.ts'

export type ThreadState = 'starting' | 'ok' | 'down'

export type ThreadOptions = {
  name: string
  entry: 'reader' | 'writer'
  data: ThreadData
  /** Heap of the thread in MB; beyond it the thread ends and is replaced. */
  heapMb: number
  onMessage(message: unknown): void
  /** The thread ended without being asked to; a new one is on its way. */
  onLost(reason: string): void
  onReady(): void
}

export type Thread = {
  readonly name: string
  readonly state: ThreadState
  readonly restarts: number
  /** Why it was replaced the last time. */
  readonly lastReason: string | null
  post(message: unknown, transfer?: ArrayBuffer[]): void
  /** Ends a thread that hangs; `onLost` follows and a new one starts. */
  kill(reason: string): void
  /** Asks it to end itself and waits; after `deadlineMs` it is ended. */
  close(deadlineMs: number): Promise<void>
}

/** Under type stripping the entry is the source, in a bundle its JavaScript. */
function entryUrl(name: string): URL {
  return new URL(import.meta.url.endsWith('.ts') ? `./${name}.ts` : `./${name}.js`, import.meta.url)
}

const FIRST_DELAY_MS = 10
const LONGEST_DELAY_MS = 5000
/** A thread that lived this long starts again at once when it ends. */
const HEALTHY_MS = 60_000

/** A worker thread that is replaced when it ends, at once the first time, then with growing delay. */
export function startThread(options: ThreadOptions): Thread {
  let state: ThreadState = 'starting'
  let worker: Worker
  let restarts = 0
  let delay = FIRST_DELAY_MS
  let closing = false
  let reason = ''
  let lastReason: string | null = null
  let startedAt = 0

  function start(): void {
    state = 'starting'
    startedAt = performance.now()
    reason = ''
    worker = new Worker(entryUrl(options.entry), {
      name: options.name,
      workerData: options.data,
      resourceLimits: { maxOldGenerationSizeMb: options.heapMb, maxYoungGenerationSizeMb: 16 },
    })
    worker.on('message', receive)
    worker.on('error', (error) => (reason ||= error instanceof Error ? error.message : String(error)))
    worker.on('exit', lost)
  }

  function receive(message: { kind: string }): void {
    if (message.kind === 'ready') {
      state = 'ok'
      options.onReady()
    } else options.onMessage(message)
  }

  function lost(code: number): void {
    state = 'down'
    if (closing) return
    restarts++
    if (performance.now() - startedAt > HEALTHY_MS) delay = FIRST_DELAY_MS
    lastReason = reason || `ended with code ${code}`
    options.onLost(lastReason)
    setTimeout(() => !closing && start(), delay).unref()
    delay = Math.min(delay * 4, LONGEST_DELAY_MS)
  }

  async function close(deadlineMs: number): Promise<void> {
    closing = true
    if (state === 'down') return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => void worker.terminate(), deadlineMs)
      worker.once('exit', () => {
        clearTimeout(timer)
        resolve()
      })
      worker.postMessage({ kind: 'close' })
    })
  }

  start()
  return {
    name: options.name,
    get lastReason() {
      return lastReason
    },
    get state() {
      return state
    },
    get restarts() {
      return restarts
    },
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    kill(why) {
      reason = why
      void worker.terminate()
    },
    close,
  }
}
