import type { IRouter } from 'express'
import { calls } from '../../contract/calls.ts'
import type { System } from '../../contract/system.ts'
import { mount } from '../http/route.ts'

export function systemRoutes(router: IRouter, system: () => Promise<System>): void {
  mount(router, calls['system.get'], async (_input, _req, res) => {
    const now = await system()
    res.setHeader('Cache-Control', 'no-store')
    res.json(now)
  })
}
