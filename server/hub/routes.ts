import type { IRouter } from 'express'
import { calls } from '../../contract/calls.ts'
import type { Health, Hub } from '../../contract/hub.ts'
import { dayOf, formatInstant, type Clock } from '../../contract/time.ts'
import type { Metrics } from '../http/metrics.ts'
import { mount } from '../http/route.ts'
import type { Calendar } from '../threads/define.ts'

export type HubRoutes = {
  calendar: Calendar
  clock: Clock
  version: string
  metrics: Metrics
  /** Looks at the threads and files now. */
  health: () => Promise<Health>
}

export function hubRoutes(router: IRouter, { calendar, clock, version, metrics, health }: HubRoutes): void {
  mount(router, calls['hub.get'], (_input, _req, res) => {
    const now = clock()
    const hub: Hub = {
      version,
      zone: calendar.zone.name,
      dayStartMinutes: calendar.dayStartMinutes,
      now: formatInstant(now, calendar.zone),
      today: dayOf(now, calendar.zone, calendar.dayStartMinutes),
    }
    res.setHeader('Cache-Control', 'no-store')
    res.json(hub)
  })

  mount(router, calls['hub.health'], async (_input, _req, res) => {
    const state = await health()
    res.setHeader('Cache-Control', 'no-store')
    res.status(state.status === 'ok' ? 200 : 503).json(state)
  })

  mount(router, calls['hub.metrics'], async (_input, _req, res) => {
    res.setHeader('Cache-Control', 'no-store')
    res.type(metrics.contentType).send(await metrics.text())
  })
}
