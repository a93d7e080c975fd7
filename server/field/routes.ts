import { Router as createRouter, type Response, type Router } from 'express'
import type { Refusal } from '../../contract/errors.ts'
import { csvFileName, sendStream } from '../http/download.ts'
import { errorHandler } from '../http/errors.ts'
import { readFile } from '../http/input.ts'
import { mount } from '../http/route.ts'
import { assignmentRoutes } from './assignment-routes.ts'
import { fieldCalls } from './calls.ts'
import { eventRoutes } from './event-routes.ts'
import { projectRoutes } from './project-routes.ts'
import { ruleRoutes } from './rule-routes.ts'
import type { FieldServices } from './services.ts'
import { sessionRoutes } from './session-routes.ts'
import { boundFromField } from './times.ts'
import { viewerOf } from '../http/viewer.ts'

/** The front door of existing clients: the same services, in the old service's words and errors. */
export function fieldRoutes(parent: Router, services: FieldServices): void {
  const router = createRouter({ caseSensitive: true })
  eventRoutes(router, services)
  projectRoutes(router, services)
  assignmentRoutes(router, services)
  sessionRoutes(router, services)
  ruleRoutes(router, services)
  transferRoutes(router, services)
  router.use(errorHandler(services.log, sendDetail))
  parent.use(router)
}

function transferRoutes(router: Router, { pool, calendar, clock }: FieldServices): void {
  mount(
    router,
    fieldCalls['field.export'],
    async ({ start, end, source_type, include_private }, _req, res) => {
      const pieces = pool.stream(
        'export.csv',
        {
          from: boundFromField('start', start, calendar.zone),
          to: boundFromField('end', end, calendar.zone),
          source: source_type,
          includePrivate: include_private,
          format: 'field',
        },
        viewerOf(res),
      )
      await sendStream(res, pieces, {
        type: 'text/csv; charset=utf-8',
        name: csvFileName(clock(), calendar.zone),
      })
    },
  )

  mount(router, fieldCalls['field.import'], async (_input, req, res) => {
    const { counts } = await pool.command('import.apply', { bytes: readFile(req) }, viewerOf(res))
    res.json({
      projects_created: counts.projectsCreated,
      projects_updated: counts.projectsUpdated,
      milestones_created: counts.milestonesCreated,
      milestones_updated: counts.milestonesUpdated,
    })
  })
}

/** What the old service calls a field that a command refuses under our name. */
const FIELD_NAMES: Record<string, string> = { 'target.milestoneId': 'milestone_id' }

/** FastAPI's shape: a list of places and messages for invalid fields, else a sentence. */
function sendDetail(res: Response, refusal: Refusal): void {
  const { fields } = refusal
  const detail =
    refusal.code === 'invalid' && fields
      ? Object.entries(fields).map(([field, msg]) => ({
          loc: ['body', ...(FIELD_NAMES[field] ?? field).split('.')],
          msg,
          type: 'value_error',
        }))
      : refusal.message
  res.status(refusal.status).json({ detail })
}
