import type { RuleConditions } from '../../contract/rule.ts'
import { answerQuery, mount, type Routes } from '../http/route.ts'
import { fieldCalls } from './calls.ts'
import { inFieldWords, ruleFromField, ruleToField } from './rule-wire.ts'
import type { FieldServices } from './services.ts'
import { viewerOf } from '../http/viewer.ts'

export function ruleRoutes(router: Routes, services: FieldServices): void {
  const { pool } = services

  mount(router, fieldCalls['field.rules.list'], (_input, req, res) =>
    answerQuery(services, 'field.rules.list', {}, req, res),
  )

  mount(router, fieldCalls['field.rules.create'], async (body, _req, res) => {
    const fields = ruleFromField(body)
    res
      .status(201)
      .json(ruleToField(await inFieldWords(() => pool.command('rules.create', fields, viewerOf(res)))))
  })

  mount(router, fieldCalls['field.rules.change'], async ({ id, ...body }, _req, res) => {
    const { bytes } = await pool.query('field.rule.conditions', { id }, viewerOf(res))
    const fields = ruleFromField(body, JSON.parse(new TextDecoder().decode(bytes)) as RuleConditions)
    res.json(
      ruleToField(await inFieldWords(() => pool.command('rules.change', { id, ...fields }, viewerOf(res)))),
    )
  })

  mount(router, fieldCalls['field.rules.remove'], async ({ id }, _req, res) => {
    await pool.command('rules.remove', { id }, viewerOf(res))
    res.status(204).end()
  })
}
