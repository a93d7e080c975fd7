import { type VueWrapper, flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { parseInstant, zone } from '../../../contract/time.ts'
import { Refused, fakeHub } from '../../fixtures/fake-hub.ts'
import { type KioskState, kioskWorld } from '../../fixtures/kiosk.ts'
import { DAY, at } from '../../fixtures/world.ts'
import { shownLocale, showLocale } from '../../i18n/index.ts'
import KioskView from './KioskView.vue'

let page: VueWrapper | undefined

beforeEach(async () => {
  vi.useFakeTimers()
  vi.setSystemTime(parseInstant(at('12:00'), zone('UTC')) ?? 0)
  localStorage.clear()
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

/** The page before a hub that can go away. */
async function show(more: Partial<KioskState> = {}) {
  const world = kioskWorld(Date.now, more)
  const hub = fakeHub({
    ...world.answers,
    'get /api/hub': () => ({
      version: '1',
      zone: 'Europe/Berlin',
      dayStartMinutes: 0,
      now: new Date().toISOString(),
      today: DAY,
    }),
    'get /health': () => ({ status: 'ok', uptimeSeconds: 60, databaseBytes: 1_000_000, version: '1' }),
  })
  const line = { isDown: false }
  vi.stubGlobal('fetch', (address: string, init?: RequestInit) =>
    line.isDown ? Promise.reject(new TypeError('Failed to fetch')) : hub.fetch(address, init),
  )
  page = mount(KioskView, { attachTo: document.body, global: { plugins: [createPinia()] } })
  await settle()
  // What comes while nothing else is to do: the screens behind the idle one.
  await vi.dynamicImportSettled()
  const asked = () => hub.asked.splice(0).map(({ path }) => path)
  asked()
  return { ...world, asked, bodies: hub.bodies, line, page }
}

async function settle(ms = 0) {
  await vi.advanceTimersByTimeAsync(ms)
  await flushPromises()
}

const text = () => page?.text() ?? ''
const has = (name: string) => buttonOf(name) !== undefined
function buttonOf(name: string) {
  return page?.findAll('button').find((one) => (one.attributes('aria-label') ?? one.text()).startsWith(name))
}
async function press(name: string) {
  const button = buttonOf(name)
  if (!button) throw new Error(`no button ${name} in: ${text()}`)
  button.element.dispatchEvent(new Event('pointerdown', { bubbles: true }))
  await button.trigger('click')
  await settle()
}
async function logIn(name: string, pin: string) {
  await press(name)
  await vi.dynamicImportSettled()
  await settle()
  for (const digit of pin) await press(digit)
  await press('Anmelden')
}

/** As a reader types them, one badge after the other. */
async function badge(...codes: string[]) {
  for (const key of codes.flatMap((code) => [...code, 'Enter'])) {
    window.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }))
    await vi.advanceTimersByTimeAsync(8)
  }
  await vi.dynamicImportSettled()
  await settle()
}

test('when the screen went dark, the next person begins at the beginning', async () => {
  const { tell } = shell()
  const { page } = await show()
  const language = page.get<HTMLButtonElement>('.language').element
  language.focus()
  tell(true)
  expect(document.activeElement).not.toBe(language)
})

test('in the dark nobody stays logged in', async () => {
  const { tell } = shell()
  const { state } = await show()
  await logIn('AK', '1234')
  expect(has('Gehen')).toBe(true)
  tell(true)
  await settle()
  expect(state.loggedIn).toBeNull()
  expect(has('Gehen')).toBe(false)
})

