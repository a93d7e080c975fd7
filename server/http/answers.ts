import type { Request, RequestHandler, Response } from 'express'
import type { Table } from '../../contract/hub.ts'
import type { Encoding } from '../threads/messages.ts'
import { told } from './timing.ts'

/** A finished response, kept until one of the tables it was read from changes. */
export type KeptAnswer = {
  bytes: Uint8Array
  encoding: Encoding
  reads: readonly Table[]
  version: number
  route: string
  rows: number
}

export type AnswersOptions = {
  /** Bytes of responses kept at most; 0 keeps none. */
  maxBytes: number
  /** Number of the newest commit that touched one of these tables. */
  version: (tables: readonly Table[]) => number
  /** Distinguishes this start of the hub from earlier ones in entity tags. */
  bootId: string
}

export type Answers = ReturnType<typeof createAnswers>

const BIGGEST_SHARE = 8

/**
 * Keeps finished responses by (scope, URL, encoding) and answers repeated reads from memory, or with
 * 304 when the client has the same commit already.
 */
export function createAnswers({ maxBytes, version, bootId }: AnswersOptions) {
  // A Map iterates in order of insertion; a hit is moved to its end, so the first one is the oldest.
  const kept = new Map<string, KeptAnswer>()
  let size = 0

  function drop(key: string, answer: KeptAnswer): void {
    kept.delete(key)
    size -= answer.bytes.length
  }

  /** Whether it was kept: too big an answer is not, nor any when nothing may be. */
  function keep(key: string, answer: KeptAnswer): boolean {
    if (answer.bytes.length > maxBytes / BIGGEST_SHARE) return false
    const old = kept.get(key)
    if (old) drop(key, old)
    kept.set(key, answer)
    size += answer.bytes.length
    for (const [oldest, value] of kept) {
      if (size <= maxBytes) break
      drop(oldest, value)
    }
    return true
  }

  function fresh(key: string): KeptAnswer | undefined {
    const answer = kept.get(key)
    if (!answer) return undefined
    if (version(answer.reads) !== answer.version) {
      drop(key, answer)
      return undefined
    }
    kept.delete(key)
    kept.set(key, answer)
    return answer
  }

  /** Sends an answer, as 304 when the client holds it; `tagged` false when its commit is not known. */
  function send(req: Request, res: Response, answer: KeptAnswer, tagged = true): void {
    const tag = `"${bootId}-${answer.version}-${answer.encoding}"`
    if (tagged) res.setHeader('ETag', tag)
    res.setHeader('Cache-Control', 'private, no-cache')
    res.setHeader('Vary', 'Accept-Encoding')
    const told_ = told(res)
    told_.route = answer.route
    told_.rows = answer.rows
    if (tagged && holds(req.headers['if-none-match'], tag)) {
      res.statusCode = 304
      res.end()
      return
    }
    res.setHeader('Content-Type', 'application/json; charset=utf-8')
    if (answer.encoding === 'gzip') res.setHeader('Content-Encoding', 'gzip')
    res.setHeader('Content-Length', answer.bytes.length)
    res.end(req.method === 'HEAD' ? undefined : answer.bytes)
  }

  /** Answers a repeated read before it is routed. */
  const fastPath: RequestHandler = (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return next()
    const answer = fresh(keyOf(req, told(res).scope))
    if (!answer) return next()
    told(res).cache = 'hit'
    send(req, res, answer)
  }

  return { keep, send, fastPath, size: () => size }
}

/** Identity of an answer: who may see it, what was asked, how it is sent. */
export function keyOf(req: Request, scope: string): string {
  return `${scope} ${encodingOf(req)} ${req.originalUrl}`
}

export function encodingOf(req: Request): Encoding {
  const accepted = req.headers['accept-encoding']
  return accepted !== undefined && /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted)
    ? 'gzip'
    : 'identity'
}

function holds(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  return header.trim() === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === tag)
}
