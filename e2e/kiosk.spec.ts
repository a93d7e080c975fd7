import { expect, test, type Page } from '@playwright/test'
import path from 'node:path'
import { startHub, type Hub } from './hub.ts'
import { expectUsable, tabTo } from './kiosk-checks.ts'
import { fakeKiosk } from './kiosk-fake.ts'
import { watch } from './watch.ts'

const PANELS = [
  { width: 800, height: 480 },
  { width: 720, height: 1280 },
] as const
const WORDS = {
  'de-DE': {
    back: 'Zurück',
    change: 'Grund ändern',
    in: 'Kommen',
    leave: /^Fertig, gehen/,
    login: 'Anmelden',
    logout: 'Abmelden',
    menu: 'Einstellungen',
    other: 'Anderes Projekt …',
    out: 'Gehen',
    projects: 'Alle Projekte …',
    search: 'Suchen',
    titles: 'Titel zeigen',
    week: 'Meine Woche',
    wrong: 'Das hat nicht gestimmt',
  },
  'en-GB': {
    back: 'Back',
    change: 'Change reason',
    in: 'Clock in',
    leave: /^Done, leave/,
    login: 'Log in',
    logout: 'Log out',
    menu: 'Settings',
    other: 'Another project …',
    out: 'Clock out',
    projects: 'All projects …',
    search: 'Search',
    titles: 'Show title',
    week: 'My week',
    wrong: 'That was not right',
  },
} as const
const LARGEST = 2
const FORGOTTEN = { day: '2026-11-23', inAt: '2026-11-23T08:15:00+01:00' }
const shots = path.resolve(import.meta.dirname, '../test-results/kiosk')

// The screenshots say it all.
test.use({ trace: 'off', hasTouch: true, viewport: { width: 800, height: 480 } })

let hub: Hub
test.beforeAll(async () => {
  hub = await startHub()
})
test.afterAll(() => hub.remove())

const touch = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).tap()

async function type(page: Page, keys: string): Promise<void> {
  for (const key of keys) await touch(page, key)
}

async function logIn(page: Page, name: string, pin: string, login: string = WORDS['de-DE'].login) {
  await page.getByRole('button', { name }).tap()
  await type(page, pin)
  await touch(page, login)
}

/** As a reader of badges does it. */
async function badge(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
}

async function open(page: Page, more: Parameters<typeof fakeKiosk>[1] = {}) {
  const fake = await fakeKiosk(page, more)
  await page.goto(`${hub.url}/kiosk`)
  return fake
}

/** Looking closely takes longer than a screen waits: somebody touches it now and then. */
function stayThere(): void {
  setInterval(
    () => document.querySelector('.kiosk')?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true })),
    2_000,
  )
}

/** Goes through every screen and looks at each. */
async function walk(
  page: Page,
  words: (typeof WORDS)[keyof typeof WORDS],
  look: (name: string) => Promise<void>,
) {
  const seen = (text: string | RegExp) => expect(page.getByText(text).first()).toBeVisible()
  await seen('Anna')
  await look('idle')
  await touch(page, words.menu)
  await look('menu')
  await touch(page, words.back)
  await page.getByRole('button', { name: 'Anna' }).tap()
  await look('pin')
  await type(page, '9999')
  await touch(page, words.login)
  await seen(words.wrong)
  await look('pin-wrong')
  await type(page, '1234')
  await touch(page, words.login)
  await seen('Kita Sonnenhof')
  await look('home')
  await touch(page, words.week)
  await seen('30:45')
  await look('week')
  await touch(page, words.back)
  await touch(page, words.projects)
  await seen('Rathaus')
  await look('projects')
  await touch(page, words.search)
  await type(page, 'ki')
  await look('search')
  await touch(page, words.back)
  await touch(page, new RegExp(`^${words.out}`))
  await seen('+1:30')
  await look('done')
  await touch(page, 'OK')
  await seen('Acrobat')
  await touch(page, words.titles)
  await seen('Brandschutz_1.pdf')
  await look('review')
  await touch(page, words.other)
  await seen('Rathaus')
  await look('review-other')
  await touch(page, words.back)
  await touch(page, words.leave)
  await logIn(page, 'Lars', '246810', words.login)
  await expect(page.getByRole('button', { name: words.in })).toBeVisible()
  await look('home-out')
  await touch(page, new RegExp(`^${words.in}`))
  await type(page, '1730')
  await seen(/9:15/)
  await look('missing')
  await touch(page, words.change)
  await look('missing-reason')
}

/** Each language and each panel, and the largest scale where it is tightest. */
const WALKS = [
  { locale: 'de-DE', panel: PANELS[0], step: LARGEST },
  { locale: 'en-GB', panel: PANELS[1], step: 0 },
] as const

for (const { locale, panel, step } of WALKS) {
  const name = `${locale.slice(0, 2)}-${panel.width}-${step}`
  test.describe(name, () => {
    test.use({ locale, viewport: panel })
    test(`every screen fits fingers, and nobody is kept from it: ${name}`, async ({ page }) => {
      test.setTimeout(180_000)
      await page.addInitScript((at) => localStorage.setItem('timetrack.kiosk.scale', String(at)), step)
      await page.addInitScript(stayThere)
      await open(page, { forgotten: FORGOTTEN })
      await walk(page, WORDS[locale], async (screen) => {
        await page.screenshot({ path: path.join(shots, `${screen}-${name}.png`) })
        await expectUsable(page, `${screen}-${name}`)
      })
    })
  })
}

