import { chromium, type Browser } from '@playwright/test'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { addDays, dayOf, weekdayOf, zone } from '../contract/time.ts'
import { databaseFile } from '../server/host/data-folder.ts'
import { buildRendererIfStale } from './build.ts'
import { getChromium } from './chromium.ts'
import { fillDatabase } from './demo/fill.ts'

const root = path.resolve(import.meta.dirname, '..')
const target = path.join(root, 'docs/images')
const office = zone('Europe/Berlin')

/** The newest day on which the demo's people worked and explained part of it. */
function lastWorkday(): string {
  let day = addDays(dayOf(Date.now(), office), -1)
  while (weekdayOf(day) > 5) day = addDays(day, -1)
  return day
}

type Picture = { name: string; path: string; size: [number, number]; dark?: boolean; locale?: string }

const workday = lastWorkday()
const pictures: Picture[] = [
  { name: 'day-light', path: `/app/day/${workday}?user=jule`, size: [1440, 900] },
  { name: 'day-dark', path: '/app/day?user=lars', size: [1440, 900], dark: true, locale: 'en' },
  { name: 'day-phone', path: `/app/day/${workday}?user=jule`, size: [390, 844] },
  { name: 'projects-light', path: '/app/projects', size: [1440, 900] },
  { name: 'projects-phone', path: '/app/projects', size: [390, 844], dark: true },
  { name: 'export-light', path: '/app/export', size: [1440, 900] },
  { name: 'kiosk', path: '/kiosk', size: [800, 480] },
]

/** A hub on demo data, in a process of its own; resolves with its address once it is ready. */
function startHub(data: string): Promise<{ url: string; stop: () => void }> {
  const args = ['--port', '0', '--data', data, '--zone', office.name]
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
  const page = await context.newPage()
  await page.goto(url + picture.path)
  await page.locator('h1, time, .clock').first().waitFor()
  await page.locator('.ui-skeleton').first().waitFor({ state: 'detached' })
  await page.screenshot({ path: path.join(target, `${picture.name}.png`) })
  await context.close()
}

const found = await getChromium()
if ('why' in found) throw new Error(found.why)
await buildRendererIfStale(console.log)
mkdirSync(target, { recursive: true })
const data = mkdtempSync(path.join(tmpdir(), 'timetrack-pictures-'))
fillDatabase(databaseFile(data), { now: Date.now(), zone: office.name })
const hub = await startHub(data)
const browser = await chromium.launch({
  executablePath: found.file,
  args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'],
})
try {
  for (const picture of pictures) await take(browser, hub.url, picture)
} finally {
  await browser.close()
  hub.stop()
  rmSync(data, { recursive: true, force: true })
}
