import { expect, test, type Page } from '@playwright/test'
import type { Person } from '../contract/people.ts'
import { asOperator, startHub, type Hub } from './hub.ts'
import { watch } from './watch.ts'

const PANELS = [
  { width: 800, height: 480 },
  { width: 720, height: 1280 },
]
const PIN = '4711'

test.use({ hasTouch: true })

let hub: Hub
let handle: string
let made = 0
test.beforeAll(async () => {
  hub = await startHub()
})
test.afterAll(() => hub.remove())
test.beforeEach(async () => {
  handle = `Person${++made}`
  const { id } = (await asOperator(hub.url, 'POST', '/api/people', { handle, name: handle })) as Person
  const secrets = { pin: PIN, badge: `000010${made}` }
  await asOperator(hub.url, 'PUT', `/api/people/${id}/secrets`, secrets)
  // Without an admin, the screen of the hub shows how to set it up.
  if (made > 1) return
  const admin = (await asOperator(hub.url, 'POST', '/api/people', {
    handle: 'chefin',
    name: 'Chefin',
    role: 'admin',
  })) as Person
  await asOperator(hub.url, 'PUT', `/api/people/${admin.id}/secrets`, { password: 'ein langes Passwort' })
})

const now = () => asOperator(hub.url, 'GET', `/api/attendance?user=${handle}`)

/** Touches, one after the other, and how many they were. */
function hand(page: Page) {
  let touches = 0
  return {
    count: () => touches,
    async touch(name: string | RegExp) {
      touches++
      await page.getByRole('button', { name, exact: typeof name === 'string' }).tap()
    },
  }
}

for (const panel of PANELS)
  test.describe(`at ${panel.width}×${panel.height}`, () => {
    test.use({ viewport: panel })

    test('from the tile to a stored punch in four touches beside the PIN, and taken back', async ({
      page,
    }) => {
      const complaints = watch(page, hub.url)
      await page.goto(`${hub.url}/kiosk`)
      const tile = page.getByRole('button', { name: handle })
      await expect(tile).toBeVisible()
      const finger = hand(page)
      const began = performance.now()
      await finger.touch(new RegExp(handle))
      for (const digit of PIN) await page.getByRole('button', { name: digit, exact: true }).tap()
      await finger.touch('Anmelden')
      await finger.touch(/^Kommen/)
      await expect(page.getByRole('heading', { name: /^Kommen \d\d:\d\d$/ })).toBeVisible()
      const took = performance.now() - began
      console.log(
        `punch by PIN: ${finger.count()} touches beside the PIN, ${Math.round(took)} ms (aim 6,000)`,
      )
      expect(finger.count()).toBeLessThanOrEqual(4)
      await expect.poll(now).toMatchObject({ presence: 'in' })
      await finger.touch(/^Das war falsch/)
      await expect.poll(now).toMatchObject({ presence: 'out' })
      expect(complaints).toEqual([])
    })
  })

test('with a badge it takes less, from the idle screen', async ({ page }) => {
  await page.goto(`${hub.url}/kiosk`)
  await expect(page.getByRole('button', { name: handle })).toBeVisible()
  const began = performance.now()
  await page.keyboard.type(`000010${made}`)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Kommen/ }).tap()
  await expect(page.getByRole('heading', { name: /^Kommen \d\d:\d\d$/ })).toBeVisible()
  const took = performance.now() - began
  console.log(`punch by badge: 1 touch, ${Math.round(took)} ms (aim 2,000)`)
  await expect.poll(now).toMatchObject({ presence: 'in' })
})

test('a hub that is killed amid a punch loses none and doubles none', async ({ page }) => {
  test.setTimeout(120_000)
  await page.goto(`${hub.url}/kiosk`)
  await page.getByRole('button', { name: handle }).tap()
  for (const digit of PIN) await page.getByRole('button', { name: digit, exact: true }).tap()
  await page.getByRole('button', { name: 'Anmelden', exact: true }).tap()
  const button = page.getByRole('button', { name: /^Kommen/ })
  await expect(button).toBeVisible()
  await hub.stop('SIGKILL')
  await button.tap()
  await expect(page.getByText(/Hier gespeichert/).first()).toBeVisible()
  await hub.start()
  await expect.poll(now, { timeout: 60_000 }).toMatchObject({ presence: 'in' })
  const { days } = (await asOperator(
    hub.url,
    'GET',
    `/api/attendance/days?user=${handle}&from=${today()}&to=${today()}`,
  )) as { days: { punches: unknown[] }[] }
  expect(days.flatMap(({ punches }) => punches)).toHaveLength(1)
})

const today = () =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'Europe/Berlin' }).format(Date.now())

test('a wrong PIN and nobody look the same; five lock it, and say until when', async ({ page }) => {
  await page.goto(`${hub.url}/kiosk`)
  await page.getByRole('button', { name: handle }).tap()
  for (let n = 0; n < 5; n++) {
    for (const digit of '0000') await page.getByRole('button', { name: digit, exact: true }).tap()
    await page.getByRole('button', { name: 'Anmelden', exact: true }).tap()
    await expect(page.getByText('Das hat nicht gestimmt')).toBeVisible()
  }
  for (const digit of PIN) await page.getByRole('button', { name: digit, exact: true }).tap()
  await page.getByRole('button', { name: 'Anmelden', exact: true }).tap()
  await expect(page.getByText(/\d\d:\d\d/).last()).toBeVisible()
  await expect(page.getByRole('button', { name: /^Kommen/ })).toHaveCount(0)
})
