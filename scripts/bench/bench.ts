import path from 'node:path'
import { heapFlags } from '../../server/host/heap-limit.ts'
import { MEMORY } from '../../server/host/memory-limits.ts'
import { ZONE, type BenchData } from './database.ts'
import type { Load, LoadResult } from './load.ts'
import { ask, start, type Started, type StartOptions } from './processes.ts'

/** One line of the table that `npm run bench` prints. */
export type Result = {
  what: string
  ours: string
  baseline: string
  ratio: string
  budget: string
  verdict: 'PASS' | 'FAIL' | 'could not run' | ''
}

/** What the rows measure with. What a row starts it also hands to `later`, which ends it after the row. */
export type Bench = {
  data: BenchData
  load(load: Load): Promise<LoadResult>
  server(options?: ServerOptions): Promise<Started>
  baseline(name: string, args: readonly string[], options?: StartOptions): Promise<Started>
  later(end: () => unknown): void
}

export type ServerOptions = StartOptions & { data?: string; args?: readonly string[] }

export type Row = (bench: Bench) => Promise<Result[]>

/** As `npm start` runs it: with its heap limits and its compiled code at hand. */
const AS_INSTALLED: StartOptions = {
  node: heapFlags(MEMORY.heaps.server),
  env: {
    NODE_COMPILE_CACHE: path.resolve(import.meta.dirname, '../../node_modules/.cache/timetrack/compiled'),
  },
}

/** Runs one row and ends everything that it began, also when it fails. */
export async function runRow(row: Row, data: BenchData): Promise<Result[]> {
  const ends: (() => unknown)[] = []
  const later = (end: () => unknown) => void ends.push(end)
  const started = async (process: Promise<Started>) => {
    const result = await process
    later(() => result.stop())
    return result
  }
  try {
    const { child: loader } = await started(start('scripts/bench/load.ts', []))
    return await row({
      data,
      later,
      load: (load) => measured(ask<LoadResult>(loader, load), load),
      server: ({ data: folder = data.folder, args = [], ...options } = {}) =>
        started(
          start('server/main.ts', ['--port', '0', '--data', folder, '--zone', ZONE, ...args], {
            ...AS_INSTALLED,
            ...options,
          }),
        ),
      baseline: (name, args, options) => started(start(`scripts/bench/baselines/${name}.ts`, args, options)),
    })
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

/** Speed counts only when every answer was right. */
async function measured(running: Promise<LoadResult>, { url, paths }: Load): Promise<LoadResult> {
  const result = await running
  if (result.failed > 0 || result.requests === 0) {
    throw new Error(`${result.failed} of ${result.requests} requests to ${url}${paths[0] ?? ''} failed`)
  }
  return result
}

export const verdict = (isFine: boolean): Result['verdict'] => (isFine ? 'PASS' : 'FAIL')

export const perSecond = (value: number) => `${value.toFixed(0)}/s`
export const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`
export const mb = (value: number) => `${value.toFixed(0)} MB`
export const times = (value: number) => `${value.toFixed(2)} ×`
