import { type VueWrapper, flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { System } from '../../../contract/system.ts'
import { Refused, fakeHub } from '../../fixtures/fake-hub.ts'
import { makeSystem, yesterday } from '../../fixtures/system.ts'
import { at } from '../../fixtures/world.ts'
import { showLocale } from '../../i18n/index.ts'
import SystemView from './SystemView.vue'

let page: VueWrapper
let isHidden = false

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  isHidden = false
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => isHidden)
  await showLocale('de')
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

async function show(answer: () => unknown) {
  const hub = fakeHub({ 'get /api/system': answer })
  vi.stubGlobal('fetch', hub.fetch)
  page = mount(SystemView, { attachTo: document.body })
  await flushPromises()
  return hub
}

/** Lets `ms` go by, and answers arrive. */
async function wait(ms: number) {
  await vi.advanceTimersByTimeAsync(ms)
  await flushPromises()
}

async function turn(hidden: boolean) {
  isHidden = hidden
  document.dispatchEvent(new Event('visibilitychange'))
  await flushPromises()
}

async function click(text: string) {
  await page
    .findAll('button')
    .find((button) => button.text() === text)
    ?.trigger('click')
  await flushPromises()
}

const answers = () => page.findAll('.answer').map((answer) => answer.text().replaceAll(/\s+/g, ' '))

test('it answers the three questions with one figure each', async () => {
  await show(() => makeSystem())
  expect(answers()).toEqual([
    'Geht es dem Hub gut?Jakein Problem bekannt',
    'Braucht er zu viel Speicher?412 MBvon 900 MB, zusammenalles unter seinen Grenzen',
    'Ist etwas langsam?12 msfür 95 % der Anfragenkeine über 500 ms in 24 Stunden1,3 Anfragen pro Sekunde',
  ])
  expect(page.text()).toContain('TimeTrack 1.0.0, seit 3 Stunden')
  expect(page.text()).toContain('Keiner, seit 3 Stunden')
})

test('memory stands against its caps, with what is in force', async () => {
  await show(() => makeSystem())
  const meters = page.findAll('[role=meter]').map((meter) => meter.attributes('aria-label'))
  expect(meters).toEqual([
    'Zusammen: 412 MB belegt, ersetzt ab 900 MB, beendet ab 1024 MB',
    'Server: 152 MB belegt, ersetzt ab 300 MB, beendet ab 400 MB',
    'Fenster: 128 MB belegt, ersetzt ab 450 MB, beendet ab 600 MB',
  ])
  expect(page.text()).toContain('Heap bis 216 MB, gilt')
  expect(page.text()).toContain('Heap bis 280 MB verlangt')
  expect(page.text()).toContain('Der Kernel begrenzt alles zusammen auf 1200 MB.')
})

test('what is wrong is said, the worst first', async () => {
  const well = makeSystem()
  await show(() =>
    makeSystem({
      host: {
        kind: 'headless',
        since: yesterday('08:00'),
        unit: { state: 'ignored' },
        restarts: {
          count: 60,
          last: [
            { at: at('11:00'), reason: 'over its memory: 420 MB, at most 400' },
            { at: yesterday('11:00'), reason: 'no answer over HTTP' },
          ],
        },
      },
      server: {
        ...well.server,
        problem: 'writer: no answer.',
        threads: [{ name: 'writer', state: 'down', restarts: 2, lastReason: 'out of memory' }],
      },
    }),
  )
  const [answer] = answers()
  expect(answer).toContain('Nein')
  expect(answer).toMatch(/Ohne Antwort: Schreib-Thread.*1 Neustart des Servers/)
  expect(page.find('.restarts').text()).toContain('60')
  expect(page.findAll('.end').map((end) => end.text())).toEqual([
    '11:00420 MB belegt, höchstens 400 MB erlaubt',
    'Mo, 23. Nov. 11:00antwortete über HTTP nicht mehr',
  ])
  expect(page.text()).toContain('2-mal ersetzt: out of memory')
  expect(page.text()).toContain('Grenzen der systemd-Unit wirken nicht')
})

