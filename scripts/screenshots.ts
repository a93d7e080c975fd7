import { chromium, type Browser, type Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { addDays, dayOf, weekdayOf, zone } from '../contract/time.ts'
import { databaseFile } from '../server/host/data-folder.ts'
import { buildRendererIfStale } from './build.ts'
import { getChromium } from './chromium.ts'
import { DEMO_DAYS, fillDatabase } from './demo/fill.ts'
import { DEMO_PASSWORD, letDemoPeopleIn } from './demo/let-in.ts'

const root = path.resolve(import.meta.dirname, '..')
const target = path.join(root, 'docs/images')
const office = zone('Europe/Berlin')

/** The first weekday from that many days ago on, into the past or back from there. */
function workdayFrom(ago: number, step: 1 | -1): string {
  let day = addDays(dayOf(Date.now(), office), -ago)
  while (weekdayOf(day) > 5) day = addDays(day, step)
  return day
}

type Picture = {
  name: string
  path: string
  size: [number, number]
  dark?: boolean
  locale?: string
  /** what a person does before it is taken */
  act?: (page: Page) => Promise<void>
  /** only this part of the page */
  of?: string
}

/** The newest day on which the demo's people worked, and one from before they had rules. */
const workday = workdayFrom(1, -1)
const early = workdayFrom(DEMO_DAYS - 1, 1)
const pictures: Picture[] = [
  { name: 'day-light', path: `/app/day/${workday}?user=jule`, size: [1440, 900] },
  { name: 'day-dark', path: '/app/day?user=lars', size: [1440, 900], dark: true, locale: 'en' },
  { name: 'day-phone', path: `/app/day/${workday}?user=jule`, size: [390, 844] },
  { name: 'projects-light', path: '/app/projects', size: [1440, 900] },
  { name: 'projects-phone', path: '/app/projects', size: [390, 844], dark: true },
  { name: 'week-light', path: `/app/week/${workday}?user=jule`, size: [1440, 900] },
  { name: 'week-phone', path: `/app/week/${workday}?user=jule`, size: [390, 844], dark: true },
  { name: 'rules-light', path: '/app/rules/2', size: [1440, 900], act: dryRun },
  { name: 'rules-phone', path: '/app/rules', size: [390, 844] },
  { name: 'search-light', path: '/app/search?q=werkhalle&user=anna', size: [1440, 900] },
  { name: 'dry-run', path: '/app/rules/2', size: [1440, 900], act: dryRun, of: '.dry' },
  { name: 'split', path: `/app/day/${early}?user=anna`, size: [1000, 800], act: split, of: 'dialog' },
  { name: 'export-light', path: '/app/export', size: [1440, 900] },
  { name: 'kiosk', path: '/kiosk', size: [800, 480] },
]

/** What a rule would do to all that there is. */
async function dryRun(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Alles' }).check()
  await page.getByText('alles bis heute').waitFor()
  await page.locator('.dry[aria-busy="false"] .answer:not(.old)').waitFor()
}

async function split(page: Page): Promise<void> {
  await page.locator('.card').first().waitFor()
  await page.keyboard.press('s')
  await page.locator('dialog').waitFor()
}

/** A hub on demo data, in a process of its own; resolves with its address once it is ready. */
function startHub(data: string): Promise<{ url: string; stop: () => void }> {
  const args = ['--port', '0', '--host', '127.0.0.1', '--data', data, '--zone', office.name]
  const hub = spawn(process.execPath, [path.join(root, 'server/main.ts'), ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    hub.on('message', (message: { kind: string; port: number }) => {
      if (message.kind === 'ready')
        resolve({ url: `http://127.0.0.1:${message.port}`, stop: () => hub.kill('SIGTERM') })
    })
    hub.on('exit', (code) => reject(new Error(`the hub ended with ${code}`)))
  })
}

async function take(browser: Browser, url: string, picture: Picture): Promise<void> {
  const [width, height] = picture.size
  const context = await browser.newContext({
    viewport: { width, height },
    locale: picture.locale ?? 'de-DE',
    timezoneId: office.name,
    colorScheme: picture.dark ? 'dark' : 'light',
  })
  const handle = new URL(picture.path, url).searchParams.get('user') ?? admin
  if (picture.path.startsWith('/app'))
    await context.request.post(`${url}/api/login`, { data: { handle, password: DEMO_PASSWORD } })
  const page = await context.newPage()
  await page.goto(url + picture.path)
  await page.locator('h1, time, .clock').first().waitFor()
  await page.locator('.ui-skeleton').first().waitFor({ state: 'detached' })
  await picture.act?.(page)
  const file = { path: path.join(target, `${picture.name}.png`) }
  await (picture.of === undefined ? page.screenshot(file) : page.locator(picture.of).first().screenshot(file))
  await context.close()
}

/** Those whose names are given, or begin so; all, where none is. */
const named = process.argv.slice(2)
const wanted = pictures.filter(({ name }) => named.length === 0 || named.some((one) => name.startsWith(one)))

const found = await getChromium()
if ('why' in found) throw new Error(found.why)
await buildRendererIfStale(console.log)
mkdirSync(target, { recursive: true })
const data = mkdtempSync(path.join(tmpdir(), 'timetrack-pictures-'))
fillDatabase(databaseFile(data), { now: Date.now(), zone: office.name })
const admin = await letDemoPeopleIn(databaseFile(data))
const hub = await startHub(data)
const browser = await chromium.launch({
  executablePath: found.file,
  args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'],
})
try {
  for (const picture of wanted) await take(browser, hub.url, picture)
} finally {
  await browser.close()
  hub.stop()
  rmSync(data, { recursive: true, force: true })
}
