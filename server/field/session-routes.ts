import { addDays, dayOf, dayRange, formatWall } from '../../contract/time.ts'
import { answerQuery, mount, type Routes } from '../http/route.ts'
import { fieldCalls } from './calls.ts'
import type { FieldServices } from './services.ts'
import { targetOf } from './targets.ts'
import { boundFromField } from './times.ts'
import { viewerOf } from '../http/viewer.ts'

/** Days that "aggregate" means when nothing else is said. */
const USUAL_DAYS = 7

/** Sessions as newer versions of the old service showed them. Here they are always up to date. */
export function sessionRoutes(router: Routes, services: FieldServices): void {
  const { pool, calendar, clock } = services
  const { zone, dayStartMinutes } = calendar

  mount(router, fieldCalls['field.sessions.list'], ({ user_id, start, end, limit, offset }, req, res) => {
    const from = boundFromField('start', start, zone)
    const to = boundFromField('end', end, zone)
    const filter = { user: user_id, from, to, limit, offset }
    return answerQuery(services, 'field.sessions.list', filter, req, res)
  })

  mount(router, fieldCalls['field.sessions.get'], ({ id }, req, res) =>
    answerQuery(services, 'field.session', { id }, req, res),
  )

  mount(router, fieldCalls['field.sessions.aggregate'], async ({ user_id, start, end }, _req, res) => {
    const today = dayOf(clock(), zone, dayStartMinutes)
    const from =
      boundFromField('start', start, zone) ??
      dayRange(addDays(today, 1 - USUAL_DAYS), zone, dayStartMinutes).start
    const to = boundFromField('end', end, zone) ?? dayRange(today, zone, dayStartMinutes).end
    const { bytes } = await pool.query('field.sessions.count', { user: user_id, from, to }, viewerOf(res))
    const { count } = JSON.parse(Buffer.from(bytes).toString()) as { count: number }
    res.status(201).json({
      sessions_created: count,
      start: formatWall(from, zone),
      end: formatWall(to, zone),
    })
  })

  mount(router, fieldCalls['field.sessions.assign'], async ({ id, ...body }, req, res) => {
    const { bytes } = await pool.query('field.session', { id }, viewerOf(res))
    const { event_ids } = JSON.parse(Buffer.from(bytes).toString()) as { event_ids: number[] }
    await pool.command(
      'assignments.set',
      {
        eventIds: event_ids,
        target: targetOf(body),
        onlyUnassigned: true,
      },
      viewerOf(res),
    )
    await answerQuery(services, 'field.session', { id }, req, res)
  })
}
