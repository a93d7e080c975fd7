import type { Clock, Instant } from '../../contract/time.ts'

/** What is known of the times of one route, or of all. */
export type Times = {
  count: number
  failed: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
  maxMs: number
}

export type SlowRequest = {
  at: Instant
  method: string
  route: string
  status: number
  ms: number
  rows: number | null
}

export type RequestsReport = {
  /** Beginning of what is counted. */
  since: Instant
  perSecond: number
  all: Times
  /** Those that took the most time together first. */
  routes: (Times & { method: string; route: string })[]
  /** Newest first. */
  slow: SlowRequest[]
}

export type Requests = ReturnType<typeof createRequests>

const LOWEST_MS = 0.05
/** Steps an octave: a bucket's middle is at most 4.4 % from what fell into it. */
const STEPS = 8
/** Up to a minute; what takes longer is in the last one. */
const BUCKETS = 1 + Math.ceil(STEPS * Math.log2(60_000 / LOWEST_MS))

const SLICE_MS = 5 * 60_000
/** An hour and the slice that is being filled. */
const SLICES = 13
const SECONDS = 60
const SLOW_KEPT = 200
const DAY_MS = 24 * 3_600_000

type Slice = {
  /** Which five minutes since the beginning. */
  index: number
  counts: Uint32Array
  failed: number
  maxMs: number
  sumMs: number
}
type Series = { method: string; route: string; slices: Slice[] }

const emptySlice = (index: number): Slice => ({
  index,
  counts: new Uint32Array(BUCKETS),
  failed: 0,
  maxMs: 0,
  sumMs: 0,
})

/**
 * Times of the last hour by route, in constant work per request and bounded memory: 0.7 KB for each five
 * minutes in which a route was used. Routes are those of the contract, so there are some dozens.
 * @param elapsed milliseconds that only ever grow: a Pi sets its clock after it has started
 */
export function createRequests(clock: Clock, elapsed: () => number = () => performance.now()) {
  const known = new Map<string, Series>()
  const startedMs = elapsed()
  /** Requests in each of the last seconds, and in the one that runs. */
  const seconds = new Uint32Array(SECONDS + 1)
  let second = 0
  let slow: { sinceMs: number; request: SlowRequest }[] = []

  function sliceOf(series: Series, index: number): Slice {
    const place = index % SLICES
    const slice = (series.slices[place] ??= emptySlice(index))
    if (slice.index === index) return slice
    slice.counts.fill(0)
    return Object.assign(slice, { index, failed: 0, maxMs: 0, sumMs: 0 })
  }

  /** Seconds without a request count as well. */
  function advance(nowMs: number): void {
    const now = Math.floor((nowMs - startedMs) / 1000)
    for (let skipped = Math.max(second, now - SECONDS - 1) + 1; skipped <= now; skipped++)
      seconds[skipped % seconds.length] = 0
    second = now
  }

  function perSecond(nowMs: number): number {
    advance(nowMs)
    const running = seconds[second % seconds.length] ?? 0
    const whole = Math.min(SECONDS, second)
    // In the first second there is nothing else to go by.
    return whole === 0 ? running : (sum(seconds) - running) / whole
  }

  function timesOf(slices: readonly Slice[]): Times {
    const counts = new Uint32Array(BUCKETS)
    for (const slice of slices) {
      for (let bucket = 0; bucket < BUCKETS; bucket++)
        counts[bucket] = (counts[bucket] ?? 0) + (slice.counts[bucket] ?? 0)
    }
    const count = sum(counts)
    const maxMs = Math.max(0, ...slices.map((slice) => slice.maxMs))
    const at = (share: number) => rounded(quantile(counts, count, share, maxMs))
    return {
      count,
      failed: slices.reduce((failed, slice) => failed + slice.failed, 0),
      p50Ms: at(0.5),
      p95Ms: at(0.95),
      p99Ms: at(0.99),
      maxMs: rounded(maxMs),
    }
  }

  return {
    observe(method: string, route: string, status: number, ms: number): void {
      const nowMs = elapsed()
      const key = `${method} ${route}`
      let series = known.get(key)
      if (!series) known.set(key, (series = { method, route, slices: [] }))
      const slice = sliceOf(series, Math.floor((nowMs - startedMs) / SLICE_MS))
      const bucket = bucketOf(ms)
      slice.counts[bucket] = (slice.counts[bucket] ?? 0) + 1
      slice.sumMs += ms
      if (ms > slice.maxMs) slice.maxMs = ms
      if (status >= 500) slice.failed++
      advance(nowMs)
      const place = second % seconds.length
      seconds[place] = (seconds[place] ?? 0) + 1
    },

    remember(request: Omit<SlowRequest, 'at'>): void {
      slow.push({ sinceMs: elapsed(), request: { at: clock(), ...request } })
      if (slow.length > SLOW_KEPT) slow.shift()
    },

    report(): RequestsReport {
      const nowMs = elapsed()
      const oldest = Math.max(0, Math.floor((nowMs - startedMs) / SLICE_MS) - SLICES + 1)
      slow = slow.filter(({ sinceMs }) => nowMs - sinceMs <= DAY_MS)
      const used = [...known.values()]
        .map(({ method, route, slices }) => ({
          method,
          route,
          // A slice that nobody has used since is left in its place.
          slices: slices.filter((slice) => slice.index >= oldest),
        }))
        .filter(({ slices }) => slices.length > 0)
      const spent = (slices: readonly Slice[]) => slices.reduce((all, { sumMs }) => all + sumMs, 0)
      return {
        since: clock() - Math.round(nowMs - startedMs - oldest * SLICE_MS),
        perSecond: rounded(perSecond(nowMs)),
        all: timesOf(used.flatMap(({ slices }) => slices)),
        routes: used
          .toSorted((a, b) => spent(b.slices) - spent(a.slices))
          .map(({ method, route, slices }) => ({ method, route, ...timesOf(slices) })),
        slow: slow.map(({ request }) => request).toReversed(),
      }
    },
  }
}

function bucketOf(ms: number): number {
  if (ms <= LOWEST_MS) return 0
  return Math.min(BUCKETS - 1, 1 + Math.floor(STEPS * Math.log2(ms / LOWEST_MS)))
}

/** The middle of the bucket that holds the request at this rank; nothing is longer than the longest. */
function quantile(counts: Uint32Array, count: number, share: number, maxMs: number): number {
  const rank = Math.ceil(count * share)
  let below = 0
  for (let bucket = 0; bucket < BUCKETS - 1; bucket++) {
    below += counts[bucket] ?? 0
    if (below >= rank) return Math.min(maxMs, LOWEST_MS * 2 ** ((bucket - 0.5) / STEPS))
  }
  return maxMs
}

const sum = (counts: Uint32Array) => counts.reduce((all, one) => all + one, 0)

/** Three figures: more would only look exact. */
const rounded = (value: number) => Number(value.toPrecision(3))
