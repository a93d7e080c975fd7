import type { IRouter } from 'express'
import { calls } from '../../contract/calls.ts'
import type { Clock } from '../../contract/time.ts'
import { csvFileName, sendStream } from '../http/download.ts'
import { mount } from '../http/route.ts'
import type { Calendar } from '../threads/define.ts'
import type { Pool } from '../threads/pool.ts'
import { rangeOf } from './range.ts'
import { viewerOf } from '../http/viewer.ts'

export function exportRoutes(router: IRouter, pool: Pool, calendar: Calendar, clock: Clock): void {
  mount(router, calls['export.csv'], async ({ format, ...range }, _req, res) => {
    const pieces = pool.stream('export.csv', { ...range, ...rangeOf(calendar, range), format }, viewerOf(res))
    await sendStream(res, pieces, {
      type: calls['export.csv'].produces,
      name: csvFileName(clock(), calendar.zone),
    })
  })
}