test('in the dark nothing is asked; what is seen first is of now', async () => {
  const { tell } = shell()
  const { asked, page } = await show()
  tell(true)
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(asked()).toEqual([])
  tell(false)
  await settle()
  expect(page.get('.clock').text()).toBe('13:00')
  expect(asked()).toEqual(expect.arrayContaining(['/health', '/api/kiosk']))
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

test('idle: who is in, and nothing of what they do', async () => {
  await show()
  expect(text()).toContain('Anna')
  expect(text()).toMatch(/da seit \d\d:\d\d/)
  expect(text()).not.toMatch(/Werkhalle|\.pdf|8:00/)
})

test('a wrong PIN is one sentence, and is gone with the dots; a locked one says until when', async () => {
  const { state, bodies } = await show()
  await logIn('AK', '9999')
  expect(text()).toContain('Das hat nicht gestimmt')
  expect(page?.findAll('.full')).toHaveLength(0)
  state.lockedUntil = at('12:05')
  for (const digit of '1234') await press(digit)
  await press('Anmelden')
  expect(text()).toContain('Wieder möglich ab 12:05')
  const before = bodies('post /api/kiosk/unlock').length
  for (const digit of '1234') await press(digit)
  await press('Anmelden')
  expect(bodies('post /api/kiosk/unlock')).toHaveLength(before)
})

test('whoever has no PIN is told so', async () => {
  await show()
  await press('JW')
  await vi.dynamicImportSettled()
  await settle()
  expect(text()).toContain('Noch keine PIN')
})

test('a punch is confirmed with what it adds up to, and goes to idle by itself; nothing is left behind', async () => {
  const { state, bodies } = await show()
  await logIn('LT', '246810')
  await press('Kommen')
  expect(text()).toContain('Kommen 12:00')
  expect(text()).toContain('8:00')
  expect(text()).toContain('+1:30')
  expect(state.punches).toMatchObject([{ kind: 'in', handle: 'lars' }])
  expect(bodies('post /api/kiosk/punches')).toMatchObject([{ ticket: 'ticket-lars' }])
  await settle(10_500)
  expect(state.loggedIn).toBeNull()
  expect(text()).toContain('Ausweis hier auflegen')
  expect(localStorage.getItem('timetrack.kiosk.punches')).toBe('[]')
})

test('what was wrong is taken back, and the right button is there again', async () => {
  const { state } = await show()
  await logIn('LT', '246810')
  await press('Kommen')
  await press('Das war falsch')
  expect(state.punches).toEqual([])
  expect(has('Kommen')).toBe(true)
})

test('without a touch everybody is logged out after half a minute, whatever they were doing; a touch extends it', async () => {
  const { state } = await show()
  await logIn('AK', '1234')
  await settle(25_000)
  expect(page?.get('[role=timer]').text()).toBe('5')
  await press('Meine Woche')
  await settle(25_000)
  expect(state.loggedIn).toBe('anna')
  await settle(6_000)
  expect(state.loggedIn).toBeNull()
  expect(state.punches).toEqual([])
})

test('on leaving, the largest blocks are asked about one by one, without titles', async () => {
  const { state, bodies, asked } = await show()
  await logIn('AK', '1234')
  await press('Gehen')
  expect(state.punches).toMatchObject([{ kind: 'out' }])
  await press('OK')
  expect(text()).toContain('Tschüss, Anna. Noch 3 Blöcke?')
  expect(text()).not.toContain('.pdf')
  await press('Titel zeigen')
  expect(text()).toContain('Brandschutz_1.pdf')
  await press('Werkhalle Nord')
  expect(bodies('put /api/assignments')).toEqual([
    { eventIds: [1, 101], target: { projectId: 1, milestoneId: 11 }, onlyUnassigned: true },
  ])
  expect(text()).toContain('Noch 2 Blöcke?')
  await press('Privat')
  expect(bodies('patch /api/events')).toEqual([{ eventIds: [2, 102], set: { private: true } }])
  await press('Anderes Projekt')
  await press('Rathaus')
  expect(bodies('put /api/assignments')).toHaveLength(2)
  expect(state.loggedIn).toBeNull()
  expect(asked()).toContain('/api/logout')
})

test('what cannot be stored stays asked, with the reason', async () => {
  const { answers } = await show()
  await logIn('AK', '1234')
  await press('Gehen')
  await press('OK')
  answers['put /api/assignments'] = () => {
    throw new Refused(409, 'conflict')
  }
  vi.stubGlobal('fetch', fakeHub(answers).fetch)
  await press('Werkhalle Nord')
  expect(text()).toContain('Es passt nicht zu dem, was schon da ist.')
  expect(text()).toContain('Noch 3 Blöcke?')
  await press('Später')
  expect(text()).toContain('Noch 2 Blöcke?')
})

test('when the hub is away, the punch is kept and sent when it is back, also by the next page', async () => {
  const first = await show()
  await logIn('AK', '1234')
  first.line.isDown = true
  await press('Gehen')
  await settle(2_500)
  expect(text()).toContain('Hier gespeichert, wird gesendet.')
  expect(has('Das war falsch')).toBe(false)
  await press('OK')
  expect(text()).toContain('1 Stempelung wird noch gesendet')
  page?.unmount()
  const { state } = await show()
  await settle(100)
  expect(state.punches).toMatchObject([{ kind: 'out', at: at('12:00') }])
  expect(text()).not.toContain('wird noch gesendet')
})

test('what is not accepted is said, and again to whom it concerns until they have read it', async () => {
  const { state } = await show({ refuses: { status: 409, code: 'conflict' } })
  await logIn('AK', '1234')
  await press('Gehen')
  expect(text()).toContain('Nicht angenommen')
  await settle(10_500)
  expect(text()).toContain('1 Stempelung nicht angenommen')
  state.refuses = null
  await logIn('MS', '5555')
  expect(text()).not.toContain('Nicht angenommene')
  await press('Abmelden')
  await logIn('AK', '1234')
  expect(text()).toContain('Nicht angenommene Stempelungen')
  await press('Gelesen')
  await press('Abmelden')
  expect(text()).not.toContain('nicht angenommen')
})

test('a screen that can keep nothing says so, and sends nevertheless', async () => {
  const { state } = await show()
  await logIn('AK', '1234')
  vi.stubGlobal('localStorage', {
    getItem: () => null,
    setItem() {
      throw new DOMException('full', 'QuotaExceededError')
    },
  })
  await press('Gehen')
  expect(state.punches).toHaveLength(1)
  await press('OK')
  await press('Fertig, gehen')
  expect(text()).toContain('Dieser Bildschirm kann nichts speichern')
})

test('a badge logs in from the idle screen, and from the PIN of somebody else', async () => {
  const { state } = await show()
  await badge('AAAA1111')
  expect(text()).toContain('Anna')
  expect(state.loggedIn).toBe('anna')
  await press('Abmelden')
  await press('MS')
  await badge('BBBB2222')
  expect(state.loggedIn).toBe('lars')
})

test('two badges at once are two log-ins, the second when the first has gone', async () => {
  const { state, bodies } = await show()
  await badge('AAAA1111', 'BBBB2222')
  expect(state.loggedIn).toBe('anna')
  expect(text()).toContain('Ein Ausweis wartet')
  await press('Abmelden')
  await settle()
  expect(state.loggedIn).toBe('lars')
  expect(bodies('post /api/kiosk/unlock')).toEqual([{ badge: 'AAAA1111' }, { badge: 'BBBB2222' }])
})

test('a badge at somebody else’s confirmation takes its place', async () => {
  const { state } = await show()
  await badge('BBBB2222')
  await press('Kommen')
  await badge('AAAA1111')
  expect(state.loggedIn).toBe('anna')
  expect(has('Gehen')).toBe(true)
})

test('a badge that waited too long logs nobody in', async () => {
  const { state } = await show()
  await logIn('AK', '1234')
  await badge('BBBB2222')
  await settle(31_000)
  expect(state.loggedIn).toBeNull()
  expect(text()).toContain('Ausweis hier auflegen')
})

test('the PIN of a keyboard is typed, not read as a badge', async () => {
  const { state } = await show()
  await press('AK')
  await vi.dynamicImportSettled()
  await settle()
  for (const key of ['1', '2', '3', '4', 'Enter']) {
    window.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }))
    await vi.advanceTimersByTimeAsync(90)
  }
  await settle()
  expect(state.loggedIn).toBe('anna')
})

