import { type VueWrapper, flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { Refused, fakeHub } from '../../fixtures/fake-hub.ts'
import { fakeLive } from '../../fixtures/live.ts'
import { makeWeek } from '../../fixtures/week.ts'
import { DAY, at } from '../../fixtures/world.ts'
import { showLocale } from '../../i18n/index.ts'
import { hush, notice } from '../../notice.ts'
import SessionsSheet from './SessionsSheet.vue'

const STORED = { gapSeconds: 300, breakSeconds: 60, smallSeconds: 120, similarity: 0.7 }

let page: VueWrapper
let changed: ReturnType<typeof fakeLive>

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  changed = fakeLive((name, value) => vi.stubGlobal(name, value))
  await showLocale('de')
  localStorage.clear()
  hush()
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const sessions = (blocks: number, small: number) =>
  Array.from({ length: blocks + small }, (_, n) => ({
    source: 'window',
    app: 'acad.exe',
    title: 'Plan',
    start: at(`08:${String(n % 60).padStart(2, '0')}`),
    end: at(`09:${String(n % 60).padStart(2, '0')}`),
    activeMs: 0,
    events: 1,
    breaks: 0,
    small: n >= blocks,
  }))

async function show(answers: Parameters<typeof fakeHub>[0] = {}) {
  const hub = fakeHub({
    'get /api/settings': () => ({ sessions: STORED }),
    'get /api/users': () => ({
      items: [{ handle: 'anna', name: 'Anna', colour: 0, lastEvent: at('18:00') }],
    }),
    'get /api/weeks/2026-11-24': () =>
      makeWeek([
        [8, 0],
        [5, 0],
      ]),
    'get /api/weeks/2026-11-17': () => makeWeek([]),
    [`get /api/days/${DAY}/sessions`]: ({ query }) => ({
      sessions: query.get('gapSeconds') === '1200' ? sessions(18, 3) : sessions(24, 5),
    }),
    'get /api/sessions/progress': () => ({ done: 10, total: 10, complete: true }),
    'patch /api/settings': ({ body }) => body,
    ...answers,
  })
  vi.stubGlobal('fetch', hub.fetch)
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: { template: '<p />' } }],
  })
  await router.push('/?user=anna')
  page = mount(SessionsSheet, { attachTo: document.body, global: { plugins: [createPinia(), router] } })
  await flushPromises()
  return hub
}

async function wait(ms: number) {
  await vi.advanceTimersByTimeAsync(ms)
  await flushPromises()
}

const fields = () => page.findAll('input').map((input) => (input.element as HTMLInputElement).value)
const preview = () => page.find('.preview').text()

async function click(text: string) {
  await page
    .findAll('button')
    .find((button) => button.text().startsWith(text))
    ?.trigger('click')
  await flushPromises()
}

test('the settings are there in minutes and percent, beside a busy day of the person', async () => {
  const hub = await show()
  expect(fields()).toEqual(['5', '1', '2', '70'])
  expect(preview()).toContain('Anna, Di, 24. Nov.')
  expect(preview()).toContain('24 Blöcke, wie jetzt')
  const [stored, wanted] = hub.asked
    .filter(({ path }) => path.endsWith('/sessions'))
    .map(({ query }) => query)
  expect(Object.fromEntries(stored ?? [])).toEqual({ user: 'anna' })
  expect(Object.fromEntries(wanted ?? [])).toEqual({
    user: 'anna',
    gapSeconds: '300',
    breakSeconds: '60',
    smallSeconds: '120',
    similarity: '0.7',
  })
})

test('what another setting would make of the day shows while it is typed', async () => {
  await show()
  await page.findAll('input')[0]?.setValue('20')
  await wait(300)
  expect(preview()).toContain('18 Blöcke statt 24')
  expect(preview()).toContain('und 3 im Kleinkram, statt 5')
  expect(page.findAll('.plot')[0]?.findAll('.bar')).toHaveLength(29)
  expect(page.findAll('.plot')[1]?.findAll('.bar')).toHaveLength(21)
})

test('what is no such length is said when the field is left, and neither previewed nor saved', async () => {
  const hub = await show()
  const before = hub.asked.length
  await page.findAll('input')[0]?.setValue('61')
  await page.findAll('input')[0]?.trigger('blur')
  await wait(300)
  expect(page.find('[role=alert]').text()).toBe('Zwischen 0,5 und 60 Minuten.')
  await page.find('form').trigger('submit')
  await flushPromises()
  expect(hub.asked).toHaveLength(before)
})

test('saving tells how far the hub is in making the blocks anew', async () => {
  let progress = { done: 10, total: 10, complete: true }
  const hub = await show({ 'get /api/sessions/progress': () => progress })
  expect(page.find('[role=progressbar]').exists()).toBe(false)
  await page.findAll('input')[0]?.setValue('20')
  progress = { done: 3000, total: 12_000, complete: false }
  await page.find('form').trigger('submit')
  await flushPromises()
  expect(hub.bodies('patch /api/settings')).toEqual([{ sessions: { ...STORED, gapSeconds: 1200 } }])
  expect(notice.value?.text).toContain('gespeichert')
  expect(page.text()).toContain('3.000 von 12.000 Ereignissen')
  expect(page.find('[role=progressbar]').attributes('aria-valuenow')).toBe('25')
  progress = { done: 12_000, total: 12_000, complete: true }
  changed('settings')
  await wait(300)
  expect(page.text()).toContain('Alle Blöcke sind nach diesen Einstellungen gebildet.')
  // What was saved is no change that leaving would ask about.
  await click('Abbrechen')
  expect(page.emitted('close')).toHaveLength(1)
})

test('the defaults come back into the fields, and are saved like others', async () => {
  const hub = await show()
  await click('Auf die Vorgaben zurück')
  expect(fields()).toEqual(['5', '1', '2', '65'])
  await page.find('form').trigger('submit')
  await flushPromises()
  expect(hub.bodies('patch /api/settings')).toEqual([{ sessions: { ...STORED, similarity: 0.65 } }])
})

test('leaving with changes asks once', async () => {
  await show()
  await page.findAll('input')[1]?.setValue('3')
  await click('Abbrechen')
  expect(page.emitted('close')).toBeUndefined()
  await click('Verwerfen')
  expect(page.emitted('close')).toHaveLength(1)
})

test('without a day to show there is still something to set', async () => {
  await show({ 'get /api/users': () => ({ items: [] }) })
  expect(preview()).toContain('Noch gibt es keinen Tag')
  expect(fields()).toHaveLength(4)
})

test('a refusal says why and keeps what was typed', async () => {
  await show({
    'patch /api/settings': () => {
      throw new Refused(507, 'disk_full')
    },
  })
  await page.findAll('input')[0]?.setValue('20')
  await page.find('form').trigger('submit')
  await flushPromises()
  expect(page.text()).toContain('Der Speicher des Hubs ist voll.')
  expect(fields()[0]).toBe('20')
})

test('settings that cannot be read are asked for again', async () => {
  let isDown = true
  await show({
    'get /api/settings': () => {
      if (isDown) throw new Refused(503, 'busy')
      return { sessions: STORED }
    },
  })
  expect(page.text()).toContain('Der Hub ist gerade überlastet')
  isDown = false
  await click('Erneut versuchen')
  expect(fields()).toHaveLength(4)
})
