import { expect, test, type Browser, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import config from '../playwright.config.ts'
import { startHubClock, type HubClock } from './hub-clock.ts'
import { logIn, startHub, type Hub } from './hub.ts'
import { meterOf, WITHOUT_MACHINE_CODE, type Held } from './renderer-memory.ts'
import { report } from './tray-agent.ts'
import { watch } from './watch.ts'

/**
 * A week of the kiosk on the wall and of a page that somebody leaves open at a desk. The hub and both pages go by
 * clocks that are put forward: the first minute of each hour passes second by second, with all that the kiosk asks
 * for, and the rest at once, as if the machine had slept.
 */
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAYS = 7
const MONDAY = Date.parse('2026-03-16T00:00:00+01:00')
const USER = 'anna.weber'
const EARLY = 1
const TOUCH = 8
const VISITS = [9, 14]
const LAST = 23

/**
 * The most that may be added from the end of the second day to that of the last, in which there are ten visits and
 * five times twenty-four minutes of the kiosk: half a listener and two nodes a visit. Over a week of nothing but such
 * minutes, 60 × 7/5 times as many, the kilobytes would be 17 MB of the 256 that a renderer may have.
 */
const MOST: Held = { heapKb: 200, nodes: 20, listeners: 5, documents: 0 }

const launch = config.use?.launchOptions
test.use({
  trace: 'off',
  launchOptions: { ...launch, args: [...(launch?.args ?? []), WITHOUT_MACHINE_CODE] },
})

let folder: string
let clock: HubClock
let hub: Hub
test.beforeAll(async ({ request }) => {
  folder = await mkdtemp(path.join(tmpdir(), 'timetrack-week-'))
  clock = startHubClock(folder, MONDAY)
  hub = await startHub(clock)
  const made = await request.post(`${hub.url}/api/projects`, { data: { name: 'Halle 7' } })
  const { id } = (await made.json()) as { id: number }
  for (const name of ['Entwurfsplanung', 'Bauüberwachung'])
    await request.post(`${hub.url}/api/projects/${id}/milestones`, { data: { name, plannedHours: 40 } })
})
test.afterAll(async () => {
  await hub.remove()
  await rm(folder, { recursive: true })
})

const today = () =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'Europe/Berlin' }).format(clock.now())
const longDay = () =>
  new Intl.DateTimeFormat('de-DE', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'Europe/Berlin',
  }).format(clock.now())

/** Twenty minutes in front of a drawing. */
async function look(title: string, hour: number): Promise<void> {
  const day = today()
  const [from, ms] = [hour * HOUR * 1000, 20 * MINUTE]
  await report(
    hub.url,
    { day, user: USER, machine: 'PC-1', device: 'pc-1', events: [] },
    { kind: 'window', day, from, to: from + ms * 1000, ms, title, app: 'acad.exe' },
  )
}

/**
 * Time limits of requests are the one timer that a page's clock leaves to real time: those of half a week would still be
 * waiting, and holding what they limit, after twenty seconds of it.
 */
function withoutTimeLimits(): void {
  AbortSignal.timeout = () => new AbortController().signal
}

type Opened = { page: Page; settled: () => Promise<void>; complaints: string[]; measure: () => Promise<Held> }

/** Each page in a context, and thereby a renderer, of its own. */
async function open(
  browser: Browser,
  at: string,
  options: Parameters<Browser['newPage']>[0],
): Promise<Opened> {
  const page = await browser.newPage(options)
  page.setDefaultTimeout(10_000)
  if (at.startsWith('/app')) await logIn(page.context(), hub.url, USER)
  const complaints = watch(page, hub.url)
  const settled = trafficOf(page)
  await page.clock.install({ time: clock.now() })
  await page.addInitScript(withoutTimeLimits)
  await page.goto(hub.url + at)
  return { page, settled, complaints, measure: await meterOf(page) }
}

/** Resolves when no request of the page is under way; the live connection never ends. */
function trafficOf(page: Page): () => Promise<void> {
  const open = new Set<object>()
  const waiting: (() => void)[] = []
  const end = (request: object) => {
    open.delete(request)
    if (open.size === 0) for (const go of waiting.splice(0)) go()
  }
  page.on('request', (request) => request.resourceType() !== 'eventsource' && open.add(request))
  page.on('requestfinished', end)
  page.on('requestfailed', end)
  return () => (open.size === 0 ? Promise.resolve() : new Promise((go) => waiting.push(go)))
}

/** Somebody wakes the screen and tries the other language. */
async function touch(kiosk: Page): Promise<void> {
  await kiosk.touchscreen.tap(100, 100)
  for (const [now, then] of [
    ['Sprache', 'Language'],
    ['Language', 'Sprache'],
  ] as const) {
    await kiosk.getByRole('button', { name: now }).tap()
    await expect(kiosk.getByRole('button', { name: then })).toBeVisible()
  }
}