test('a forgotten end is asked for, and never made up', async () => {
  const yesterday = '2026-11-23T08:15:00+01:00'
  const { bodies, state } = await show({ forgotten: { day: '2026-11-23', inAt: yesterday } })
  await logIn('LT', '246810')
  await press('Kommen')
  expect(state.punches).toHaveLength(1)
  expect(text()).toContain('gekommen um 08:15')
  for (const digit of '1730') await press(digit)
  await press('Eintragen')
  expect(bodies('post /api/corrections')).toMatchObject([
    { reason: 'Gehen vergessen', adds: [{ kind: 'out', at: '2026-11-23T17:30:00+01:00' }] },
  ])
  expect(text()).toContain('Kommen 12:00')
})

test('who does not know leaves it open', async () => {
  const { bodies } = await show({ forgotten: { day: '2026-11-23', inAt: '2026-11-23T08:15:00+01:00' } })
  await logIn('LT', '246810')
  await press('Kommen')
  await press('Weiß ich nicht')
  expect(text()).toContain('Kommen 12:00')
  expect(bodies('post /api/corrections')).toEqual([])
})

test('what one works on is switched, ended and looked for', async () => {
  const { bodies } = await show()
  await logIn('AK', '1234')
  await press('Beginnen: Kita Sonnenhof')
  await press('Beenden: Kita Sonnenhof')
  await press('Alle Projekte')
  await press('Suchen')
  for (const key of 'rath') await press(key)
  await press('Rathaus')
  expect(bodies('put /api/work')).toMatchObject([
    { target: { projectId: 2, milestoneId: 20 } },
    { target: null },
    { target: { projectId: 3, milestoneId: 30 } },
  ])
  expect(has('Gehen')).toBe(true)
})

