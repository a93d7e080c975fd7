import { expect, test, type Page } from '@playwright/test'
import { ordinaryDay } from './field-day.ts'
import { logIn, startHub, type Hub } from './hub.ts'
import { replay } from './tray-agent.ts'
import { watch } from './watch.ts'

let hub: Hub
test.beforeAll(async ({ request }) => {
  hub = await startHub()
  await replay(hub.url, ordinaryDay)
  await request.post(`${hub.url}/api/projects`, { data: { name: 'Umbau Rathaus' } })
  await request.post(`${hub.url}/api/projects/1/milestones`, { data: { name: 'Entwurfsplanung' } })
})
test.afterAll(() => hub.remove())
test.beforeEach(({ context }) => logIn(context, hub.url, ordinaryDay.user))

const says = (page: Page, text: string) =>
  expect(page.getByRole('status').filter({ hasText: text })).toBeVisible()

/** How many events of the drawings are assigned, as the hub knows it. */
async function assigned(page: Page): Promise<number> {
  const answer = await page.request.get(`${hub.url}/api/events?text=grundriss&assigned=true&limit=500`)
  const { items } = (await answer.json()) as { items: unknown[] }
  return items.length
}

test('what is found is assigned all at once, and taken back all at once', async ({ page }) => {
  const complaints = watch(page, hub.url)
  await page.goto(`${hub.url}/app/week/${ordinaryDay.day}?user=${ordinaryDay.user}`)
  await expect(page.getByRole('grid')).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByRole('textbox', { name: 'Suchtext' })).toBeFocused()
  await page.keyboard.type('grundr halle')
  await expect(page).toHaveURL(/\?q=grundr\+halle&user=/)
  const lines = page.getByRole('checkbox')
  await expect(lines.first()).toBeVisible()
  await expect(page.getByText('Grundr', { exact: true }).first()).toBeVisible()

  await page.getByRole('combobox', { name: 'Stand' }).selectOption('open')
  await expect(page).toHaveURL(/state=open/)
  const found = await lines.count()
  expect(found).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Alle auswählen' }).click()
  await page.getByRole('region', { name: 'Auswahl' }).getByRole('button', { name: 'Zuordnen' }).click()
  await page.getByRole('dialog').getByRole('combobox').fill('entwurf')
  await page.keyboard.press('Enter')
  await says(page, '→ Umbau Rathaus · Entwurfsplanung')
  await expect(lines).toHaveCount(0)
  expect(await assigned(page)).toBeGreaterThan(10)

  await page.keyboard.press('u')
  await says(page, 'Zurückgenommen')
  await expect(lines).toHaveCount(found)
  expect(await assigned(page)).toBe(0)
  expect(complaints).toEqual([])
})

test('the address holds the search, and nothing found says what to try', async ({ page }) => {
  await page.goto(`${hub.url}/app/search?q=grundriss&from=2026-03-18&user=${ordinaryDay.user}`)
  await expect(page.getByText('Nichts gefunden zu „grundriss“')).toBeVisible()
  await page.getByRole('button', { name: 'Zu allen Zeiten' }).click()
  await expect(page.getByRole('checkbox').first()).toBeVisible()
  await page.getByRole('link', { name: 'Dienstag, 17. März' }).click()
  await expect(page).toHaveURL(new RegExp(`/app/day/${ordinaryDay.day}\\?user=`))
})

test('other settings for sessions are seen on a real day before they are saved', async ({ page }) => {
  await page.goto(`${hub.url}/app/week/${ordinaryDay.day}?user=${ordinaryDay.user}`)
  await page.getByRole('button', { name: 'Mehr', exact: true }).click()
  await page.getByRole('button', { name: 'Sessions' }).click()
  const preview = page.getByRole('region', { name: 'Vorschau an einem echten Tag' })
  await expect(preview).toContainText('wie jetzt')
  await page.getByRole('textbox', { name: 'Lücke bis' }).fill('60')
  await page.getByRole('slider', { name: 'Ähnliche Titel' }).fill('0')
  await expect(preview).toContainText(/\d+ Bl(o|ö)cke? statt \d+/)
  await page.getByRole('button', { name: 'Speichern' }).click()
  await says(page, 'Einstellungen gespeichert')
  await expect(preview).toContainText('wie jetzt')
  await page.getByRole('button', { name: 'Auf die Vorgaben zurück' }).click()
  await expect(preview).toContainText('statt')
})
