import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import type { Batch } from '../contract/assignments.ts'
import type { DayEvents } from '../contract/events.ts'
import { ordinaryDay, type FieldDay } from './field-day.ts'
import { logIn, startHub, type Hub } from './hub.ts'
import { replay } from './tray-agent.ts'
import { watch } from './watch.ts'

const HOUR_US = 3_600_000_000
const isLate = ({ from }: { from: number }) => from >= 10 * HOUR_US && from < 12 * HOUR_US

/** What an agent could send at once, and the two hours in which it could not reach the hub. */
const inTime: FieldDay = { ...ordinaryDay, events: ordinaryDay.events.filter((event) => !isLate(event)) }
const late: FieldDay = { ...ordinaryDay, events: ordinaryDay.events.filter(isLate) }

let hub: Hub
test.beforeAll(async ({ request }) => {
  hub = await startHub()
  await replay(hub.url, inTime)
  const made = await request.post(`${hub.url}/api/projects`, { data: { name: 'Halle 7' } })
  const { id } = (await made.json()) as { id: number }
  for (const name of ['Entwurfsplanung', 'Bauüberwachung', 'Allgemeines'])
    await request.post(`${hub.url}/api/projects/${id}/milestones`, { data: { name } })
})
test.afterAll(() => hub.remove())

const { day, user } = ordinaryDay
const cardsOf = (page: Page) => page.locator('.card:not(.gone)')
const currentOf = (page: Page) => page.locator('#page [aria-current="true"]')

async function open(page: Page): Promise<Page> {
  await logIn(page.context(), hub.url, user)
  await page.goto(`${hub.url}/app/day/${day}?user=${user}`)
  await expect(cardsOf(page).first()).toBeVisible()
  await expect(page.getByText('live', { exact: true })).toBeVisible()
  return page
}

/**
 * One step of a person at the page: what is in hand gets explained; what somebody else explained meanwhile is passed
 * over.
 */
async function step(page: Page, milestone: string): Promise<void> {
  const id = (await currentOf(page).getAttribute('id')) ?? ''
  const gone = page.locator(`.card.gone[id="${id}"]`)
  const field = page.getByRole('dialog').getByRole('combobox')
  if ((await gone.count()) === 0) {
    await page.keyboard.press('Enter')
    await expect(field.or(gone).first()).toBeVisible()
  }
  if (await field.count()) {
    await expect(field).toBeFocused()
    await page.keyboard.type(milestone)
    await page.keyboard.press('Enter')
    await expect(field).toHaveCount(0)
  }
  const left = page.locator(`#page [id="${id}"]`)
  await expect(left.and(page.locator(':not(.gone)'))).toHaveCount(0)
  if (await gone.count()) await gone.getByRole('button', { name: 'Schließen' }).click()
}

async function review(page: Page, milestone: string, most = 40): Promise<void> {
  for (let n = 0; n < most && (await currentOf(page).count()) > 0; n++) await step(page, milestone)
}

const stored = async (request: APIRequestContext) =>
  (await (await request.get(`${hub.url}/api/days/${day}?user=${user}`)).json()) as DayEvents

test('two browsers review one day while an agent delivers two hours late: nothing is lost, nothing done twice', async ({
  browser,
  request,
}) => {
  test.setTimeout(120_000)
  const [one, two] = await Promise.all(
    [0, 1].map(async () => open(await browser.newPage({ viewport: { width: 1440, height: 900 } }))),
  )
  if (!one || !two) throw new Error('two pages were opened')
  const complaints = [one, two].flatMap((page) => watch(page, hub.url))
  // They meet: one begins with the largest, the other with the first of the day.
  await two.keyboard.press('o')

  await Promise.all([review(one, 'entwurf', 4), review(two, 'bauüber', 4), replay(hub.url, late)])
  const figures = (page: Page) => page.locator('.figures .line').innerText()
  await expect.poll(async () => (await figures(one)) === (await figures(two))).toBe(true)
  await Promise.all([review(one, 'entwurf'), review(two, 'bauüber')])

  const explained: string[] = []
  for (const page of [one, two]) {
    await expect(page.getByRole('heading', { name: 'Alles erklärt' })).toBeVisible()
    await expect(page.getByRole('progressbar').first()).toHaveAttribute('aria-valuenow', '100')
    explained.push(String(await page.locator('.summary .line, .explained').allInnerTexts()))
  }
  expect(explained[1]).toBe(explained[0])

  const { events } = await stored(request)
  expect(events).toHaveLength(ordinaryDay.events.length)
  expect(events.filter(({ assignment }) => assignment === null)).toEqual([])
  const { items } = (await (await request.get(`${hub.url}/api/batches?limit=100`)).json()) as {
    items: Batch[]
  }
  const assigned = items.filter(({ kind }) => kind === 'assign').reduce((sum, { rows }) => sum + rows, 0)
  expect(assigned, 'each event was assigned once, by one of them').toBe(events.length)
  expect(complaints).toEqual([])
})

test('what somebody has in hand says that it was explained elsewhere, and is not explained again', async ({
  browser,
  request,
}) => {
  const { events } = await stored(request)
  const ids = events.map(({ id }) => id)
  await request.put(`${hub.url}/api/assignments`, { data: { eventIds: ids, target: null } })
  const page = await open(await browser.newPage({ viewport: { width: 390, height: 844 } }))
  const id = (await currentOf(page).getAttribute('id')) ?? ''
  const own = events.filter(({ sessionId }) => `s${sessionId}` === id).map((event) => event.id)
  await request.put(`${hub.url}/api/assignments`, {
    data: { eventIds: own, target: { projectId: 1, milestoneId: 3 } },
  })
  const gone = page.locator(`.card.gone[id="${id}"]`)
  await expect(gone).toContainText('Inzwischen woanders zugeordnet: Halle 7 · Allgemeines')
  await page.keyboard.press('1')
  await page.keyboard.press('i')
  await expect(
    page.getByRole('status').filter({ hasText: 'Inzwischen woanders zugeordnet' }).last(),
  ).toBeVisible()
  const after = await stored(request)
  expect(
    after.events
      .filter(({ id: event }) => own.includes(event))
      .map(({ assignment }) => assignment?.milestoneId),
  ).toEqual(own.map(() => 3))
  expect(after.events.filter(({ assignment }) => assignment !== null)).toHaveLength(own.length)
  await gone.getByRole('button', { name: 'Schließen' }).click()
  await expect(gone).toHaveCount(0)
})