/** Somebody opens and closes what there is, assigns all blocks, takes it back, and walks through the pages. */
async function visit(desk: Page, known: number, hour: number): Promise<void> {
  const open = desk.getByRole('region', { name: 'Noch zu erklären' })
  const blocks = open.getByRole('checkbox')
  const assign = desk.getByRole('region', { name: 'Auswahl' }).getByRole('button', { name: 'Zuordnen' })
  const menu = desk.getByRole('menu')
  const dialog = desk.getByRole('dialog')
  const says = (text: string) => expect(desk.getByRole('status').filter({ hasText: text })).toBeVisible()
  const close = async () => {
    await desk.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
  }

  await expect(blocks).toHaveCount(known)
  await look(`Halle 7 – Grundriss ${hour}`, hour)
  await expect(blocks, 'what arrives shows by itself').toHaveCount(known + 1)
  await open.getByRole('button', { name: 'Weitere Aktionen' }).first().click()
  await expect(menu).toBeVisible()
  await close()
  await desk.getByRole('button', { name: 'Mehr', exact: true }).click()
  await expect(dialog).toBeVisible()
  await close()
  await open.getByRole('button', { name: 'Alle auswählen' }).click()
  await assign.click()
  await expect(dialog.getByRole('combobox')).toBeFocused()
  await close()
  await assign.click()
  await dialog.getByRole('combobox').fill('entwurf')
  await dialog.getByRole('combobox').press('Enter')
  await says('→ Halle 7 · Entwurfsplanung')
  await expect(blocks).toHaveCount(0)
  await desk.keyboard.press('u')
  await says('Zurückgenommen')
  await expect(blocks).toHaveCount(known + 1)

  await desk.getByRole('link', { name: 'Projekte' }).click()
  // Until then it is the Day that has such buttons.
  await expect(desk.getByRole('heading', { level: 1, name: 'Projekte' })).toBeVisible()
  await desk.getByRole('main').getByRole('button', { name: 'Weitere Aktionen' }).first().click()
  await expect(menu).toBeVisible()
  await close()
  await desk.getByRole('button', { name: 'Neues Projekt' }).click()
  await expect(dialog).toBeVisible()
  await close()
  await desk.getByRole('link', { name: 'Export' }).click()
  await desk.getByRole('radio', { name: 'Diese Woche' }).check()
  await expect(desk.getByText('Nichts zu exportieren')).toBeVisible()
  await desk.getByRole('link', { name: 'Tag', exact: true }).click()
  await expect(blocks).toHaveCount(known + 1)
}

/** Ends within the last hour of the day, when both pages show the same as on any other. */
async function liveThroughDay(kiosk: Opened, desk: Opened, measure: () => Promise<void>): Promise<void> {
  for (let hour = 0; hour <= LAST; hour++) {
    clock.advance(MINUTE)
    await kiosk.page.clock.runFor(MINUTE)
    await desk.page.clock.runFor(MINUTE)
    await kiosk.settled()
    expect([...kiosk.complaints, ...desk.complaints]).toEqual([])
    if (hour === 0)
      for (const { page } of [kiosk, desk])
        await expect(page.getByRole('heading', { level: 1 })).toContainText(longDay())
    if (hour === EARLY) await look('Halle 7 – Ansicht', hour)
    if (hour === TOUCH) await touch(kiosk.page)
    if (VISITS.includes(hour)) await visit(desk.page, 1 + VISITS.indexOf(hour), hour)
    if (hour === LAST) {
      await expect(kiosk.page.getByRole('region', { name: 'Personen' }).getByRole('button')).toBeVisible()
      await measure()
    }
    clock.advance(HOUR - MINUTE)
    for (const { page } of [kiosk, desk]) await page.clock.fastForward(HOUR - MINUTE)
    await kiosk.settled()
  }
}

function shown(name: string, days: readonly Held[]): string {
  return days
    .map(
      ({ heapKb, nodes, listeners, documents }, day) =>
        `  ${name.padEnd(5)}  day ${day + 1}  ${String(heapKb).padStart(5)} KB  ${nodes} nodes  ${listeners} listeners  ${documents} documents`,
    )
    .join('\n')
}

test('a week leaves nothing behind in the renderers of kiosk and desk', async ({ browser }) => {
  test.setTimeout(300_000)
  const kiosk = await open(browser, '/kiosk', { viewport: { width: 800, height: 480 }, hasTouch: true })
  const desk = await open(browser, '/app/day', { viewport: { width: 1440, height: 900 } })
  const held = { kiosk: [] as Held[], desk: [] as Held[] }
  for (let day = 0; day < DAYS; day++) {
    await liveThroughDay(kiosk, desk, async () => {
      held.kiosk.push(await kiosk.measure())
      held.desk.push(await desk.measure())
    })
  }
  console.log(`${shown('kiosk', held.kiosk)}\n${shown('desk', held.desk)}`)
  for (const [name, days] of Object.entries(held)) {
    const [second, last] = [days.at(1), days.at(-1)]
    if (second === undefined || last === undefined) throw new Error('the week was too short')
    for (const figure of ['heapKb', 'nodes', 'listeners', 'documents'] as const)
      expect.soft(last[figure] - second[figure], `${name}: ${figure} added`).toBeLessThanOrEqual(MOST[figure])
  }
})