test('a hub that was started by hand says so', async () => {
  const { parts } = makeSystem().memory
  const [server] = parts
  await show(() =>
    makeSystem({
      host: null,
      memory: {
        at: at('12:00'),
        totalMb: 151.6,
        cap: null,
        parts: server ? [{ ...server, cap: null, heap: null }] : [],
      },
      database: { bytes: 4096, walBytes: 0, diskFreeBytes: null, migration: null, backup: null },
    }),
  )
  expect(answers()[1]).toContain('152 MB')
  expect(page.text()).toContain('Der Server wurde von Hand gestartet.')
  expect(page.text()).toContain('noch keine')
  expect(page.find('[role=meter]').exists()).toBe(false)
})

test('slow requests and all routes are a touch away', async () => {
  const { requests } = makeSystem()
  const routes = Array.from({ length: 12 }, (_, n) => ({
    ...requests.all,
    method: 'GET',
    route: `/api/${n}`,
    failed: n === 0 ? 3 : 0,
  }))
  const slow = Array.from({ length: 7 }, (_, n) => ({
    at: at(`11:5${n}`),
    method: 'GET',
    route: '/export/csv',
    status: n === 6 ? 503 : 200,
    ms: 1400 + n,
    rows: n === 6 ? null : 10_000,
  }))
  await show(() => makeSystem({ requests: { ...requests, routes, slow: slow.toReversed() } }))
  expect(answers()[2]).toContain('7 über 500 ms in 24 Stunden')
  expect(page.findAll('tbody tr')).toHaveLength(8)
  expect(page.find('tbody tr').text()).toContain('3 Fehler')
  expect(page.findAll('.row').map((row) => row.text().replaceAll(/\s+/g, ' '))[1]).toBe(
    '11:55GET /export/csv 10.000 Zeilen1,4 s',
  )
  await click('Alle 12 zeigen')
  await click('Alle 7 zeigen')
  expect(page.findAll('tbody tr')).toHaveLength(12)
  expect(page.findAll('.row')).toHaveLength(7)
})

test('it asks again every five seconds, and not while nobody can see it', async () => {
  const hub = await show(() => makeSystem())
  expect(hub.asked).toHaveLength(1)
  await wait(5000)
  await wait(5000)
  expect(hub.asked).toHaveLength(3)
  await turn(true)
  await wait(60_000)
  expect(hub.asked).toHaveLength(3)
  await turn(false)
  expect(hub.asked).toHaveLength(4)
  await wait(5000)
  expect(hub.asked).toHaveLength(5)
  page.unmount()
  await wait(60_000)
  expect(hub.asked).toHaveLength(5)
})

test('when the hub falls silent, what was known stays, with its time', async () => {
  let isDown = false
  await show(() => {
    if (isDown) throw new Refused(503, 'busy')
    return makeSystem()
  })
  isDown = true
  await wait(5000)
  expect(page.text()).toContain('keine Antwort seit 12:00')
  expect(page.findAll('.answer')).toHaveLength(3)
  isDown = false
  await wait(5000)
  expect(page.text()).not.toContain('keine Antwort')
})

test('without any answer it says why, and tries again', async () => {
  let system: System | null = null
  await show(() => {
    if (system === null) throw new Refused(503, 'busy')
    return system
  })
  expect(page.text()).toContain('Der Hub ist gerade überlastet')
  system = makeSystem()
  await click('Erneut versuchen')
  expect(page.findAll('.answer')).toHaveLength(3)
})

test('before the first answer the places of everything are there', async () => {
  await show(() => new Promise(() => undefined))
  expect(page.find('[role=status]').attributes('aria-label')).toBe('Wird geladen')
  expect(page.findAll('.ui-skeleton').length).toBeGreaterThan(5)
})

test('in English', async () => {
  await showLocale('en')
  await show(() => makeSystem())
  expect(answers()[2]).toContain('none over 500 ms in 24 hours')
  expect(page.text()).toContain('Response times of the last hour')
})
