import { expect, test, type Page } from '@playwright/test'
import { ordinaryDay, type FieldDay, type FieldEvent } from './field-day.ts'
import { logIn, startHub, type Hub } from './hub.ts'
import { replay, report } from './tray-agent.ts'

/** A morning is enough to look at. */
const morning: FieldDay = { ...ordinaryDay, events: ordinaryDay.events.slice(0, 20) }

/** A look at another window in the afternoon, long enough to be worth a row. */
const look = (title: string, hour: number): FieldEvent => ({
  kind: 'window',
  day: ordinaryDay.day,
  from: hour * 3_600_000_000,
  to: hour * 3_600_000_000 + 600_000_000,
  ms: 600_000,
  title,
  app: 'acad.exe',
})

let hub: Hub
test.beforeAll(async ({ request }) => {
  hub = await startHub()
  await replay(hub.url, morning)
  await request.post(`${hub.url}/api/projects`, { data: { name: 'Umbau Rathaus' } })
})
test.beforeEach(async ({ page }) => {
  await logIn(page.context(), hub.url, morning.user)
  await page.goto(`${hub.url}/app/day/${morning.day}?user=${morning.user}`)
  await expect(state(page)).toHaveText('live')
})
test.afterAll(() => hub.remove())

const state = (page: Page) => page.getByText(/^(live|getrennt|verbindet)$/)
const open = (page: Page) => page.getByRole('region', { name: 'Noch zu erklären' })

/** A page that is loaded again has forgotten this. */
async function mark(page: Page): Promise<void> {
  await page.evaluate(() => (document.documentElement.dataset['same'] = 'yes'))
}
const isSame = (page: Page) => page.evaluate(() => document.documentElement.dataset['same'] === 'yes')

test('an event that arrives while the day is open appears by itself', async ({ page }) => {
  await mark(page)
  await report(hub.url, morning, look('Treppenhaus – Schnitt B', 15))
  await expect(open(page).getByRole('heading', { name: 'Treppenhaus – Schnitt B' })).toBeVisible()
  expect(await isSame(page)).toBe(true)
})

test('an assignment made in one browser shows in the other', async ({ page, browser }) => {
  const other = await browser.newPage()
  await logIn(other.context(), hub.url, morning.user)
  await other.goto(page.url())
  await expect(other.getByRole('progressbar').first()).toHaveAttribute('aria-valuenow', '0')
  await mark(other)

  const answer = await page.request.get(`${hub.url}/api/days/${morning.day}?user=${morning.user}`)
  const { events } = (await answer.json()) as { events: { id: number }[] }
  await page.request.put(`${hub.url}/api/assignments`, {
    data: { eventIds: events.map(({ id }) => id), target: { projectId: 1 } },
  })
  for (const one of [page, other])
    await expect(one.getByRole('progressbar').first()).toHaveAttribute('aria-valuenow', '100')
  expect(await isSame(other)).toBe(true)
  await other.close()
})

// Hours apart: titles as alike as these would be one session.
for (const [signal, hour] of [
  ['SIGTERM', 16],
  ['SIGKILL', 18],
] as const) {
  test(`while the hub is gone (${signal}) the page says so, keeps what it shows, and recovers`, async ({
    page,
  }) => {
    await report(hub.url, morning, look(`Vor ${signal}`, hour))
    await expect(open(page).getByRole('heading', { name: `Vor ${signal}` })).toBeVisible()
    const rows = open(page).getByRole('checkbox')
    const before = await rows.count()
    expect(before).toBeGreaterThan(0)
    await mark(page)

    await hub.stop(signal)
    await expect(state(page)).toHaveText('getrennt')
    await expect(rows).toHaveCount(before)
    // What is done now is refused in words, and the rows come back.
    await page.keyboard.press('a')
    await page.keyboard.press('Enter')
    await page.keyboard.type('rathaus')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('status').filter({ hasText: 'Der Hub antwortet nicht' })).toBeVisible()
    await expect(rows).toHaveCount(before)

    await hub.start()
    await report(hub.url, morning, look(`Nach ${signal}`, hour + 1))
    await expect(state(page)).toHaveText('live')
    await expect(open(page).getByRole('heading', { name: `Nach ${signal}` })).toBeVisible()
    expect(await isSame(page)).toBe(true)
  })
}