test('from the tile to the confirmation and back, with no trace, also not by Back', async ({ page }) => {
  const complaints = watch(page, hub.url)
  const fake = await open(page)
  await logIn(page, 'Anna', '1234')
  await touch(page, /^Gehen/)
  await expect(page.getByRole('heading', { name: /^Gehen \d\d:\d\d$/ })).toBeVisible()
  await touch(page, 'OK')
  await expect(page.getByText('Noch 3 Blöcke?')).toBeVisible()
  await expect(page.getByText('.pdf')).toHaveCount(0)
  await page.getByRole('button', { name: /Werkhalle Nord/ }).tap()
  await expect(page.getByText('Noch 2 Blöcke?')).toBeVisible()
  await touch(page, /^Fertig, gehen/)
  await expect(page.getByText('Ausweis hier auflegen')).toBeVisible()
  expect(fake.state.loggedIn).toBeNull()
  await expect(page.getByText('Werkhalle')).toHaveCount(0)
  await page.goBack()
  await page.goForward()
  await expect(page.getByText('Ausweis hier auflegen')).toBeVisible()
  await expect(page.getByText('Werkhalle')).toHaveCount(0)
  expect(complaints).toEqual([])
})

test('a badge takes no detour, and its Enter presses nothing', async ({ page }) => {
  const fake = await open(page)
  const language = page.getByRole('button', { name: 'Sprache' })
  await language.focus()
  await badge(page, 'AAAA1111')
  await expect(page.getByRole('button', { name: /^Gehen/ })).toBeVisible()
  expect(fake.bodies('post /api/kiosk/unlock')).toEqual([{ badge: 'AAAA1111' }])
  await badge(page, 'BBBB2222')
  await expect(page.getByText('Ein Ausweis wartet')).toBeVisible()
  await touch(page, 'Abmelden')
  await expect(page.getByRole('heading', { name: 'Lars' })).toBeVisible()
})

test('everything is done by keyboard alone, and the focus is seen', async ({ page }) => {
  const fake = await open(page)
  const anna = page.getByRole('button', { name: 'Anna' })
  await expect(anna).toBeVisible()
  await tabTo(page, anna)
  await expect(anna).not.toHaveCSS('box-shadow', 'none')
  await page.keyboard.press('Enter')
  await expect(page.getByText('PIN eingeben')).toBeVisible()
  await page.keyboard.type('1234', { delay: 80 })
  await page.keyboard.press('Enter')
  const out = page.getByRole('button', { name: /^Gehen/ })
  await expect(out).toBeVisible()
  await tabTo(page, out)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: /^Gehen/ })).toBeVisible()
  expect(fake.state.punches).toHaveLength(1)
})

test('a hub that goes away in between loses no punch, and the next page delivers it', async ({ page }) => {
  const fake = await open(page)
  await logIn(page, 'Anna', '1234')
  await expect(page.getByRole('button', { name: /^Gehen/ })).toBeVisible()
  fake.isAway = true
  await touch(page, /^Gehen/)
  await expect(page.getByText('Hier gespeichert, wird gesendet.')).toBeVisible()
  await touch(page, 'OK')
  await expect(page.getByText('1 Stempelung wird noch gesendet')).toBeVisible()
  expect(fake.state.punches).toEqual([])
  fake.isAway = false
  await page.reload()
  await expect.poll(() => fake.state.punches.map(({ kind }) => kind)).toEqual(['out'])
  await expect(page.getByText('wird noch gesendet')).toHaveCount(0)
  await page.reload()
  await expect(page.getByText('Ausweis hier auflegen')).toBeVisible()
  expect(fake.state.punches).toHaveLength(1)
})

test('nobody there: dim after five minutes, logged out after half of one', async ({ page }) => {
  await page.clock.install()
  const fake = await open(page)
  await expect(page.getByText('Anna')).toBeVisible()
  await page.clock.runFor('05:01')
  await page.touchscreen.tap(100, 200)
  await expect(page.getByRole('button', { name: 'Bildschirm wecken' })).toHaveCount(0)
  await expect(page.getByText('PIN eingeben')).toHaveCount(0)
  await logIn(page, 'Anna', '1234')
  await expect(page.getByRole('button', { name: /^Gehen/ })).toBeVisible()
  await page.clock.runFor('00:25')
  await expect(page.getByRole('timer')).toHaveText('5')
  await page.touchscreen.tap(600, 20)
  await expect(page.getByRole('timer')).toHaveText('')
  await page.clock.runFor('00:31')
  await expect(page.getByText('Ausweis hier auflegen')).toBeVisible()
  expect(fake.state.punches).toEqual([])
})

test('more people than fit are found by their letters', async ({ page }) => {
  const people = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter, at) => ({
    handle: letter,
    name: `${letter}nna Muster`,
    colour: at % 12,
    pin: '1234',
    badge: null,
    role: 'member' as const,
    presence: 'in' as const,
  }))
  await open(page, { people })
  await expect(page.getByRole('button', { name: 'A–L' })).toBeVisible()
  await expectUsable(page, 'letters')
  await touch(page, 'M–X')
  await page.getByRole('button', { name: 'Qnna' }).tap()
  await expect(page.getByRole('heading', { name: 'Qnna Muster' })).toBeVisible()
})

test('a hub that is not set up shows its code and where to enter it', async ({ page }) => {
  await open(page, { setupCode: 'K7QM-2VXD', people: [] })
  await expect(page.getByText('K7QM-2VXD')).toBeVisible()
  await expect(page.getByText('http://timetrack.local:8000')).toBeVisible()
  await expectUsable(page, 'setup')
})

test('a screen that is no kiosk becomes one by a code', async ({ page }) => {
  await open(page, { isPaired: false })
  await type(page, 'abcd')
  await expectUsable(page, 'pairing')
  await touch(page, 'Koppeln')
  await expect(page.getByText('Anna')).toBeVisible()
})
