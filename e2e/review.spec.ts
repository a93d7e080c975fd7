import { expect, test, type APIRequestContext, type Page } from '@playwright/test'
import type { DayEvents, DaySummary, Event } from '../contract/events.ts'
import type { Project } from '../contract/projects.ts'
import { formatDuration, parseInstant, zone } from '../contract/time.ts'
import { fillDemo, memoryOf } from './demo-truth.ts'
import { logIn, startHub, type Hub } from './hub.ts'

/** What the review may cost a person, for the whole of their busiest day, and when the office has rules. */
const MOST_INTERACTIONS = 40
const MOST_WITH_RULES = 12
const LAST_DAY = 24
const DAYS = 14

let hub: Hub
test.beforeEach(async () => {
  hub = await startHub(undefined, fillDemo)
})
test.afterEach(() => hub.remove())

const dayOf = async (request: APIRequestContext, user: string, day: string) =>
  (await (await request.get(`${hub.url}/api/days/${day}?user=${user}`)).json()) as DayEvents

const UTC = zone('UTC')
const counts = ({ start, end, awayMs }: Event) =>
  (parseInstant(end, UTC) ?? 0) - (parseInstant(start, UTC) ?? 0) - awayMs

/** The day and person with most sessions. */
async function busiest(request: APIRequestContext): Promise<{ user: string; day: string }> {
  const { items } = (await (await request.get(`${hub.url}/api/users`)).json()) as {
    items: { handle: string }[]
  }
  const found: { user: string; day: string; sessions: number }[] = []
  for (const { handle: user } of items)
    for (let at = 0; at < DAYS; at++) {
      const day = `2026-11-${String(LAST_DAY - at).padStart(2, '0')}`
      found.push({ user, day, sessions: (await dayOf(request, user, day)).sessions.length })
    }
  return found.sort((a, b) => b.sessions - a.sessions)[0] as { user: string; day: string }
}

/** A person at the page: every key and every click counts as one. */
function handsOn(page: Page) {
  let interactions = 0
  return {
    count: () => interactions,
    async press(key: string) {
      interactions++
      await page.keyboard.press(key)
    },
    async click(target: ReturnType<Page['locator']>) {
      interactions++
      await target.click()
    },
    /** One for each letter. */
    async type(text: string) {
      interactions += text.length
      await page.keyboard.type(text)
    },
  }
}

type Own = { user: string; day: string }

/** Nobody has explained anything yet; without `by`, no rule did either. */
async function takeBack(request: APIRequestContext, { user, day }: Own, by?: 'manual'): Promise<void> {
  const { events } = await dayOf(request, user, day)
  const assigned = events
    .filter(({ assignment }) => assignment !== null && assignment.by === (by ?? assignment.by))
    .map(({ id }) => id)
  await request.put(`${hub.url}/api/assignments`, { data: { eventIds: assigned, target: null } })
}

/** The person explains what is left of their day; resolves to how many interactions that takes. */
async function review(
  page: Page,
  request: APIRequestContext,
  { user, day }: Own,
  words: string,
): Promise<number> {
  const before = await dayOf(request, user, day)
  const isAnyExplained = before.events.some(({ assignment }) => assignment !== null)

  // What the person remembers: where the time of each session went, most of it.
  const remember = memoryOf(user, day)
  const rightFor = (events: readonly Event[]): string | null => {
    const spent = new Map<string, number>()
    for (const event of events) {
      const target = remember(event)
      if (target !== null) spent.set(target, (spent.get(target) ?? 0) + counts(event) + 1)
    }
    return [...spent].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
  }
  const bySession = Map.groupBy(before.events, ({ sessionId }) => `s${sessionId}`)

  await page.setViewportSize({ width: 1440, height: 900 })
  await logIn(page.context(), hub.url, user)
  await page.goto(`${hub.url}/app/day/${day}?user=${user}`)
  const progress = page.getByRole('progressbar', { name: 'Anteil der erklärten Zeit' })
  await expect(progress).toHaveAttribute('aria-valuenow', isAnyExplained ? /^[1-9]/ : '0')
  const current = page.locator('#page [aria-current="true"]')
  const cards = page.locator('.card')
  const total = await cardsThere(page)
  const hands = handsOn(page)
  await expect(current.locator('.pair').first()).toBeVisible()

  /** Does one thing and waits until the page offers what it learned from it. */
  async function act(what: () => Promise<void>): Promise<void> {
    const learned = page.waitForResponse((response) => response.url().includes('/suggestions'))
    await what()
    await learned
  }

  /** By search, as for anything: the name's beginning, until it is the first one found. */
  async function pick(name: string): Promise<void> {
    const [project = '', milestone = ''] = name.split(' · ')
    const picker = page.getByRole('dialog')
    const first = picker.getByRole('option').first()
    await expect(picker.getByRole('combobox')).toBeFocused()
    for (const letter of `${milestone.slice(0, 6)} ${project.slice(0, 6)}`) {
      const isFound =
        (await first.innerText()).includes(project) && (await first.innerText()).includes(milestone)
      if (isFound) break
      await hands.type(letter)
    }
    await act(() => hands.press('Enter'))
  }

  while (await cards.count()) {
    const id = (await current.getAttribute('id')) ?? ''
    if (id === 'small') {
      await hands.press('k')
      continue
    }
    const wanted = rightFor(bySession.get(id) ?? [])
    const names = await current.locator('.pair .words > span:first-child').allInnerTexts()
    const at = Math.max(0, wanted === null ? 0 : names.indexOf(wanted))
    if (wanted !== null && !names.includes(wanted)) {
      await hands.press('Enter')
      await pick(wanted)
    } else {
      const alike = current.locator('.pair').nth(at).locator('.alike')
      if (await alike.count()) await act(() => hands.click(alike))
      else await act(() => hands.press(String(at + 1)))
    }
    await expect(page.locator(`.card[id="${id}"]`)).toHaveCount(0)
  }

  const small = page.locator('#small')
  if (await small.count()) {
    await expect(small).toHaveAttribute('aria-current', 'true')
    await act(() => hands.press('0'))
  }
  if (await small.count()) {
    await hands.press('Enter')
    await act(() => hands.press('Enter'))
  }

  await expect(page.getByRole('heading', { name: 'Alles erklärt' })).toBeVisible()
  await expect(small).toHaveCount(0)
  await expect(progress).toHaveAttribute('aria-valuenow', '100')

  const after = await dayOf(request, user, day)
  const open = after.events.filter((event) => !event.assignment && !event.private && !event.ignored)
  expect(open).toEqual([])
  console.log(
    `review: ${user}'s ${day}, ${words}, ${after.events.length} events in ${total} blocks and small change: ${hands.count()} interactions, ${await rightShare(request, after, remember)} of the time where it belongs`,
  )
  await expectFigures(page, request, after, user)
  return hands.count()
}

