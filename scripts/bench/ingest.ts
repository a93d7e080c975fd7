import { ZONE } from './database.ts'
import { perSecond, times, verdict, type Bench, type Result, type Row } from './bench.ts'
import { canSlowSync, type Started } from './processes.ts'
import { compare, inTurns } from './stats.ts'

const CLIENTS = 50
const BUDGET = 0.6
const SLOW_BUDGET = 10
const SLOW_SYNC_MS = 10
const TURNS = 10
const SECONDS = 2

/** Single events from many clients: what syncing costs, and what sharing a sync is worth where it is slow. */
export const ingest: Row = async (bench) => {
  return [...(await syncedOrNot(bench)), await whereSyncsAreSlow(bench)]
}

function hub(bench: Bench, synchronous: string, slowSyncMs?: number): Promise<Started> {
  const copy = bench.data.copy()
  bench.later(() => copy.remove())
  return bench.server({
    data: copy.folder,
    args: ['--synchronous', synchronous],
    ...(slowSyncMs !== undefined && { slowSyncMs }),
  })
}

function posting(bench: Bench, { url }: Started, seconds = SECONDS) {
  return async () =>
    (await bench.load({ url, paths: ['/events/window'], connections: CLIENTS, seconds, post: true }))
      .perSecond
}

async function syncedOrNot(bench: Bench): Promise<Result[]> {
  const full = await hub(bench, 'FULL')
  const normal = await hub(bench, 'NORMAL')
  const off = await hub(bench, 'OFF')
  const sides = (ours: Started, seconds?: number) => ({
    ours: posting(bench, ours, seconds),
    baseline: posting(bench, off, seconds),
  })
  await inTurns(1, sides(full, 2))
  await inTurns(1, sides(normal, 2))
  const results: Result[] = []
  for (const [name, server] of [
    ['FULL', full],
    ['NORMAL', normal],
  ] as const) {
    const { ours, baseline, ratio } = compare(await inTurns(TURNS, sides(server)), (side) => side)
    results.push({
      what: `ingest, ${CLIENTS} clients, synchronous ${name} against OFF`,
      ours: perSecond(ours),
      baseline: perSecond(baseline),
      ratio: times(ratio),
      budget: name === 'FULL' ? `≥ ${BUDGET} ×` : '',
      verdict: name === 'FULL' ? verdict(ratio >= BUDGET) : '',
    })
  }
  for (const server of [full, normal, off]) await server.stop()
  return results
}

async function whereSyncsAreSlow(bench: Bench): Promise<Result> {
  const what = `  where a sync takes ${SLOW_SYNC_MS} ms longer, against a transaction a request`
  const budget = `≥ ${SLOW_BUDGET} ×`
  if (!canSlowSync()) {
    return { what, ours: '', baseline: 'needs strace', ratio: '', budget, verdict: 'could not run' }
  }
  const ours = await hub(bench, 'FULL', SLOW_SYNC_MS)
  const copy = bench.data.copy()
  bench.later(() => copy.remove())
  const baseline = await bench.baseline('insert', [copy.file, ZONE], { slowSyncMs: SLOW_SYNC_MS })
  const sides = (seconds?: number) => ({
    ours: posting(bench, ours, seconds),
    baseline: posting(bench, baseline, seconds),
  })
  await inTurns(1, sides(2))
  const result = compare(await inTurns(4, sides()), (side) => side)
  return {
    what,
    ours: perSecond(result.ours),
    baseline: perSecond(result.baseline),
    ratio: times(result.ratio),
    budget,
    verdict: verdict(result.ratio >= SLOW_BUDGET),
  }
}
