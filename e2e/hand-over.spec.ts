import { expect, test, type Locator, type Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { readFile } from 'node:fs/promises'
import { COLUMNS, expectedRow, type Target } from './expected-export.ts'
import { changeOfClocks, ordinaryDay, type FieldDay, type FieldEvent } from './field-day.ts'
import { logIn, startHub, type Hub } from './hub.ts'
import { replay } from './tray-agent.ts'
import { watch } from './watch.ts'

/** As the ERP writes it: Latin-1, semicolons, German numbers, the project only where it begins. */
const ERP = Buffer.from(
  [
    'Projekte;Kunde;Notizen;Arbeitspaket;Sollstunden;Erbrachte Stunden;Bonus;Intern',
    'Halle 7 Müller & Söhne;Müller & Söhne GmbH;"Neubau; Phase ""Süd""";Entwurfsplanung;1.234,5;310,25;ja;x',
    ';;;Ausführungsplanung;480;12,5;nein;',
    ';;;Bauüberwachung;;;nein;',
    'Größtmarkt Süd;Stadtwerke Würzburg;;Prüfstatik;40;41,75;;',
    ';;;Allgemeines;8;;;',
    '',
  ].join('\r\n'),
  'latin1',
)

const DRAFT: Target = { project: 'Halle 7 Müller & Söhne', milestone: 'Entwurfsplanung' }
const GENERAL: Target = { project: 'Größtmarkt Süd', milestone: 'Allgemeines' }
const REMARKS = { activity: 'Planung', comment: 'Übergabe; "geprüft", siehe Ordner' }

const isHall = (event: FieldEvent) => event.kind === 'window' && event.title.includes('Halle')

test.describe.configure({ mode: 'serial' })

let hub: Hub
test.beforeAll(async () => {
  hub = await startHub()
})
test.afterAll(() => hub.remove())

let complaints: string[]
test.beforeEach(async ({ page }) => {
  await logIn(page.context(), hub.url, ordinaryDay.user)
  complaints = watch(page, hub.url)
})
test.afterEach(() => expect(complaints).toEqual([]))

const dayPage = ({ day, user }: FieldDay) => `${hub.url}/app/day/${day}?user=${encodeURIComponent(user)}`
const explained = (page: Page) => page.getByRole('progressbar', { name: 'Anteil der erklärten Zeit' })

test('the agent replays its days, some of it twice, and every event is stored once', async () => {
  await replay(hub.url, ordinaryDay)
  await replay(hub.url, changeOfClocks)
  // Whatever an agent repeats later, too.
  await replay(hub.url, { ...ordinaryDay, events: ordinaryDay.events.slice(0, 40) })
})

test('the project list of the ERP is shown before it is imported, and has its figures after', async ({
  page,
}) => {
  await page.goto(`${hub.url}/app/projects`)
  await page.getByRole('button', { name: 'Importieren' }).first().click()
  const sheet = page.getByRole('dialog', { name: 'Projekte importieren' })
  const choose = sheet.getByLabel('CSV-Datei wählen')

  await choose.setInputFiles({ name: 'leer.csv', mimeType: 'text/csv', buffer: Buffer.from('Farbe;Zahl\n') })
  await expect(sheet.getByRole('alert')).toBeVisible()
  // The hub's refusal (422) is the one complaint that is wanted.
  expect(complaints.splice(0).filter((text) => !text.includes('422'))).toEqual([])

  await sheet
    .locator('input[type=file]')
    .setInputFiles({ name: 'projekte.csv', mimeType: 'text/csv', buffer: ERP })
  await expect(sheet).toContainText('2 Projekte neu')
  await expect(sheet).toContainText('5 Meilensteine neu')
  await expect(sheet).toContainText('windows-1252')
  const line = sheet.getByRole('listitem').filter({ hasText: 'Müller & Söhne · Entwurfsplanung' })
  await expect(line).toContainText('Zeile 2')
  await expect(line).toContainText('1.234,5')
  await expect(line).toContainText('310,25')

  await sheet.getByRole('button', { name: /^\d+ Zeilen importieren$/ }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Importiert: 7 neu, 0 geändert' })).toBeVisible()
  await expect(sheet).toBeHidden()
  await expectMilestone(page, 'Entwurfsplanung', ['1.234,5', '310,3', '924,3'])
  await expectMilestone(page, 'Ausführungsplanung', ['480', '12,5', '467,5'])
  await expectMilestone(page, 'Bauüberwachung', ['–', '0', '–'])
  await expectMilestone(page, 'Prüfstatik', ['40', '41,8', '-1,8'])

  await page.getByRole('button', { name: 'Importieren' }).first().click()
  await sheet
    .locator('input[type=file]')
    .setInputFiles({ name: 'projekte.csv', mimeType: 'text/csv', buffer: ERP })
  await expect(sheet).toContainText('Alles, was in der Datei steht, ist schon so.')
})

async function expectMilestone(page: Page, name: string, figures: string[]): Promise<void> {
  const row = page.getByRole('listitem').filter({ hasText: name }).last()
  for (const [index, label] of ['Geplant', 'Geleistet', 'Rest'].entries())
    await expect(row.getByText(label).locator('..')).toHaveText(`${label}${figures[index]}`)
}

test('an ordinary day is explained with the pointer, one step taken back and done again', async ({
  page,
}) => {
  await page.goto(dayPage(ordinaryDay))
  const open = page.getByRole('region', { name: 'Noch zu erklären' })
  await expect(explained(page)).toHaveAttribute('aria-valuenow', '0')

  await page.getByRole('button', { name: 'Suchen' }).click()
  await page.getByRole('textbox', { name: 'Suchen' }).fill('halle')
  await expect(open.getByRole('checkbox')).toHaveCount(3)
  await open.getByRole('button', { name: 'Alle auswählen' }).click()
  await page.getByRole('region', { name: 'Auswahl' }).getByRole('button', { name: 'Zuordnen' }).click()
  const picker = page.getByRole('dialog')
  await picker.getByRole('button', { name: 'Tätigkeit oder Kommentar ergänzen' }).click()
  await picker.getByLabel('Tätigkeit').fill(REMARKS.activity)
  await picker.getByLabel('Kommentar').fill(REMARKS.comment)
  await picker.getByRole('combobox').fill('entwurf')
  await picker.getByRole('option', { name: /Entwurfsplanung/ }).click()
  await expect(picker).toBeHidden()
  await expect(
    page.getByRole('status').filter({ hasText: '→ Halle 7 Müller & Söhne · Entwurfsplanung' }),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Suche beenden' }).first().click()

  await open.getByRole('button', { name: 'Alle auswählen' }).click()
  await page.getByRole('region', { name: 'Auswahl' }).getByRole('button', { name: 'Zuordnen' }).click()
  await pickByTyping(picker, 'allgem')
  await expect(open.getByRole('checkbox')).toHaveCount(0)
  const almost = Number(await explained(page).getAttribute('aria-valuenow'))
  await assignSmall(open, picker)
  await expect(page.getByRole('heading', { name: 'Alles erklärt' })).toBeVisible()
  await expect(explained(page)).toHaveAttribute('aria-valuenow', '100')

  // Back twice, so that more than small change is open again.
  await page.getByRole('button', { name: 'Rückgängig' }).first().click()
  await expect(page.getByRole('status').filter({ hasText: 'Zurückgenommen' })).toBeVisible()
  await page.getByRole('button', { name: 'Rückgängig' }).first().click()
  await expect(open.getByRole('checkbox').first()).toBeAttached()
  await expect
    .poll(async () => Number(await explained(page).getAttribute('aria-valuenow')))
    .toBeLessThan(almost)
  await page.reload()
  await expect(open.getByRole('checkbox').first()).toBeAttached()

  await open.getByRole('button', { name: 'Alle auswählen' }).click()
  await page.getByRole('region', { name: 'Auswahl' }).getByRole('button', { name: 'Zuordnen' }).click()
  await pickByTyping(picker, 'allgem')
  await assignSmall(open, picker)
  await expect(explained(page)).toHaveAttribute('aria-valuenow', '100')
})

async function pickByTyping(picker: Locator, text: string): Promise<void> {
  await picker.getByRole('combobox').fill(text)
  await picker.getByRole('combobox').press('Enter')
  await expect(picker).toBeHidden()
}

async function assignSmall(open: Locator, picker: Locator): Promise<void> {
  await open.getByRole('button', { name: 'Alle zuordnen' }).click()
  await pickByTyping(picker, 'allgem')
  await expect(open.getByRole('button', { name: 'Alle zuordnen' })).toBeHidden()
}

test('the night of the change of clocks is explained with the keyboard alone', async ({ page }) => {
  await logIn(page.context(), hub.url, changeOfClocks.user)
  await page.goto(dayPage(changeOfClocks))
  const open = page.getByRole('region', { name: 'Noch zu erklären' })
  const picker = page.getByRole('dialog')
  await expect(open.getByRole('checkbox').first()).toBeAttached()

  await page.keyboard.press('/')
  await page.keyboard.type('halle')
  await expect(open.getByRole('checkbox')).toHaveCount(3)
  await page.keyboard.press('Enter')
  await page.keyboard.press('a')
  await page.keyboard.press('Enter')
  await page.keyboard.type('entwurf')
  await page.keyboard.press('Enter')
  await expect(picker).toBeHidden()
  await expect(page.getByRole('status').filter({ hasText: 'Entwurfsplanung' })).toBeVisible()

  await page.keyboard.press('/')
  await page.keyboard.press('Escape')
  await page.keyboard.press('a')
  await page.keyboard.press('Enter')
  await page.keyboard.type('allgem')
  await page.keyboard.press('Enter')
  await expect(picker).toBeHidden()

  await page.keyboard.press('u')
  await expect(page.getByRole('status').filter({ hasText: 'Zurückgenommen' })).toBeVisible()
  await page.keyboard.press('a')
  await page.keyboard.press('Enter')
  await page.keyboard.type('allgem')
  await page.keyboard.press('Enter')
  await expect(picker).toBeHidden()

  const small = open.getByRole('button', { name: 'Alle zuordnen' })
  await small.focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('allgem')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Alles erklärt' })).toBeVisible()
  await expect(explained(page)).toHaveAttribute('aria-valuenow', '100')
})

test('the projects show the hours that were booked', async ({ page }) => {
  const hours = (events: readonly FieldEvent[]) => events.reduce((sum, { ms }) => sum + ms, 0) / 3_600_000
  const text = (value: number) =>
    new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 }).format(value).replace('-0', '0')
  const all = [...ordinaryDay.events, ...changeOfClocks.events]
  const draft = 310.25 + hours(all.filter(isHall))
  const general = hours(all.filter((event) => !isHall(event)))
  await page.goto(`${hub.url}/app/projects`)
  await expectMilestone(page, 'Entwurfsplanung', ['1.234,5', text(draft), text(1234.5 - draft)])
  await expectMilestone(page, 'Allgemeines', ['8', text(general), text(8 - general)])
})

for (const fieldDay of [ordinaryDay, changeOfClocks]) {
  test(`the export of ${fieldDay.day} holds every event as it was sent, cell by cell`, async ({
    page,
    request,
  }) => {
    await logIn(page.context(), hub.url, fieldDay.user)
    await page.goto(`${hub.url}/app/export`)
    await page.getByRole('radio', { name: 'Eigener' }).check()
    await page.getByLabel('Von – bis').fill(fieldDay.day)
    await page.getByLabel('bis', { exact: true }).fill(fieldDay.day)
    await expect(page.getByText(`in ${fieldDay.events.length} Zeilen`)).toBeVisible()

    await page.getByRole('radio', { name: 'CSV für das ERP' }).check()
    const field = await download(page)
    expect(field.name).toMatch(/^export_\d{8}_\d{6}\.csv$/)
    expectFile(field.bytes, fieldDay, { delimiter: ',', decimal: '.' })
    // The same to the byte as existing clients get it, who know nothing of days.
    const next = fieldDay === ordinaryDay ? '2026-03-18' : '2026-10-26'
    const old = await request.get(`${hub.url}/export/csv?start=${fieldDay.day}T00:00:00&end=${next}T00:00:00`)
    expect((await old.body()).equals(field.bytes)).toBe(true)

    await page.getByRole('radio', { name: 'Excel (deutsch)' }).check()
    expectFile((await download(page)).bytes, fieldDay, { delimiter: ';', decimal: ',' })
  })
}

async function download(page: Page): Promise<{ name: string; bytes: Buffer }> {
  const arriving = page.waitForEvent('download')
  await page.getByRole('link', { name: 'CSV herunterladen' }).click()
  const file = await arriving
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

function expectFile(
  bytes: Buffer,
  day: FieldDay,
  format: { delimiter: ',' | ';'; decimal: '.' | ',' },
): void {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  const isExcel = format.delimiter === ';'
  expect(text.startsWith('\uFEFF')).toBe(isExcel)
  expect(text.endsWith('\r\n')).toBe(true)
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  const [head, ...rows] = parse(text, { bom: true, delimiter: format.delimiter, record_delimiter: '\r\n' })
  expect(head).toEqual(COLUMNS)

  const remarks = day === ordinaryDay ? REMARKS : {}
  const wanted = day.events.map((event) =>
    expectedRow(event, isHall(event) ? { ...DRAFT, ...remarks } : GENERAL, format.decimal),
  )
  // Events of one instant have no order of their own, and those of the repeated hour none by the clock.
  const sorted = (list: string[][]) => list.map((row) => row.join('\u0001')).sort()
  expect(sorted(rows)).toEqual(sorted(wanted))
  if (day === ordinaryDay) {
    const starts = rows.map((row) => row[1])
    expect(starts).toEqual(starts.toSorted())
  }
}
