import { expect, test, type Page } from '@playwright/test'
import path from 'node:path'
import { ordinaryDay } from './field-day.ts'
import { logIn, startHub, type Hub } from './hub.ts'
import { replay } from './tray-agent.ts'
import { watch } from './watch.ts'

const SIZES = [
  { width: 800, height: 480 },
  { width: 720, height: 1280 },
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
]
const shots = path.resolve(import.meta.dirname, '../test-results/views')

type View = { name: string; path: string; isThere: (page: Page) => Promise<void> }

const user = `user=${ordinaryDay.user}`
const VIEWS: View[] = [
  {
    name: 'day',
    path: `/app/day/${ordinaryDay.day}?${user}`,
    isThere: (page) => expect(page.getByRole('progressbar').first()).toBeVisible(),
  },
  {
    name: 'day-empty',
    path: `/app/day/2026-03-16?${user}`,
    isThere: (page) => expect(page.getByRole('heading', { name: ordinaryDay.user })).toBeVisible(),
  },
  {
    name: 'week',
    path: `/app/week/${ordinaryDay.day}?${user}`,
    isThere: (page) => expect(page.getByRole('progressbar').first()).toBeVisible(),
  },
  {
    name: 'week-empty',
    path: `/app/week/2026-03-09?${user}`,
    isThere: (page) => expect(page.getByRole('heading', { name: ordinaryDay.user })).toBeVisible(),
  },
  {
    name: 'search',
    path: `/app/search?q=halle&${user}`,
    isThere: (page) => expect(page.getByRole('checkbox').first()).toBeVisible(),
  },
  {
    name: 'search-nothing',
    path: `/app/search?q=niemals&${user}`,
    isThere: (page) => expect(page.getByRole('heading', { name: 'niemals' })).toBeVisible(),
  },
  {
    name: 'projects',
    path: '/app/projects',
    isThere: (page) => expect(page.getByText('Entwurfsplanung')).toBeVisible(),
  },
  {
    name: 'rules',
    path: '/app/rules',
    isThere: (page) => expect(page.getByText('Ausführungsplanung Logistikzentrum').first()).toBeVisible(),
  },
  {
    name: 'rules-new',
    path: '/app/rules?from=1',
    isThere: (page) => expect(page.getByRole('note')).toBeVisible(),
  },
  {
    name: 'export',
    path: '/app/export',
    isThere: (page) => expect(page.getByRole('radiogroup').first()).toBeVisible(),
  },
  {
    name: 'system',
    path: '/app/system',
    isThere: (page) => expect(page.locator('.answer')).toHaveCount(3),
  },
  {
    name: 'attendance',
    path: '/app/attendance',
    isThere: (page) => expect(page.getByRole('table').first()).toBeVisible(),
  },
  {
    name: 'people',
    path: '/app/people',
    isThere: (page) => expect(page.getByText(ordinaryDay.user).first()).toBeVisible(),
  },
  {
    name: 'kiosk',
    path: '/kiosk',
    isThere: (page) => expect(page.getByText('anna', { exact: true })).toBeVisible(),
  },
]

// The screenshots say it all; traces of as many take half the time.
test.use({ trace: 'off' })

let hub: Hub
test.beforeAll(async ({ request }) => {
  hub = await startHub()
  await replay(hub.url, ordinaryDay)
  const projects: [string, number | null][] = [
    ['Halle 7 – Neubau eines Logistikzentrums mit Verwaltung und Parkhaus', 1234.5],
    ['Größtmarkt Süd', 40],
    ['Wettbewerb', null],
  ]
  for (const [name, plannedHours] of projects) {
    const made = await request.post(`${hub.url}/api/projects`, {
      data: { name, client: 'Müller & Söhne GmbH' },
    })
    const { id } = (await made.json()) as { id: number }
    const milestones =
      name === 'Wettbewerb' ? ['Entwurfsplanung'] : ['Ausführung, Leistungsphasen 5 bis 8', 'Prüfung']
    for (const milestone of milestones)
      await request.post(`${hub.url}/api/projects/${id}/milestones`, {
        data: { name: milestone, plannedHours },
      })
  }
  const rules = [
    ['Was sonst', { app: 'acad*' }],
    ['Ausführungsplanung Logistikzentrum mit Verwaltung und Parkhaus', { titleRegex: '^Grundriss_(EG|OG)+' }],
    ['Verdeckt', { app: 'acad', titleContains: 'Schnitt' }],
  ] as const
  for (const [place, [name, conditions]] of rules.entries())
    await request.post(`${hub.url}/api/rules`, {
      data: { name, conditions, priority: [2, 3, 1][place], target: { projectId: 1, milestoneId: 1 } },
    })
  // Half the day is explained, so that every colour is on the screen.
  const day = await request.get(`${hub.url}/api/days/${ordinaryDay.day}?${user}`)
  const { events } = (await day.json()) as { events: { id: number }[] }
  const ids = events.map(({ id }) => id)
  const assign = (eventIds: number[], projectId: number, milestoneId: number | null) =>
    request.put(`${hub.url}/api/assignments`, { data: { eventIds, target: { projectId, milestoneId } } })
  await assign(ids.slice(0, 60), 1, 1)
  await assign(ids.slice(60, 90), 2, null)
  await request.patch(`${hub.url}/api/events`, {
    data: { eventIds: ids.slice(90, 95), set: { private: true } },
  })
  await request.patch(`${hub.url}/api/events`, {
    data: { eventIds: ids.slice(95, 99), set: { ignored: true } },
  })
})
test.afterAll(() => hub.remove())
test.beforeEach(({ context }) => logIn(context, hub.url, ordinaryDay.user))

for (const locale of ['de-DE', 'en-GB']) {
  test.describe(locale, () => {
    test.use({ locale })
    for (const view of VIEWS) {
      test(`${view.name} fits every screen, light and dark, and complains about nothing`, async ({
        page,
      }) => {
        const complaints = watch(page, hub.url)
        await page.goto(hub.url + view.path)
        await view.isThere(page)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          for (const size of SIZES) {
            await page.setViewportSize(size)
            const name = `${view.name}-${locale.slice(0, 2)}-${colorScheme}-${size.width}`
            await page.screenshot({ path: path.join(shots, `${name}.png`) })
            expect.soft(await tooWide(page), name).toEqual([])
          }
        }
        expect(complaints).toEqual([])
      })
    }
  })
}

/** What makes the page scroll sideways, or reaches out of it though nothing scrolls. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const found: string[] = []
    if (document.documentElement.scrollWidth > width)
      found.push(`page: ${document.documentElement.scrollWidth} px`)
    for (const element of document.querySelectorAll('button, a, input, select, h1, h2, h3, p')) {
      const { right, left, width: own } = element.getBoundingClientRect()
      const scrolls = element.closest('[tabindex="0"][role="region"]') !== null
      if (own > 0 && !scrolls && (right > width + 1 || (left < -1 && right > 0)))
        found.push(`${element.tagName} ${element.textContent.trim().slice(0, 40)}: ${left} to ${right}`)
    }
    return found
  })
}
