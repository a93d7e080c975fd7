import { expect, test, type Locator, type Page } from '@playwright/test'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startHubClock } from './hub-clock.ts'
import { logIn, startHub, type Hub } from './hub.ts'
import { FRIDAY, MONDAY, NOW, officeAt } from './rules-world.ts'
import { watch } from './watch.ts'

let folder: string
let hub: Hub
let office: ReturnType<typeof officeAt>
test.beforeEach(async ({ request, context }) => {
  folder = await mkdtemp(path.join(tmpdir(), 'timetrack-rules-'))
  hub = await startHub(startHubClock(folder, NOW))
  office = officeAt(request, hub.url)
  await office.found()
  await logIn(context, hub.url, 'anna')
})
test.afterEach(async () => {
  await hub.remove()
  await rm(folder, { recursive: true })
})

const says = (page: Page, text: string) =>
  expect(page.getByRole('status').filter({ hasText: text })).toBeVisible()
const rows = (page: Page): Locator =>
  page.getByRole('list', { name: 'Regeln in ihrer Reihenfolge' }).getByRole('link')
const dry = (page: Page): Locator => page.getByRole('region', { name: 'Was sich ändern würde' })
const write = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })

async function aim(page: Page, query: string): Promise<void> {
  await page.getByRole('button', { name: 'ordnet zu' }).click()
  await page.getByRole('combobox').fill(query)
  await page.getByRole('combobox').press('Enter')
}

test('a rule is written, tried, applied to the past, explained by the Day, and taken back', async ({
  page,
}) => {
  const complaints = watch(page, hub.url)
  const [, , byHand = 0] = await office.record(
    { at: '08:00', to: '10:00', title: '2417_WHN_Grundriss.dwg - AutoCAD' },
    { day: FRIDAY, at: '08:00', to: '09:00', title: '<img src=x onerror=alert(1)> 2417_whn_Schnitt.dwg' },
    { at: '10:00', to: '10:30', title: '2417_WHN_Detail.dwg' },
    { at: '10:30', to: '11:00', title: '2431_KSH_Ansicht.dwg' },
    { day: '2026-02-10', at: '08:00', to: '12:00', title: '2417_WHN_Februar.dwg' },
  )
  await office.assign(byHand, 2)

  await page.goto(`${hub.url}/app/rules`)
  await expect(page.getByRole('heading', { name: 'Noch keine Regel' })).toBeVisible()
  await page.keyboard.press('n')
  await expect(write(page, 'Name')).toBeFocused()
  await write(page, 'Name').fill('Werkhalle')
  await write(page, 'Programm').fill('ACA*')
  await write(page, 'Titel enthält').fill('2417_whn')
  await expect(dry(page)).toContainText('sobald das Ziel gewählt ist')
  await expect(dry(page).getByText('<img src=x onerror=alert(1)> 2417_whn_Schnitt.dwg')).toBeVisible()
  await expect(dry(page).locator('mark').filter({ hasText: '2417_WHN' }).first()).toBeVisible()

  await aim(page, 'ausführung')
  await expect(dry(page)).toContainText('1.–16. März · 3 Ereignisse')
  const table = dry(page).locator('.row')
  await expect(table).toHaveText([
    /nicht erklärt\s*−3:00/,
    /Werkhalle Nord · Ausführungsplanung\s*Budget danach 3 von 2 h/,
  ])
  await expect(table.last()).toContainText('+3:00')
  await expect(dry(page)).toContainText('1 Ereignis bleibt, wie es ist: von Hand zugeordnet.')
  await dry(page).getByRole('button', { name: 'Anzeigen' }).click()
  await expect(dry(page).getByRole('list', { name: 'von Hand zugeordnet' })).toContainText('Detail')
  await page.getByRole('radio', { name: 'Alles' }).check()
  await expect(table.last()).toContainText('+7:00')
  await page.getByRole('radio', { name: 'Dieser Monat' }).check()
  await expect(table.last()).toContainText('+3:00')

  await page.getByRole('button', { name: 'Speichern und auf März anwenden' }).click()
  await says(page, '„Werkhalle“ hat 2 Ereignisse geändert')
  await expect(page).toHaveURL(/\/app\/rules\/1$/)
  await expect(rows(page)).toHaveText([/Werkhalle.*ACA\* · Titel enthält „2417_whn“.*3:30/s])
  await page.keyboard.press('u')
  await says(page, 'Zurückgenommen')
  await page.getByRole('button', { name: 'Auf März anwenden' }).click()
  await says(page, '„Werkhalle“ hat 2 Ereignisse geändert')
  await expect(dry(page)).toContainText('Es würde sich nichts ändern')

  await page.goto(`${hub.url}/app/day/${MONDAY}?user=anna`)
  const explained = page.getByRole('region', { name: 'Erklärt' })
  await explained.getByRole('button', { name: /Werkhalle Nord/ }).click()
  await explained.getByRole('button', { name: 'Weitere Aktionen' }).first().click()
  await page.getByRole('menuitem', { name: 'Warum?' }).click()
  const why = page.getByRole('dialog', { name: 'Warum?' })
  await expect(why).toContainText('Regel „Werkhalle“')
  await expect(why).toContainText('Werkhalle Nord · Ausführungsplanung')
  await expect(why.locator('mark')).toHaveText(['acad.exe', '2417_WHN'])
  await why.getByRole('link', { name: 'Zur Regel' }).click()
  await expect(page).toHaveURL(/\/app\/rules\/1$/)
  await expect(write(page, 'Name')).toHaveValue('Werkhalle')
  expect(complaints).toEqual([])
})

