import { type VueWrapper, flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeHub } from '../../fixtures/fake-hub.ts'
import { DAY, at } from '../../fixtures/world.ts'
import { showLocale } from '../../i18n/index.ts'
import KioskView from './KioskView.vue'

let page: VueWrapper | undefined

beforeEach(async () => {
  vi.useFakeTimers()
  await showLocale('de')
})
afterEach(() => {
  page?.unmount()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** The shell, as far as the kiosk listens to it. */
function shell() {
  const listeners = new Set<(dark: boolean) => void>()
  vi.stubGlobal('timetrack', {
    onDark(listener: (dark: boolean) => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  })
  return { listeners, tell: (dark: boolean) => listeners.forEach((listener) => listener(dark)) }
}

async function show() {
  const hub = fakeHub({
    'get /api/hub': () => ({
      version: '1',
      zone: 'Europe/Berlin',
      dayStartMinutes: 0,
      now: at('12:00'),
      today: DAY,
    }),
    'get /api/users': () => ({
      items: [{ handle: 'anna', name: 'Anna', colour: 0, lastEvent: at('10:40') }],
    }),
    [`get /api/days/${DAY}/summary`]: () => ({ day: DAY, people: [] }),
    'get /health': () => ({ status: 'ok', uptimeSeconds: 60, databaseBytes: 1_000_000, version: '1' }),
  })
  vi.stubGlobal('fetch', hub.fetch)
  page = mount(KioskView, { attachTo: document.body, global: { plugins: [createPinia()] } })
  await vi.advanceTimersByTimeAsync(0)
  await flushPromises()
  hub.asked.length = 0
  return { asked: () => hub.asked.splice(0).map(({ path }) => path), page }
}

test('when the screen went dark, the next person begins at the beginning', async () => {
  const { tell } = shell()
  const { page } = await show()
  const list = page.get('.people').element
  list.scrollTop = 300
  const language = page.get<HTMLButtonElement>('.language').element
  language.focus()
  tell(true)
  expect(list.scrollTop).toBe(0)
  expect(document.activeElement).not.toBe(language)
})

test('in the dark nothing is asked; what is seen first is of now', async () => {
  const { tell } = shell()
  const { asked, page } = await show()
  tell(true)
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(asked()).toEqual([])
  tell(false)
  await vi.advanceTimersByTimeAsync(0)
  expect(page.get('.clock').text()).toBe('13:00')
  expect(asked()).toEqual(expect.arrayContaining(['/health', `/api/days/${DAY}/summary`]))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked()).toContain('/health')
})

test('a browser without the shell shows it as well; a page that is left listens no more', async () => {
  const { asked, page } = await show()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked()).toContain('/health')
  page.unmount()
  const { listeners } = shell()
  const kiosk = await show()
  expect(listeners.size).toBe(1)
  kiosk.page.unmount()
  expect(listeners.size).toBe(0)
})
