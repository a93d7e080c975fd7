import { flushCompileCache } from 'node:module'

/** The first requests come first: a first start has some 0.4 s to write. */
const AFTER_MS = 2000

/**
 * Keeps what this thread's sources were compiled to (`NODE_COMPILE_CACHE`). Node does so when a process ends by
 * itself; one that is killed, or whose plug is pulled, would leave it to the next start to compile it all again.
 */
export function keepCompiled(): void {
  setTimeout(flushCompileCache, AFTER_MS).unref()
}
