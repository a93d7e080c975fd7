import { expect, test, type Page } from '@playwright/test'
import { ordinaryDay } from './field-day.ts'
import { asOperator, logIn, startHub, type Hub } from './hub.ts'
import { replay } from './tray-agent.ts'

let hub: Hub
test.beforeAll(async () => {
  hub = await startHub()
  await replay(hub.url, ordinaryDay)
})
test.afterAll(() => hub.remove())
test.beforeEach(({ context }) => logIn(context, hub.url, ordinaryDay.user))

const PAGE = `/app/attendance?user=${ordinaryDay.user}`
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const state = (page: Page) => page.locator('.presence .word')

test('somebody comes, has a break, goes by mistake and comes back', async ({ page }) => {
  await page.goto(hub.url + PAGE)
  await expect(state(page)).toHaveText('Abwesend')
  await press(page, 'Kommen')
  await expect(state(page)).toHaveText('Anwesend')
  await press(page, 'Pause beginnen')
  await expect(state(page)).toHaveText('In Pause')
  await press(page, 'Weiterarbeiten')
  await press(page, 'Gehen')
  await expect(state(page)).toHaveText('Abwesend')
  await page.getByRole('button', { name: 'Rückgängig' }).click()
  await expect(state(page)).toHaveText('Anwesend')
  await expect(page.getByRole('region', { name: 'Wer ist da' }).or(page.locator('.who'))).toContainText(
    '1 Person',
  )
})

test('a day is corrected with a reason, approved, and printed on one page', async ({ page }) => {
  await page.goto(`${hub.url}/app/attendance/2026-03?user=${ordinaryDay.user}`)
  const day = page.getByRole('row', { name: /Di, 17\. März/ })
  await day.getByRole('button').click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Kommen').last().fill('730')
  await sheet.getByLabel('Gehen').last().fill('16:45')
  await sheet.getByLabel('Grund').fill('Auf der Baustelle')
  await sheet.getByRole('button', { name: 'Korrektur beantragen' }).click()
  await expect(sheet).toBeHidden()
  await expect(day).toContainText('Korrektur offen')
  await press(page, 'Genehmigen')
  await expect(day).toContainText('9:15')
  await expect(day).toContainText('0:00 Pause, nötig sind 0:45 (ab 15 Minuten am Stück) (§ 4 ArbZG)')

  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('heading', { name: 'Arbeitszeitnachweis März 2026' })).toBeVisible()
  await expect(page.getByRole('navigation')).toBeHidden()
  const paper = (await page.pdf({ format: 'A4' })).toString('latin1')
  expect(paper.match(/\/Type \/Page\b/g)).toHaveLength(1)
})

test('an admin sees the attendance of whom they choose', async ({ page }) => {
  await asOperator(hub.url, 'POST', '/api/people', { handle: 'ben', name: 'Ben Okafor' })
  await asOperator(hub.url, 'POST', '/api/punches', { user: 'ben', key: 'ben 1', kind: 'in' })
  await page.goto(`${hub.url}/app/attendance`)
  const answer = page.waitForResponse(/\/api\/attendance\/days\?.*user=ben/)
  await page.getByRole('button', { name: /Ben Okafor/ }).click()
  expect(((await (await answer).json()) as { user: string }).user).toBe('ben')
  await expect(page).toHaveURL(/user=ben/)
  await expect(page.getByRole('combobox')).toHaveValue('ben')
})
