import compression from 'compression'
import express, { type Express, type RequestHandler, type Router } from 'express'
import { errorHandler, unknownPath } from './errors.ts'
import { securityHeaders } from './security.ts'
import { timing, told, type TimingOptions } from './timing.ts'
import type { Answers } from './answers.ts'

export type AppOptions = TimingOptions & {
  log: { warn(fields: object, message: string): void; error(fields: object, message: string): void }
  /** Finds out who asks, before anything is answered. */
  who: RequestHandler
  answers: Answers
  /** Mounted in order; each adds the routes of one front door. */
  doors: readonly ((router: Router) => void)[]
}

/** Level 6, as the web server this replaces (seed document, item 6). */
const COMPRESSION_LEVEL = 6

/**
 * Every request's way: timed, given its headers, answered from memory when it was asked before; else
 * routed to a query or command. Assembling opens nothing.
 */
export function createApp({ who, answers, doors, log, ...timed }: AppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  // Entity tags are ours: commit numbers and file hashes, not a hash of every body.
  app.disable('etag')
  app.set('query parser', 'simple')
  app.use(timing({ ...timed, log }))
  app.use(securityHeaders)
  app.use(who)
  app.use(answers.fastPath)
  app.use(
    compression({
      level: COMPRESSION_LEVEL,
      // Answers of queries come compressed from their reader, or the client takes no gzip.
      filter: (_req, res) => !told(res).cache && isCompressible(res.getHeader('Content-Type')),
    }),
  )
  const router = express.Router({ caseSensitive: true })
  for (const door of doors) door(router)
  app.use(router)
  app.use(unknownPath)
  app.use(errorHandler(log))
  return app
}

/** Text that is computed; event streams must not wait in a compressor's buffer. */
function isCompressible(type: unknown): boolean {
  const text = String(type)
  return /json|text|javascript|xml/.test(text) && !text.startsWith('text/event-stream')
}
