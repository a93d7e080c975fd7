import type { IRouter, Response } from 'express'
import { calls } from '../../contract/calls.ts'
import type { LiveChange } from '../../contract/hub.ts'
import { mount } from '../http/route.ts'
import type { Pool } from '../threads/pool.ts'

/** Comments that keep proxies and dead connections honest. */
const HEARTBEAT_MS = 20_000
/** A browser that does not read this many bytes is dropped; it reconnects and reads afresh. */
const BACKLOG_LIMIT = 64 * 1024
/** Open pages at most; a kiosk, some PCs and phones are a dozen. */
const CLIENT_LIMIT = 200

export type Live = { mount: (router: IRouter) => void; clients: () => number; close: () => void }

/** Tells browsers over server-sent events which tables a commit touched; they read again what they show. */
export function createLive(pool: Pick<Pool, 'onCommit' | 'commits'>): Live {
  const clients = new Set<Response>()

  function send(text: string): void {
    for (const client of clients) {
      if (client.writableLength > BACKLOG_LIMIT) client.destroy()
      else client.write(text)
    }
  }

  const stopListening = pool.onCommit((commit, tables) => {
    const change: LiveChange = { commit, tables: [...tables] }
    send(`event: change\ndata: ${JSON.stringify(change)}\n\n`)
  })
  const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS).unref()

  return {
    mount(router) {
      mount(router, calls['hub.live'], (_input, req, res) => {
        if (clients.size >= CLIENT_LIMIT) {
          res.status(503).json({ error: { code: 'busy', message: 'Too many open pages.' } })
          return
        }
        res.writeHead(200, {
          'Content-Type': 'text/event-stream',
          'Cache-Control': 'no-cache, no-transform',
          'X-Accel-Buffering': 'no',
        })
        if (req.method === 'HEAD') {
          res.end()
          return
        }
        res.write(`retry: 2000\nevent: hello\ndata: ${JSON.stringify({ commit: pool.commits() })}\n\n`)
        clients.add(res)
        req.once('close', () => clients.delete(res))
      })
    },
    clients: () => clients.size,
    close() {
      clearInterval(heartbeat)
      stopListening()
      for (const client of clients) client.end()
      clients.clear()
    },
  }
}