test('a hub that starts is waited for, and the PIN says so', async () => {
  const { line } = await show()
  line.isDown = true
  await logIn('AK', '1234')
  expect(text()).toContain('Der Hub startet gerade')
  line.isDown = false
  for (const digit of '1234') await press(digit)
  await press('Anmelden')
  expect(has('Gehen')).toBe(true)
})

test('a log-in that the hub has ended leaves nothing on the screen', async () => {
  const { answers } = await show()
  await logIn('AK', '1234')
  answers['put /api/work'] = () => {
    throw new Refused(401, 'unauthorized')
  }
  vi.stubGlobal('fetch', fakeHub(answers).fetch)
  await press('Beginnen: Kita Sonnenhof')
  expect(text()).not.toContain('Werkhalle')
  expect(has('Gehen')).toBe(false)
})

test('a page that is loaded again ends the log-in that it finds', async () => {
  const { state } = await show({ loggedIn: 'anna' })
  expect(state.loggedIn).toBeNull()
})

test('before there is an admin, code and address are all there is', async () => {
  await show({ setupCode: 'K7QM-2VXD', people: [] })
  expect(text()).toContain('K7QM-2VXD')
  expect(text()).toContain('http://timetrack.local:8000')
})

test('a screen that is no kiosk asks for a code', async () => {
  const { state } = await show({ isPaired: false })
  await vi.dynamicImportSettled()
  await settle()
  for (const key of 'abce') await press(key)
  await press('Koppeln')
  expect(text()).toContain('Dieser Code stimmt nicht')
  for (const key of 'abcd') await press(key)
  await press('Koppeln')
  await settle()
  expect(state.isPaired).toBe(true)
  expect(text()).toContain('Anna')
})

test('after some minutes it is dim; the first touch lights it and does nothing else', async () => {
  await show()
  await settle(5 * 60_000 + 100)
  expect(has('Bildschirm wecken')).toBe(true)
  await press('Bildschirm wecken')
  expect(has('Bildschirm wecken')).toBe(false)
  expect(text()).toContain('Ausweis hier auflegen')
})

test('somebody sees their own language, and the next one that of the screen', async () => {
  const { answers, state } = await show()
  const me = answers['get /api/me']
  answers['post /api/kiosk/unlock'] = () => {
    state.loggedIn = 'anna'
    const known = me()
    return { me: { ...known, user: known.user && { ...known.user, locale: 'en' } }, ticket: 'ticket-anna' }
  }
  vi.stubGlobal('fetch', fakeHub(answers).fetch)
  await logIn('AK', '1234')
  await vi.dynamicImportSettled()
  await settle()
  expect(shownLocale()).toBe('en')
  await press('Log out')
  await vi.dynamicImportSettled()
  await settle()
  expect(shownLocale()).toBe('de')
})
