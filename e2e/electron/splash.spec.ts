import { expect, test, type Page } from '@playwright/test'
import path from 'node:path'
import type { ShellState } from '../../contract/bridge.ts'
import { answerSplash } from '../../electron/app-protocol.ts'
import { SPLASH_ORIGIN } from '../../electron/origins.ts'
import { buildAppIfStale } from '../../scripts/build-app.ts'

// The splash page as it is built, under its own policy, in a browser: what needs no Electron.
const root = path.resolve(import.meta.dirname, '../../dist/electron/splash')
const here = 'http://splash.test'

interface Told {
  tell: (state: ShellState) => void
  asked: number
}

/** Opens the page with a bridge that the test speaks through. */
async function open(page: Page, first: ShellState): Promise<string[]> {
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.route(`${here}/**`, async (route) => {
    const url = route.request().url().replace(here, SPLASH_ORIGIN)
    const answer = await answerSplash(root, { url, method: route.request().method() })
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    })
  })
  await page.addInitScript((state) => {
    const told = { asked: 0 } as Told
    const timetrack = {
      info: () => Promise.resolve({ version: '1.2.3', kiosk: true }),
      state: () => Promise.resolve(state),
      onState: (listener: (state: ShellState) => void) => (told.tell = listener),
      startAgain: () => Promise.resolve(void told.asked++),
    }
    Object.assign(window, { timetrack, told })
  }, first)
  await page.goto(`${here}/index.html`)
  return complaints
}

const tell = (page: Page, state: ShellState) =>
  page.evaluate((next) => (window as unknown as { told: Told }).told.tell(next), state)

test.beforeAll(() => buildAppIfStale(() => undefined))
test.use({ viewport: { width: 800, height: 480 } })

test('it says what happens, what is wrong and what to do, and takes the request for another try', async ({
  page,
}, info) => {
  const complaints = await open(page, { step: 'database' })
  await expect(page.getByRole('heading', { name: 'Datenbank wird geprüft …' })).toBeVisible()
  await expect(page.getByText('nicht ausschalten')).toBeVisible()
  await expect(page.getByText('1.2.3')).toBeVisible()
  await info.attach('working', { body: await page.screenshot(), contentType: 'image/png' })

  await tell(page, { step: 'restarting', reason: 'no answer over HTTP' })
  await expect(page.getByText('no answer over HTTP')).toBeVisible()
  await expect(page.getByRole('button')).toHaveCount(0)

  await tell(page, {
    step: 'problem',
    problem: 'port_in_use',
    detail: 'The port is in use by another program, perhaps another hub.',
  })
  await expect(page.getByRole('heading', { name: 'Der Port ist belegt' })).toBeVisible()
  await expect(page.getByRole('progressbar')).toHaveCount(0)
  const again = page.getByRole('button', { name: 'Neu starten' })
  // 20 mm at 96 dpi.
  expect((await again.boundingBox())?.height).toBeGreaterThanOrEqual(76)
  await info.attach('problem', { body: await page.screenshot(), contentType: 'image/png' })
  await again.click()
  await expect(again).toBeDisabled()
  expect(await page.evaluate(() => (window as unknown as { told: Told }).told.asked)).toBe(1)

  await tell(page, { step: 'starting' })
  await expect(page.getByRole('progressbar')).toBeVisible()
  expect(complaints).toEqual([])
})

test('a long explanation fits a small upright panel', async ({ page }, info) => {
  await page.setViewportSize({ width: 480, height: 800 })
  await open(page, { step: 'problem', problem: 'corrupt', detail: `/very/${'long/'.repeat(80)}timetrack.db` })
  await expect(page.getByRole('button', { name: 'Neu starten' })).toBeInViewport({ ratio: 1 })
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(480)
  await info.attach('upright', { body: await page.screenshot(), contentType: 'image/png' })
})

test.describe('in English', () => {
  test.use({ locale: 'en-GB' })
  test('it speaks the language of the machine', async ({ page }) => {
    await open(page, { step: 'problem', problem: 'disk_full', detail: '' })
    await expect(page.getByRole('heading', { name: 'The disk is full' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Start again' })).toBeVisible()
  })
})
