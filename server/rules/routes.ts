import type { IRouter, Response } from 'express'
import { calls, type Input } from '../../contract/calls.ts'
import { Refusal } from '../../contract/errors.ts'
import type { ApplyLine } from '../../contract/rules.ts'
import { dayRange } from '../../contract/time.ts'
import { sendStream } from '../http/download.ts'
import { mount } from '../http/route.ts'
import type { Calendar } from '../threads/define.ts'
import type { Pool } from '../threads/pool.ts'
import type { Applied, ApplyStep } from './apply.ts'
import { viewerOf } from '../http/viewer.ts'

const JSON_TYPE = 'application/json; charset=utf-8'

export function ruleRoutes(router: IRouter, pool: Pool, calendar: Calendar): void {
  mount(router, calls['rules.preview'], (input, _req, res) =>
    sendStream(res, pool.stream('rules.preview', input, viewerOf(res)), {
      type: calls['rules.preview'].produces,
    }),
  )

  mount(router, calls['rules.propose'], (input, _req, res) =>
    sendStream(res, pool.stream('rules.propose', input, viewerOf(res)), { type: JSON_TYPE }),
  )

  mount(router, calls['rules.check'], (input, _req, res) =>
    sendStream(res, pool.stream('rules.check', input, viewerOf(res)), { type: JSON_TYPE }),
  )

  const apply = applying(pool, calendar)
  mount(router, calls['rules.apply'], apply)
}

/** Applies rules a step at a time, to the end: also when whoever asked has gone. */
function applying(pool: Pool, { zone, dayStartMinutes }: Calendar) {
  let isApplying = false

  function tell(res: Response, line: ApplyLine): void {
    if (!res.writable) return
    if (!res.headersSent) {
      res.setHeader('Content-Type', calls['rules.apply'].produces)
      res.setHeader('Cache-Control', 'no-store, no-transform')
    }
    res.write(`${JSON.stringify(line)}\n`)
  }

  async function steps(first: ApplyStep, res: Response): Promise<void> {
    let step = first
    let done = 0
    for (;;) {
      // What fails at first is an ordinary error; later there is a batch to tell of.
      const applied: Applied = await pool.command('rules.applyStep', step, viewerOf(res))
      const { begun, position, isComplete } = applied
      done += applied.looked
      tell(res, { progress: { done, total: begun.total } })
      if (isComplete) {
        tell(res, { result: { batch: begun.batch, changed: begun.changed } })
        return
      }
      step = { ...step, position, begun }
    }
  }

  return async ({ from, to, rule }: Input<'rules.apply'>, _req: unknown, res: Response): Promise<void> => {
    if (isApplying)
      throw new Refusal('conflict', 'Rules are being applied already. Wait until they are through.')
    isApplying = true
    const { start } = dayRange(from, zone, dayStartMinutes)
    const { end } = dayRange(to, zone, dayStartMinutes)
    try {
      await steps({ rule: rule ?? null, position: { start, id: 0 }, to: end, begun: null }, res)
    } catch (error) {
      if (!res.headersSent || !(error instanceof Refusal)) throw error
      tell(res, { error: { code: error.code, message: error.message } })
    } finally {
      isApplying = false
    }
    res.end()
  }
}
