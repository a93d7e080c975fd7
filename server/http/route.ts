import type { IRouter, Request, RequestHandler, Response } from 'express'
import type { Access } from '../../contract/access.ts'
import type { Call, InputOf } from '../../contract/call.ts'
import { refusalFor } from '../access/rights.ts'
import type { Pool } from '../threads/pool.ts'
import { encodingOf, keyOf, type Answers } from './answers.ts'
import { bodyReader, readInput } from './input.ts'
import { told } from './timing.ts'
import { viewerOf } from './viewer.ts'

/** What features that add routes know of Express. */
export type Routes = IRouter
export type { Request, RequestHandler, Response }

export type Services = { pool: Pool; answers: Answers }

type Handler<C extends Call> = (input: InputOf<C>, req: Request, res: Response) => Promise<void> | void

/** Lets in who may, and gives the route its name in figures and log. */
export function guard(route: string, access: Access): RequestHandler {
  return (_req, res, next) => {
    told(res).route = route
    const { viewer, standing } = told(res)
    const refusal = refusalFor(access, viewer, standing)
    if (refusal) throw refusal
    next()
  }
}

/** Mounts one call: who may make it, its body read, its input validated, its route known to timing and log. */
export function mount<C extends Call>(router: IRouter, call: C, handle: Handler<C>): void {
  const answer: RequestHandler = async (req, res) => {
    await handle(readInput(call, req), req, res)
  }
  router[call.method](call.path, guard(call.path, call.access), ...bodyReader(call), answer)
}

type QueryName = Parameters<Pool['query']>[0]

/**
 * Answers with a query's bytes, straight from its reader, and keeps them for the next who asks; `never` those
 * that the clock makes stale.
 */
export async function answerQuery(
  { pool, answers }: Services,
  name: QueryName,
  input: unknown,
  req: Request,
  res: Response,
  keep: 'until changed' | 'never' = 'until changed',
): Promise<void> {
  const encoding = encodingOf(req)
  const before = pool.commits()
  const { bytes, reads, rows } = await pool.query(name, input, viewerOf(res), encoding)
  const version = pool.version(reads)
  const answer = { bytes, encoding, reads, version, route: told(res).route ?? '', rows }
  told(res).cache = 'miss'
  // Else a commit to its tables came in between: the answer is right and nobody can say of which commit.
  const known = keep !== 'never' && version <= before && (req.method === 'GET' || req.method === 'HEAD')
  const kept = known && answers.keep(keyOf(req, told(res).scope), answer)
  // Bytes handed over by a reader count as external memory: left to the collector, they make it run a
  // full collection every few hundred answers, and that is the tail of the response times.
  if (!kept) res.once('finish', () => void bytes.buffer.transfer(0))
  answers.send(req, res, answer, known)
}
