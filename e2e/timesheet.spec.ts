import { expect, test, type Page } from '@playwright/test'
import { ordinaryDay } from './field-day.ts'
import { logIn, startHub, type Hub } from './hub.ts'
import { replay } from './tray-agent.ts'
import { watch } from './watch.ts'

/** The captured day is a Tuesday; the days beside it are empty. */
const WEEK = `/app/week/${ordinaryDay.day}?user=${ordinaryDay.user}`
const TUESDAY = '2026-03-17'
const TARGET = 'Umbau Rathaus · Entwurfsplanung'

let hub: Hub
test.beforeAll(async ({ request }) => {
  hub = await startHub()
  await replay(hub.url, ordinaryDay)
  await request.post(`${hub.url}/api/projects`, { data: { name: 'Umbau Rathaus' } })
  await request.post(`${hub.url}/api/projects/1/milestones`, { data: { name: 'Entwurfsplanung' } })
})
test.afterAll(() => hub.remove())
test.beforeEach(({ context }) => logIn(context, hub.url, ordinaryDay.user))

const row = (page: Page) => page.getByRole('row', { name: /Entwurfsplanung/ })
const cell = (page: Page, col: number) => row(page).getByRole('gridcell').nth(col)
const total = (page: Page) => row(page).getByRole('gridcell').last()
const says = (page: Page, text: string | RegExp) =>
  expect(page.getByRole('status').filter({ hasText: text })).toBeVisible()

async function addRow(page: Page): Promise<void> {
  await page.keyboard.press('n')
  await page.getByRole('dialog').getByRole('combobox').fill('entwurf')
  await page.keyboard.press('Enter')
  await expect(row(page)).toBeVisible()
  await page.keyboard.press('Escape')
}

test('time is typed into the grid, copied to the next day, taken back and found in the day', async ({
  page,
}) => {
  const complaints = watch(page, hub.url)
  await page.goto(hub.url + WEEK)
  await expect(page.getByRole('grid')).toBeVisible()
  await addRow(page)

  await expect(cell(page, 0)).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type('1:30')
  await expect(page.getByText('1:30 von Hand', { exact: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await says(page, new RegExp(`1:30 → ${TARGET} · Di, 17. März, \\d\\d:(00|15|30|45) – `))
  await expect(cell(page, 1)).toContainText('1:30')
  await expect(total(page)).toHaveText('1:30')
  await expect(page.getByRole('columnheader', { name: /Di 17\./ })).toContainText('1:30')

  await expect(cell(page, 1)).toBeFocused()
  await page.keyboard.press('c')
  await says(page, '1:30 kopiert auf Mi, 18. März')
  await expect(cell(page, 2)).toContainText('1:30')
  await expect(total(page)).toHaveText('3:00')

  await page.keyboard.press('u')
  await says(page, 'Zurückgenommen')
  await expect(total(page)).toHaveText('1:30')
  await expect(cell(page, 1)).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/app/day/${TUESDAY}\\?user=`))
  await expect(page.getByRole('region', { name: 'Erklärt' })).toContainText('1:30')
  expect(complaints).toEqual([])
})

test('on a phone the week is a list, and time is entered from a day of it', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(hub.url + WEEK)
  await page.getByRole('button', { name: 'Zeit eintragen am Mi, 18. März' }).click()
  await page.getByRole('option', { name: /Entwurfsplanung/ }).click()
  await page.getByRole('textbox', { name: 'Dauer' }).fill('1,5')
  await page.getByRole('button', { name: 'Zeit eintragen', exact: true }).click()
  await says(page, `1:30 → ${TARGET} · Mi, 18. März, 09:00 – 10:30`)
  const wednesday = page.getByRole('region', { name: 'Mi, 18. März' })
  await expect(wednesday).toContainText('Entwurfsplanung')

  await wednesday.getByRole('button', { name: 'Weitere Aktionen' }).click()
  await page.getByRole('menuitem', { name: '1:30 von Hand löschen' }).click()
  await says(page, '1:30 von Hand gelöscht')
  await expect(wednesday).not.toContainText('Entwurfsplanung')
})

test('what arrives while somebody types shows, and what is typed stays', async ({ page, request }) => {
  await page.goto(hub.url + WEEK)
  await expect(page.getByText('live', { exact: true })).toBeVisible()
  await addRow(page)
  await page.keyboard.type('2:')
  const monday = page.getByRole('columnheader', { name: /Mo 16\./ })
  await expect(monday).toContainText('–')
  await request.post(`${hub.url}/api/entries`, {
    data: {
      key: 'from-elsewhere',
      user: ordinaryDay.user,
      start: '2026-03-16T10:00:00+01:00',
      end: '2026-03-16T11:00:00+01:00',
      target: { projectId: 1, milestoneId: 1 },
    },
  })
  await expect(monday).toContainText('1:00')
  const editor = page.getByRole('textbox', { name: /Zeit eintragen/ })
  await expect(editor).toBeFocused()
  await expect(editor).toHaveValue('2:')
})