test('a person explains their busiest day from nothing to all of it in a few dozen interactions', async ({
  page,
  request,
}) => {
  test.setTimeout(180_000)
  const own = await busiest(request)
  await takeBack(request, own)
  expect(await review(page, request, own, 'from nothing')).toBeLessThanOrEqual(MOST_INTERACTIONS)
})

test('where the rules of the office are on, a few remain', async ({ page, request }) => {
  test.setTimeout(180_000)
  const own = await busiest(request)
  await takeBack(request, own, 'manual')
  expect(await review(page, request, own, 'the rules are on')).toBeLessThanOrEqual(MOST_WITH_RULES)
})

/** How many blocks the page says that there are. */
async function cardsThere(page: Page): Promise<number> {
  const text = await page.locator('.figures .rest').innerText()
  return Number(/in (\d+) Bl/.exec(text)?.[1])
}

async function projectsOf(request: APIRequestContext): Promise<Project[]> {
  const answer = await request.get(`${hub.url}/api/projects?archived=true`)
  return ((await answer.json()) as { items: Project[] }).items
}

/** What share of the time went where the person knows that it belongs. */
async function rightShare(
  request: APIRequestContext,
  { events }: DayEvents,
  remember: (event: Event) => string | null,
): Promise<string> {
  const names = new Map(
    (await projectsOf(request)).flatMap((project) =>
      project.milestones.map((milestone) => [milestone.id, `${project.name} · ${milestone.name}`] as const),
    ),
  )
  const known = events.filter((event) => event.assignment !== null && remember(event) !== null)
  const right = known.filter((event) => names.get(event.assignment?.milestoneId ?? 0) === remember(event))
  const time = (some: Event[]) => some.reduce((sum, event) => sum + counts(event), 0)
  return `${((time(right) / time(known)) * 100).toFixed(0)} %`
}

/** The page's figures are those of the kiosk and of what is booked. */
async function expectFigures(
  page: Page,
  request: APIRequestContext,
  { day, events }: DayEvents,
  user: string,
): Promise<void> {
  const summary = (await (await request.get(`${hub.url}/api/days/${day}/summary`)).json()) as DaySummary
  const own = summary.people.find((one) => one.user === user)
  expect(own?.assignedMs).toBe(own?.capturedMs)
  await expect(page.locator('.figures .big')).toHaveText(formatDuration(own?.assignedMs ?? 0))

  const booked = Map.groupBy(
    events.filter(({ assignment, ignored }) => assignment !== null && !ignored),
    ({ assignment }) => assignment?.milestoneId ?? 0,
  )
  const projects = await projectsOf(request)
  for (const [id, some] of booked) {
    const milestone = projects.flatMap(({ milestones }) => milestones).find((one) => one.id === id)
    const project = projects.find((one) => one.id === milestone?.projectId)
    const row = page
      .locator('.explained .fold .row')
      .filter({ hasText: project?.name ?? '-' })
      .filter({ hasText: milestone?.name ?? '-' })
    const ms = some.reduce((sum, event) => sum + counts(event), 0)
    await expect(row.locator('.figure')).toHaveText(ms > 0 && ms < 30_000 ? '< 0:01' : formatDuration(ms))
  }
}