test('a block of the Day becomes a rule, with what else it would catch', async ({ page }) => {
  const complaints = watch(page, hub.url)
  await office.record(
    { at: '08:00', to: '09:00', title: '2431_KSH_Kosten_v1.xlsx - Excel', app: 'EXCEL.EXE' },
    { day: FRIDAY, at: '08:00', to: '11:00', title: '2431_KSH_Kosten_v0.xlsx - Excel', app: 'EXCEL.EXE' },
  )
  await page.goto(`${hub.url}/app/day/${MONDAY}?user=anna`)
  const open = page.getByRole('region', { name: 'Noch zu erklären' })
  await open.getByRole('button', { name: 'Weitere Aktionen' }).first().click()
  await page.getByRole('menuitem', { name: 'Regel daraus machen' }).click()
  await expect(page).toHaveURL(/\/app\/rules\?from=\d+$/)
  await expect(page.getByRole('note')).toContainText('träfe er noch 1 Ereignis (3:00)')
  await expect(write(page, 'Titel enthält')).toHaveValue('2431_KSH_Kosten')
  await expect(write(page, 'Programm')).toHaveValue('excel')
  await aim(page, 'kosten')
  await write(page, 'Kommentar').fill('aus')
  await page.getByRole('button', { name: 'Titel einsetzen' }).click()
  await expect(write(page, 'Kommentar')).toHaveValue('aus {title}')
  await page.getByRole('button', { name: 'Speichern und auf März anwenden' }).click()
  await says(page, 'hat 2 Ereignisse geändert')
  expect(await office.comments(MONDAY)).toEqual(['aus 2431_KSH_Kosten_v1.xlsx'])
  expect(complaints).toEqual([])
})

