import type { Viewer } from '../../contract/access.ts'
import type { Table } from '../../contract/hub.ts'
import type { Synchronous } from '../../db/open.ts'
import type { Commands } from './commands.ts'
import type { Encoding } from './messages.ts'
import type { Queries, Streams } from './queries.ts'
import { startReaders, type QueryAnswer } from './readers.ts'
import { startWriter } from './writers.ts'

export type PoolOptions = {
  file: string
  zone: string
  dayStartMinutes: number
  synchronous: Synchronous
  /** Reader threads; two suit a Pi 5's four cores (the seed's "2 workers"). */
  readers: number
  heapMb: { reader: number; writer: number }
  timeoutMs: { query: number; commit: number }
  log: { warn(fields: object, message: string): void }
}

type InputOf<T> = T extends { prepare(context: never): (input: infer I, viewer: never) => unknown }
  ? I
  : never
type OutputOf<T> = T extends { prepare(context: never): (input: never, viewer: never) => infer O } ? O : never

export type CommandInput<K extends keyof Commands> = InputOf<Commands[K]>

export type Pool = {
  query: <K extends keyof Queries>(
    name: K,
    input: InputOf<Queries[K]>,
    viewer: Viewer,
    encoding?: Encoding,
  ) => Promise<QueryAnswer>
  command: <K extends keyof Commands>(
    name: K,
    input: CommandInput<K>,
    viewer: Viewer,
  ) => Promise<OutputOf<Commands[K]>>
  stream: <K extends keyof Streams>(
    name: K,
    input: InputOf<Streams[K]>,
    viewer: Viewer,
  ) => AsyncGenerator<Uint8Array, void, void>
  /** Number of the newest commit. */
  commits: () => number
  /** Number of the newest commit that touched one of these tables. */
  version: (tables: readonly Table[]) => number
  onCommit: (listener: (commit: number, tables: readonly Table[]) => void) => () => void
  ping: (deadlineMs: number) => Promise<Record<string, 'ok' | 'down'>>
  ready: () => Promise<void>
  threads: () => { name: string; restarts: number; lastReason: string | null }[]
  stats: () => {
    readerRestarts: number
    writerRestarts: number
    readsQueued: number
    writesQueued: number
    corrupt: boolean
  }
  close: (deadlineMs: number) => Promise<void>
}

/** The threads behind the HTTP side: it never runs SQL itself (DESIGN section 2). */
export function startPool(options: PoolOptions): Pool {
  const { file, zone, dayStartMinutes, synchronous } = options
  const data = { file, zone, dayStartMinutes, synchronous }
  const versions = new Map<Table, number>()
  const listeners = new Set<(commit: number, tables: readonly Table[]) => void>()
  let commits = 0
  let corrupt = false

  const shared = {
    onLost: (thread: string, reason: string) => options.log.warn({ thread, reason }, 'Thread replaced'),
    onCorrupt: () => (corrupt = true),
  }
  const readers = startReaders({
    ...shared,
    count: options.readers,
    timeoutMs: options.timeoutMs.query,
    thread: { data, heapMb: options.heapMb.reader },
  })
  const writer = startWriter({
    ...shared,
    timeoutMs: options.timeoutMs.commit,
    thread: { data, heapMb: options.heapMb.writer },
    onCommit: (tables) => {
      commits++
      for (const table of tables) versions.set(table, commits)
      for (const listener of listeners) listener(commits, tables)
    },
  })

  return {
    query: (name, input, viewer, encoding = 'identity') => readers.query(name, input, viewer, encoding),
    command: <K extends keyof Commands>(name: K, input: CommandInput<K>, viewer: Viewer) =>
      writer.command(name, input, viewer) as Promise<OutputOf<Commands[K]>>,
    stream: (name, input, viewer) => readers.stream(name, input, viewer),
    commits: () => commits,
    version: (tables) => tables.reduce((newest, table) => Math.max(newest, versions.get(table) ?? 0), 0),
    onCommit(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async ping(deadlineMs) {
      const [reads, writes] = await Promise.all([readers.ping(deadlineMs), writer.ping(deadlineMs)])
      const all = [...reads, { name: 'writer', ok: writes }]
      return Object.fromEntries(all.map(({ name, ok }) => [name, ok ? ('ok' as const) : ('down' as const)]))
    },
    ready: async () => {
      await Promise.all([readers.ready(), writer.ready()])
    },
    threads: () =>
      [...readers.threads(), writer.thread].map(({ name, restarts, lastReason }) => ({
        name,
        restarts,
        lastReason,
      })),
    stats: () => ({
      readerRestarts: readers.threads().reduce((sum, { restarts }) => sum + restarts, 0),
      writerRestarts: writer.thread.restarts,
      readsQueued: readers.queued,
      writesQueued: writer.queued,
      corrupt,
    }),
    async close(deadlineMs) {
      await readers.close(deadlineMs)
      await writer.close(deadlineMs)
    },
  }
}
