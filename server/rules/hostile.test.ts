import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Event } from '../../contract/events.ts'
import type { Rule } from '../../contract/rule.ts'
import { RULE_LIMITS } from '../../contract/rule-limits.ts'
import type { RuleFindings } from '../../contract/rules.ts'
import { makeProject, makeRule, recordOne } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
let project: number
beforeAll(async () => {
  world = await startWorld()
  project = await makeProject(world, { name: 'Halle' })
})
afterAll(() => world.close())

const assignmentOf = async (id: number) => ((await world.get(`/api/events/${id}`)).json as Event).assignment

describe('a comment template', () => {
  test.each(['=cmd|"/c calc"!A1', '@SUM(1+1)', '+1+cmd', '-2+3', '＝1+1'])(
    'that makes a formula is a text in the export: %j',
    async (formula) => {
      const word = `Formel ${formula.length} ${formula.codePointAt(0)}`
      const target = { projectId: project, commentTemplate: `${formula} {title}` }
      await makeRule(world, { conditions: { titleContains: word }, target })
      const id = await recordOne(world, { title: word, app: 'x' })
      const comment = `${formula} ${word}`
      expect((await assignmentOf(id))?.comment).toBe(comment)
      const csv = (await world.get('/api/export/csv')).bytes.toString()
      const cell =
        csv
          .split('\r\n')
          .find((line) => line.includes(word))
          ?.slice(-comment.length - 10) ?? ''
      expect(cell).toContain(`'${formula.slice(0, 2).replaceAll('"', '""')}`)
    },
  )

  test('cannot be given a formula by a title', async () => {
    await makeRule(world, {
      conditions: { titleContains: 'HYPERLINK' },
      target: { projectId: project, commentTemplate: '{title}' },
    })
    await recordOne(world, { title: '=HYPERLINK("http://x")', app: 'x' })
    const csv = (await world.get('/api/export/csv')).bytes.toString()
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")",x,Halle`)
    expect(csv).not.toMatch(/(?:^|,|")=HYPERLINK/m)
  })

  test('keeps markup as the text it is', async () => {
    const markup = '<img src=x onerror=alert(1)> &amp; %s'
    await makeRule(world, {
      conditions: { titleContains: 'Markup' },
      target: { projectId: project, commentTemplate: `${markup} {title}` },
    })
    const id = await recordOne(world, { title: 'Markup <b>', app: 'x' })
    expect((await assignmentOf(id))?.comment).toBe(`${markup} Markup <b>`)
  })
})

describe('ten thousand rules', () => {
  const COUNT = RULE_LIMITS.rules
  const rule = (index: number) => ({
    name: `Regel ${index}`,
    priority: 0,
    enabled: true,
    user: null,
    conditions: { titleContains: `Vorgang ${index};`, app: 'acad' },
    target: { project: 'Halle', milestone: null, activity: null, commentTemplate: null },
  })
  const file = (rules: object[]) => ({ format: 'timetrack-rules', version: 1, rules })
  const ofAll = async () => ((await world.get('/api/rules')).json as { items: Rule[] }).items

  beforeAll(async () => {
    for (const { id } of await ofAll()) await world.send(`/api/rules/${id}`, { method: 'DELETE' })
    const answer = await world.call(
      'POST',
      '/api/rules/import',
      file(Array.from({ length: COUNT }, (_, index) => rule(index))),
    )
    expect(answer.json).toEqual({ created: COUNT, changed: 0, unchanged: 0 })
  }, 60_000)

  test('each find their events', async () => {
    for (const index of [0, 7, 4999, COUNT - 1]) {
      const id = await recordOne(world, { title: `Vorgang ${index}; Plan`, app: 'acad.exe' })
      expect(
        world.rows(
          `SELECT r.name FROM assignments a JOIN assignment_rules r ON r.id = a.rule_id WHERE a.event_id = ${id}`,
        ),
      ).toEqual([{ name: `Regel ${index}` }])
    }
    expect(
      await assignmentOf(await recordOne(world, { title: 'Vorgang 4; Plan', app: 'revit.exe' })),
    ).toBeNull()
  })

  test('are as many as there may be', async () => {
    const more = { name: 'Eine mehr', conditions: { app: 'x' }, target: { projectId: project } }
    expect(await world.call('POST', '/api/rules', more)).toMatchObject({
      status: 409,
      json: { error: { message: `There are ${COUNT} rules at most.` } },
    })
    expect(
      (await world.call('POST', '/api/rules/import', file([{ ...rule(0), name: 'Eine mehr' }]))).status,
    ).toBe(409)
    expect(await ofAll()).toHaveLength(COUNT)
  })

  test('are put in order by one request, and checked', async () => {
    const ids = (await ofAll()).map(({ id }) => id).reverse()
    const answer = await world.call('PUT', '/api/rules/order', { ids })
    expect((answer.json as { items: Rule[] }).items.map(({ id }) => id)).toEqual(ids)
    const findings = (await world.get('/api/rules/check')).json as RuleFindings
    expect(findings.used).toHaveLength(COUNT)
    expect(findings.shadowed).toEqual([])
  })
})
