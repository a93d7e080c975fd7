import { Refusal } from '../../contract/errors.ts'
import { answerQuery, mount, type Routes } from '../http/route.ts'
import { fieldCalls } from './calls.ts'
import type { FieldServices } from './services.ts'
import { targetOf } from './targets.ts'
import { boundFromField } from './times.ts'
import { viewerOf } from '../http/viewer.ts'

export function assignmentRoutes(router: Routes, services: FieldServices): void {
  const { pool, calendar } = services

  mount(router, fieldCalls['field.assignments.list'], ({ start, end, limit }, req, res) => {
    const from = boundFromField('start', start, calendar.zone)
    const to = boundFromField('end', end, calendar.zone)
    return answerQuery(services, 'field.assignments.list', { from, to, limit }, req, res)
  })

  mount(router, fieldCalls['field.assignments.create'], async ({ event_id, ...body }, req, res) => {
    const { changed } = await pool.command(
      'assignments.set',
      {
        eventIds: [event_id],
        target: targetOf(body),
        onlyUnassigned: true,
      },
      viewerOf(res),
    )
    // 400, not 409: what the old service answered.
    if (changed.length === 0) throw new Refusal('malformed', `Event ${event_id} has an assignment already.`)
    res.status(201)
    await answerQuery(services, 'field.assignment', { event: event_id }, req, res)
  })

  mount(router, fieldCalls['field.assignments.change'], async ({ id, event_id, ...body }, req, res) => {
    await pool.command('assignments.move', { id, eventId: event_id, target: targetOf(body) }, viewerOf(res))
    await answerQuery(services, 'field.assignment', { event: event_id }, req, res)
  })
}
