import type { NextFunction, Request, RequestHandler, Response } from 'express'
import type { Viewer } from '../../contract/access.ts'
import type { Standing } from '../access/rights.ts'
import type { Metrics } from './metrics.ts'
import type { Requests } from './requests.ts'

export type TimingOptions = {
  /** Requests that take longer are logged (seed document, item 4: 500 ms). */
  slowMs: number
  log: { warn(fields: object, message: string): void }
  metrics: Metrics
  requests: Requests
  /** While the hub drains, connections are closed after their answer. */
  draining: () => boolean
}

/** What later stages learn about a request, for timing, metrics and the log. */
export type Told = {
  route?: string
  rows?: number
  cache?: 'hit' | 'miss'
  viewer: Viewer
  standing: Standing
  scope: string
}

export function told(res: Response): Told {
  return res.locals as Told
}

/**
 * Puts `X-Process-Time` (seconds) and `Server-Timing` on every response, whoever sends it, counts it, and
 * logs slow ones: never with titles, numbers or names.
 */
export function timing({ slowMs, log, metrics, requests, draining }: TimingOptions): RequestHandler {
  return (req: Request, res: Response, next: NextFunction) => {
    const started = performance.now()
    const writeHead = res.writeHead.bind(res)
    // Node calls writeHead for implicit headers too, so this is the last moment to add one.
    res.writeHead = ((...args: Parameters<typeof writeHead>) => {
      const ms = performance.now() - started
      res.setHeader('X-Process-Time', (ms / 1000).toFixed(6))
      const { cache } = told(res)
      res.setHeader(
        'Server-Timing',
        cache ? `cache;desc=${cache}, total;dur=${ms.toFixed(3)}` : `total;dur=${ms.toFixed(3)}`,
      )
      if (draining()) res.setHeader('Connection', 'close')
      return writeHead(...args)
    }) as typeof writeHead
    res.once('finish', () => {
      const ms = performance.now() - started
      const { route = 'other', rows } = told(res)
      const { method } = req
      const status = res.statusCode
      metrics.observe(method, route, status, ms / 1000)
      // An event stream is open for as long as its page is: that is no time to answer.
      if (res.getHeader('Content-Type')?.toString().startsWith('text/event-stream')) return
      requests.observe(method, route, status, ms)
      if (ms <= slowMs) return
      log.warn({ method, route, status, durationMs: Math.round(ms), rows }, 'Slow request')
      requests.remember({ method, route, status, ms: Math.round(ms), rows: rows ?? null })
    })
    next()
  }
}
