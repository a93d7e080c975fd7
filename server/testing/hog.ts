import { isMainThread } from 'node:worker_threads'

/**
 * Preloaded by tests alone into a server that is to run out of memory (`hogging` in supervised.ts): nothing of
 * the product imports it, so no build contains it.
 */

/** `heap`: more and more, until V8 ends the process. `outside`: so many MB where no heap limit looks. */
export type Hogging =
  { kind: 'debug'; allocate: 'heap' } | { kind: 'debug'; allocate: 'outside'; megabytes: number }

const held: unknown[] = []

function take(message: { kind: 'ping' } | Hogging): void {
  if (message.kind !== 'debug') return
  // Filled: the kernel only gives pages that are written to.
  if (message.allocate === 'outside') held.push(Buffer.alloc(message.megabytes * 1024 * 1024, 1))
  else fillHeap()
}

/** In small steps: what is asked in between is still answered, as by a server that leaks. */
function fillHeap(): void {
  held.push(Array.from({ length: 50_000 }, (_, n) => ({ n })))
  setImmediate(fillHeap)
}

if (isMainThread) process.on('message', take)
