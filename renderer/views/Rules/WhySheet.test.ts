import { type VueWrapper, flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Why } from '../../../contract/rules.ts'
import { Refused, fakeHub } from '../../fixtures/fake-hub.ts'
import { PROJECTS } from '../../fixtures/world.ts'
import { showLocale } from '../../i18n/index.ts'
import WhySheet from './WhySheet.vue'

let sheet: VueWrapper

beforeEach(() => showLocale('de'))
afterEach(() => {
  sheet.unmount()
  vi.unstubAllGlobals()
})

async function show(answer: () => unknown) {
  vi.stubGlobal(
    'fetch',
    fakeHub({ 'get /api/events/7/why': answer, 'get /api/projects': () => ({ items: PROJECTS }) }).fetch,
  )
  const routes = [{ path: '/app/rules/:rule?', name: 'rules', component: { template: '' } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push('/app/rules')
  sheet = mount(WhySheet, {
    props: { event: 7 },
    attachTo: document.body,
    global: { plugins: [createPinia(), router] },
  })
  await flushPromises()
}

const said = () => sheet.find('.why').text().replaceAll(/\s+/g, ' ')
const links = () => sheet.findAll('a').map((link) => link.attributes('href'))

const MATCH = { condition: 'titleContains', wanted: 'whn', text: '<b>2417_WHN</b>', match: 'WHN' }
const RULE: NonNullable<Why['rule']> = {
  id: 3,
  version: 2,
  name: 'Werkhalle',
  user: null,
  conditions: { titleContains: 'whn' },
  target: { projectId: 1, milestoneId: 10, activity: null, commentTemplate: null },
  removed: false,
  latestVersion: 2,
  matches: [MATCH],
}
const now = (id: number, name: string) => ({ id, name, version: 1, matches: [MATCH] })

test('a rule is named with what of the event it went by, marked and nothing but text', async () => {
  await show(() => ({ by: 'rule', rule: RULE, now: [now(3, 'Werkhalle')] }))
  expect(said()).toBe(
    'Regel „Werkhalle“Werkhalle Nord · AusführungsplanungTitel enthält whn<b>2417_WHN</b>Version 2, seitdem unverändert.Zur Regel',
  )
  expect(sheet.findAll('mark').map((mark) => mark.text())).toEqual(['WHN'])
  expect(links()).toEqual(['/app/rules/3'])
})

test('one that was changed since, or is gone, says so; and which would act today', async () => {
  await show(() => ({ by: 'rule', rule: { ...RULE, latestVersion: 4 }, now: [now(5, 'Statik')] }))
  expect(said()).toContain('Das war Version 2; seitdem wurde sie geändert und ist jetzt Version 4.')
  expect(said()).toContain('Heute würde gelten: Statik')
  sheet.unmount()
  await show(() => ({ by: 'rule', rule: { ...RULE, removed: true }, now: [] }))
  expect(said()).toContain('Diese Regel gibt es nicht mehr.')
  expect(links()).toEqual([])
})

test.each([
  ['manual', 'Von Hand zugeordnet.'],
  ['import', 'Kam mit einem Import.'],
  ['rule', 'Eine Regel, die es nicht mehr gibt.'],
  [null, 'Noch nicht zugeordnet.'],
] as const)('what %s assigned says so', async (by, expected) => {
  await show(() => ({ by, rule: null, now: [] }))
  expect(said()).toBe(expected)
})

test('what is open says which rule would take it, and why', async () => {
  await show(() => ({ by: null, rule: null, now: [now(5, 'Statik')] }))
  expect(said()).toBe('Noch nicht zugeordnet.Titel enthält whn<b>2417_WHN</b>Passen würde jetzt: Statik')
})

test('a hub that does not answer can be asked again', async () => {
  let isSilent = true
  await show(() => {
    if (isSilent) throw new Refused(503, 'busy')
    return { by: 'manual', rule: null, now: [] }
  })
  expect(said()).toContain('Das lässt sich gerade nicht sagen: Der Hub ist gerade überlastet.')
  isSilent = false
  await sheet.find('.failure button').trigger('click')
  await flushPromises()
  expect(said()).toBe('Von Hand zugeordnet.')
})