test('rules are put in order by keys and by dragging, and what is hidden says so', async ({ page }) => {
  const complaints = watch(page, hub.url)
  await office.rule('Statik', { app: 'acad', titleContains: 'Statik' })
  await office.rule('Pläne', { app: 'acad' })
  await office.rule('Kosten', { app: 'excel' })
  const stored = async () => (await office.rules()).map(({ name }) => name)
  await page.goto(`${hub.url}/app/rules`)
  await expect(rows(page)).toHaveText([/Kosten/, /Pläne/, /Statik/])
  await expect(rows(page).nth(2)).toContainText('von „Pläne“ verdeckt')

  await rows(page).nth(2).focus()
  await page.keyboard.press('Alt+ArrowUp')
  await says(page, '„Statik“ an Stelle 2 von 3')
  await expect(rows(page).nth(1)).toBeFocused()
  await expect(rows(page)).toHaveText([/Kosten/, /Statik/, /Pläne/])
  await expect(page.getByText('verdeckt')).toHaveCount(0)
  expect(await stored()).toEqual(['Kosten', 'Statik', 'Pläne'])

  const from = await rows(page).nth(0).boundingBox()
  const to = await rows(page).nth(2).boundingBox()
  if (from === null || to === null) throw new Error('rows are not shown')
  await page.mouse.move(from.x + 8, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(to.x + 8, to.y + to.height / 2 + 8, { steps: 5 })
  await page.mouse.up()
  await says(page, '„Kosten“ an Stelle 3 von 3')
  expect(await stored()).toEqual(['Statik', 'Pläne', 'Kosten'])
  await page.getByRole('button', { name: 'Rückgängig' }).click()
  await expect.poll(stored).toEqual(['Kosten', 'Statik', 'Pläne'])

  await page.mouse.move(from.x + 8, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(to.x + 8, to.y + to.height / 2 + 8, { steps: 5 })
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(rows(page)).toHaveText([/Kosten/, /Statik/, /Pläne/])
  expect(await stored()).toEqual(['Kosten', 'Statik', 'Pläne'])
  expect(complaints).toEqual([])
})

test('rules go out as a file and come back the same', async ({ page }) => {
  const complaints = watch(page, hub.url)
  await office.rule('Statik', { titleRegex: '^\\d{4}_(WHN|KSH)', source: 'window' })
  await office.rule('Anrufe', { contact: 'Behrens', phone: '+49 30*' })
  const before = await office.exported()
  await page.goto(`${hub.url}/app/rules`)
  await page.getByRole('button', { name: 'Weitere Aktionen' }).first().click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Exportieren' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('timetrack-regeln-2026-03-16.json')
  const file = await download.path()
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(before)

  for (const name of ['Anrufe', 'Statik']) {
    await rows(page).filter({ hasText: name }).click()
    const editor = page.getByRole('region', { name, exact: true })
    await editor.getByRole('button', { name: 'Weitere Aktionen' }).click()
    await page.getByRole('menuitem', { name: 'Löschen' }).click()
    await says(page, `„${name}“ gelöscht`)
  }
  await expect(page.getByRole('heading', { name: 'Noch keine Regel' })).toBeVisible()
  await page.getByRole('button', { name: 'Rückgängig' }).click()
  await expect(rows(page)).toHaveText([/Statik/])

  await page.getByRole('button', { name: 'Importieren' }).click()
  const sheet = page.getByRole('dialog', { name: 'Regeln importieren' })
  await sheet.locator('input[type=file]').setInputFiles(file)
  await expect(sheet.getByRole('listitem')).toHaveText([/Anrufe\s*neu/, /Statik\s*gibt es schon/])
  await sheet.getByRole('button', { name: '2 Regeln importieren' }).click()
  await says(page, 'Importiert: 1 neu, 0 geändert, 1 gleich')
  await expect(rows(page)).toHaveText([/Anrufe/, /Statik/])
  expect(await office.exported()).toEqual(before)
  expect(complaints).toEqual([])
})

test('what cannot be searched in linear time is refused in words, what can be is quick', async ({ page }) => {
  await office.record({ at: '08:00', to: '09:00', title: `${'a'.repeat(400)}!` })
  const rule = await office.rule('Alles', { app: '*' })
  await page.goto(`${hub.url}/app/rules/${rule}`)
  await page.getByRole('button', { name: 'Titel-Regex', exact: true }).click()
  const regex = write(page, 'Titel-Regex')
  for (const [pattern, message] of [
    ['(?=a)a', 'Voraus- und Rückschau wie (?=…), (?<!…) gibt es hier nicht'],
    ['(a)\\1', 'Rückverweise wie \\1 gibt es hier nicht'],
    ['(abc){300}', 'Zu aufwendig'],
    ['(a|b', 'Als regulärer Ausdruck (RE2) nicht lesbar'],
  ] as const) {
    await regex.fill(pattern)
    await regex.blur()
    await expect(page.getByRole('alert').filter({ hasText: message })).toBeVisible()
    await expect(dry(page)).toContainText('Der Probelauf wartet')
  }
  await page.getByRole('button', { name: 'Nur ab jetzt' }).click()
  await expect(regex).toHaveAttribute('aria-invalid', 'true')
  expect((await office.rules())[0]?.version).toBe(1)

  // Another engine would still be at it tomorrow.
  await regex.fill('(a+)+$')
  await expect(dry(page)).toContainText('trifft die Regel nichts')
  await regex.fill('(a+)+')
  await expect(dry(page).locator('mark').first()).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('a rule opens in the place of the list, and is moved by buttons', async ({ page }) => {
    const complaints = watch(page, hub.url)
    await office.rule('Statik', { titleContains: 'Statik' })
    await office.rule('Pläne', { app: 'acad' })
    await page.goto(`${hub.url}/app/rules`)
    await expect(rows(page)).toHaveCount(2)
    await rows(page).first().tap()
    await expect(write(page, 'Name')).toHaveValue('Pläne')
    await expect(rows(page)).toHaveCount(0)
    await write(page, 'Name').fill('Alle Pläne')
    await page.getByRole('link', { name: 'Alle Regeln' }).tap()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Verwerfen' }).tap()
    await expect(rows(page)).toHaveText([/Pläne/, /Statik/])
    await page.getByRole('button', { name: 'Weitere Aktionen' }).tap()
    await page.getByRole('menuitem', { name: 'Reihenfolge ändern' }).tap()
    await page.getByRole('button', { name: '„Pläne“ nach unten' }).tap()
    await expect(rows(page)).toHaveText([/Statik/, /Pläne/])
    await says(page, '„Pläne“ an Stelle 2 von 2')
    await page.getByRole('button', { name: 'Fertig' }).tap()
    expect(complaints).toEqual([])
  })
})
