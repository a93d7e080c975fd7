import type { Router } from 'express'
import { calls } from '../../contract/calls.ts'
import type { Call } from '../../contract/call.ts'
import type { UndoStepped } from '../assignments/undo.ts'
import { readFile } from './input.ts'
import { answerQuery, mount, type Services } from './route.ts'
import { viewerOf } from './viewer.ts'

const QUERIES = [
  'people.list',
  'devices.list',
  'events.list',
  'events.get',
  'days.get',
  'days.summary',
  'users.list',
  'projects.list',
  'batches.list',
  'export.preview',
  'rules.list',
  'rules.export',
  'assignments.why',
  'sessions.preview',
  'sessions.progress',
  'settings.get',
  'suggestions.ofDay',
  'weeks.get',
  'attendance.who',
  'corrections.list',
] as const

/** Answers that change as time passes: never kept. */
const OF_NOW = ['attendance.now', 'attendance.days'] as const

const COMMANDS = [
  'people.create',
  'people.change',
  'devices.change',
  'devices.remove',
  'events.create',
  'events.change',
  'entries.create',
  'assignments.set',
  'rules.create',
  'rules.change',
  'rules.remove',
  'rules.reorder',
  'rules.import',
  'sessions.split',
  'sessions.merge',
  'settings.change',
  'projects.create',
  'projects.change',
  'projects.remove',
  'milestones.create',
  'milestones.change',
  'milestones.remove',
  'punches.create',
  'punches.undo',
  'work.switch',
  'corrections.create',
  'corrections.decide',
  'corrections.withdraw',
] as const

/** Calls that are nothing but their query or command, which has the call's own id. */
export function apiRoutes(router: Router, services: Services): void {
  for (const id of QUERIES) {
    mount<Call>(router, calls[id], (input, req, res) => answerQuery(services, id, input, req, res))
  }
  for (const id of OF_NOW) {
    mount<Call>(router, calls[id], (input, req, res) => answerQuery(services, id, input, req, res, 'never'))
  }
  for (const id of COMMANDS) {
    const call: Call = calls[id]
    mount(router, call, async (input, _req, res) => {
      const result = await services.pool.command(id, input as never, viewerOf(res))
      if (call.status === 204) res.status(204).end()
      else res.status(call.status ?? 200).json(result)
    })
  }
  mount(router, calls['batches.undo'], async ({ id }, _req, res) => {
    const [restored, left]: [number[], number[]] = [[], []]
    let after: number | null = 0
    while (after !== null) {
      const step: UndoStepped = await services.pool.command('batches.undo', { id, after }, viewerOf(res))
      restored.push(...step.restored)
      left.push(...step.left)
      after = step.next
    }
    res.json({ batch: id, restored, left })
  })
  mount<Call>(router, calls['import.preview'], (_input, req, res) =>
    answerQuery(services, 'import.preview', { bytes: readFile(req) }, req, res),
  )
  mount<Call>(router, calls['import.apply'], async (_input, req, res) => {
    res.json(await services.pool.command('import.apply', { bytes: readFile(req) }, viewerOf(res)))
  })
}
