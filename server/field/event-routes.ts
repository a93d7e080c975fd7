import { answerQuery, mount, type Routes } from '../http/route.ts'
import { fieldCalls } from './calls.ts'
import type { FieldServices } from './services.ts'
import { phoneRecording, windowRecording } from './recordings.ts'
import { boundFromField } from './times.ts'
import { eventToField } from './wire.ts'
import { viewerOf } from '../http/viewer.ts'

export function eventRoutes(router: Routes, services: FieldServices): void {
  const { pool, calendar, clock } = services
  const { zone } = calendar

  mount(router, fieldCalls['field.events.list'], (query, req, res) => {
    const filter = {
      from: boundFromField('start', query.start, zone),
      to: boundFromField('end', query.end, zone),
      user: query.user_id,
      source: query.source_type,
      limit: query.limit,
      offset: query.offset,
    }
    return answerQuery(services, 'field.events.list', filter, req, res)
  })

  mount(router, fieldCalls['field.events.window'], async (body, _req, res) => {
    const row = await pool.command('events.record', windowRecording(body, zone, clock), viewerOf(res))
    res.status(201).json(eventToField(row, zone))
  })

  mount(router, fieldCalls['field.events.phone'], async (body, _req, res) => {
    const row = await pool.command('events.record', phoneRecording(body, zone, clock), viewerOf(res))
    res.status(201).json(eventToField(row, zone))
  })

  mount(router, fieldCalls['field.events.change'], async ({ id, is_private }, req, res) => {
    await pool.command('events.change', { eventIds: [id], set: { private: is_private } }, viewerOf(res))
    await answerQuery(services, 'field.event', { id }, req, res)
  })
}
