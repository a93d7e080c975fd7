import autocannon from 'autocannon'
import { quantile } from './stats.ts'

/**
 * The client's side, a process of its own: autocannon must not share an event loop with what it
 * measures. One request for a load at a time, by message.
 */
export type Load = {
  url: string
  /** Paths that are asked for in turn. */
  paths: string[]
  connections: number
  seconds: number
  /** Requests a second altogether, instead of as many as go. */
  rate?: number
  /** Posts window events as the tray agent sends them, each another one. */
  post?: boolean
}

export type LoadResult = { perSecond: number; p50: number; p99: number; requests: number; failed: number }

let posted = 0

function windowEvent(): string {
  const start = Date.UTC(2026, 0, 1) + posted++ * 7000
  return JSON.stringify({
    timestamp_start: new Date(start).toISOString().slice(0, -1),
    timestamp_end: new Date(start + 6500).toISOString().slice(0, -1),
    duration_seconds: 6,
    window_title: `Autodesk AutoCAD 2025 - [2417_WHN_Grundriss_EG_v${posted % 40}.dwg]`,
    process_name: 'acad.exe',
    machine_id: `WS-${posted % 22}`,
    device_id: 'windows-agent',
    user_id: 'anna',
  })
}

async function run({ url, paths, connections, seconds, rate, post }: Load): Promise<LoadResult> {
  const times: number[] = []
  const options: autocannon.Options = {
    url,
    connections,
    duration: seconds,
    ...(rate === undefined ? {} : { overallRate: rate }),
    requests: paths.map((path) => ({
      path,
      ...(post && {
        method: 'POST' as const,
        headers: { 'content-type': 'application/json' },
        setupRequest: (request: autocannon.Request) => ({ ...request, body: windowEvent() }),
      }),
    })),
  }
  // Its own histogram counts whole milliseconds, too coarse for what takes less than one.
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon(options, (error, result: autocannon.Result) => {
      if (error instanceof Error) reject(error)
      else resolve(result)
    })
    running.on('response', (_client, _status, _bytes, ms) => times.push(ms))
  })
  return {
    perSecond: times.length / result.duration,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    requests: times.length,
    failed: result.non2xx + result.errors + result.timeouts,
  }
}

process.on('message', (load: Load) => {
  run(load).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.on('disconnect', () => process.exit())
process.send?.({ kind: 'ready', port: 0 })
