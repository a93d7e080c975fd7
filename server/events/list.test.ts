import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SOURCES, type Event, type Source } from '../../contract/events.ts'
import { formatUtc, parseInstant, zone } from '../../contract/time.ts'
import { assign, makeProject, record, recordOne } from '../testing/make.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

type Page = { items: Event[]; next: string | null }

async function page(query: Record<string, string>): Promise<Page> {
  const answer = await world.get(`/api/events?${new URLSearchParams(query).toString()}`)
  expect(answer.status, answer.bytes.toString()).toBe(200)
  return answer.json as Page
}

/** Every event that the pages of a query hold, in their order. */
async function walk(query: Record<string, string>): Promise<Event[]> {
  const events: Event[] = []
  let cursor: string | null = null
  do {
    const { items, next }: Page = await page(cursor === null ? query : { ...query, cursor })
    events.push(...items)
    cursor = next
  } while (cursor !== null)
  return events
}

const found = async (text: string) => (await walk({ text, user: 'search' })).map(({ title }) => title)
const instantOf = (text: string) => parseInstant(text, zone('UTC')) ?? NaN

describe('walking all pages', () => {
  const FIRST = Date.parse('2026-05-04T06:00:00Z')
  const WORDS = ['Statik', 'Brücke', 'Plan', 'E-Mail']
  // Few instants and people, so that many events begin alike; some within one second.
  const instant = fc.integer({ min: 0, max: 40 }).map((n) => FIRST + n * 250)
  const event = fc.record({
    start: instant,
    minutes: fc.integer({ min: 0, max: 600 }),
    user: fc.constantFrom('walk-a', 'walk-b', null),
    source: fc.constantFrom(...SOURCES),
    title: fc.option(fc.subarray(WORDS).map((words) => words.join(' '))),
    private: fc.boolean(),
  })
  let all: Event[]

  beforeAll(async () => {
    const events = fc.sample(event, { numRuns: 400, seed: 7 }).map(({ start, minutes, ...rest }) => ({
      ...rest,
      start: formatUtc(start),
      end: formatUtc(start + minutes * 60_000),
    }))
    const ids = await record(world, ...events)
    const some = (share: number, offset: number) => ids.filter((_, index) => index % share === offset)
    await assign(world, some(3, 0), await makeProject(world))
    await world.call('PATCH', '/api/events', { eventIds: some(5, 1), set: { ignored: true } })
    await world.call('PATCH', '/api/events', { eventIds: some(7, 2), set: { deleted: true } })
    all = await Promise.all(ids.map(async (id) => (await world.get(`/api/events/${id}`)).json as Event))
  })

  type Filter = {
    from: number | undefined
    to: number | undefined
    user: string | undefined
    source: Source | undefined
    text: string | undefined
    assigned: boolean | undefined
    private: boolean | undefined
    ignored: boolean | undefined
    deleted: boolean
    order: 'newest' | 'oldest'
    limit: number
  }
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
  const filter: fc.Arbitrary<Filter> = fc.record({
    from: maybe(instant),
    to: maybe(instant),
    user: maybe(fc.constantFrom('walk-a', 'walk-b', 'walk-nobody')),
    source: maybe(fc.constantFrom<Source>('window', 'phone')),
    text: maybe(fc.constantFrom('statik', 'brü', 'BRUCKE plan', 'mail e')),
    assigned: maybe(fc.boolean()),
    private: maybe(fc.boolean()),
    ignored: maybe(fc.boolean()),
    deleted: fc.boolean(),
    order: fc.constantFrom('newest', 'oldest'),
    limit: fc.constantFrom(7, 50, 500),
  })

  const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const holds = (title: string | null, text: string) =>
    plain(text)
      .split(' ')
      .every((word) =>
        plain(title ?? '')
          .split(/[^\p{L}]+/u)
          .some((one) => (word.length >= 3 ? one.startsWith(word) : one === word)),
      )

  function naive(filter: Filter): number[] {
    const agrees = (wanted: unknown, is: unknown) => wanted === undefined || wanted === is
    // A search is in order of the second, which is what its index keeps.
    const place = (one: Event) => {
      const start = instantOf(one.start)
      return filter.text === undefined ? start : Math.floor(start / 1000)
    }
    const direction = filter.order === 'newest' ? -1 : 1
    return all
      .filter(
        (one) =>
          one.deleted === filter.deleted &&
          instantOf(one.start) >= (filter.from ?? -Infinity) &&
          instantOf(one.start) < (filter.to ?? Infinity) &&
          agrees(filter.user, one.user) &&
          agrees(filter.source, one.source) &&
          agrees(filter.private, one.private) &&
          agrees(filter.ignored, one.ignored) &&
          agrees(filter.assigned, one.assignment !== null) &&
          (filter.text === undefined || (!one.private && holds(one.title, filter.text))),
      )
      .sort((a, b) => direction * (place(a) - place(b) || a.id - b.id))
      .map(({ id }) => id)
  }

  test('finds each event that agrees with the filter once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(filter, async ({ from, to, ...rest }) => {
        const query = Object.fromEntries(
          Object.entries({
            ...rest,
            from: from === undefined ? undefined : formatUtc(from),
            to: to === undefined ? undefined : formatUtc(to),
          })
            .filter(([, value]) => value !== undefined)
            .map(([key, value]) => [key, String(value)]),
        )
        expect((await walk(query)).map(({ id }) => id)).toEqual(naive({ from, to, ...rest }))
      }),
      { numRuns: 150 },
    )
  })

  test('goes on after an event that came or went meanwhile', async () => {
    const first = await page({ user: 'walk-a', limit: '20', order: 'oldest' })
    const seen = first.items.map(({ id }) => id)
    await world.call('PATCH', '/api/events', { eventIds: [seen.at(-1)], set: { deleted: true } })
    const rest = await walk({ user: 'walk-a', limit: '20', order: 'oldest', cursor: first.next ?? '' })
    const expected = all.filter((one) => one.user === 'walk-a' && !one.deleted).map(({ id }) => id)
    expect(new Set([...seen, ...rest.map(({ id }) => id)])).toEqual(new Set(expected))
    await world.call('PATCH', '/api/events', { eventIds: [seen.at(-1)], set: { deleted: false } })
  })
})

describe('a search', () => {
  beforeAll(async () => {
    const titles = [
      'Statik_Rev3.pdf - Adobe Acrobat',
      'Überstunden März',
      'Café Zoë',
      'ﬁnale Übersicht',
      'NEAR OR NOT AND "quoted" (x)',
      'C:\\Projekte\\Halle 7\\plan.dwg',
      'ab abc',
      'हिन्दी में',
      'Łódź straße',
      '日本語 資料',
    ]
    await record(world, ...titles.map((title) => ({ title, user: 'search', app: 'app.exe' })))
    await recordOne(world, {
      user: 'search',
      title: null,
      app: 'outlook.exe',
      contact: 'Frau Yıldız',
      source: 'phone',
    })
  })

  test.each([
    ['Statik_Rev3.pdf', 'Statik_Rev3.pdf - Adobe Acrobat'],
    ['statik rev3', 'Statik_Rev3.pdf - Adobe Acrobat'],
    ['acro', 'Statik_Rev3.pdf - Adobe Acrobat'],
    ['uberstunden marz', 'Überstunden März'],
    ['ÜBERSTUNDEN', 'Überstunden März'],
    ['U\u0308berst', 'Überstunden März'],
    ['cafe zoe', 'Café Zoë'],
    ['"quoted"', 'NEAR OR NOT AND "quoted" (x)'],
    ['NOT AND', 'NEAR OR NOT AND "quoted" (x)'],
    ['near(or', 'NEAR OR NOT AND "quoted" (x)'],
    ['halle 7', 'C:\\Projekte\\Halle 7\\plan.dwg'],
    ['Projekte\\Halle', 'C:\\Projekte\\Halle 7\\plan.dwg'],
    ['ab', 'ab abc'],
    ['हिन्दी', 'हिन्दी में'],
    ['straße', 'Łódź straße'],
    ['日本語', '日本語 資料'],
    ['yıldız', null],
    ['outlook', null],
  ])('for %j finds %j', async (text, title) => {
    expect(await found(text)).toEqual([title])
  })

  test.each([
    'statik acrobat halle',
    'tatik',
    'st*',
    'title:statik',
    'statik OR halle',
    'usearch',
    'swindow',
    'a b',
  ])('for %j finds nothing', async (text) => {
    expect(await found(text)).toEqual([])
  })

  test('takes a beginning from three letters on; below, only the whole word', async () => {
    expect(await found('st')).toEqual([])
    expect(await found('sta')).toEqual(['Statik_Rev3.pdf - Adobe Acrobat'])
    expect(await found('ab')).toEqual(['ab abc'])
    expect(await found('abc')).toEqual(['ab abc'])
  })

  test('takes whatever people type: nothing breaks it', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
      fc.string({
        unit: fc.constantFrom(...`"'*()^:+-{}.,\\ aAüOR\u0301\u200d\u0903\u{1F600}\u{10400}`),
        minLength: 1,
        maxLength: 20,
      }),
    )
    await fc.assert(
      fc.asyncProperty(text, async (text) => {
        const answer = await world.get(`/api/events?text=${encodeURIComponent(text)}`)
        expect([200, 422], text).toContain(answer.status)
      }),
      { numRuns: 300 },
    )
  })

  test('finds an event by its own title, whatever that is', async () => {
    const word = fc.string({ unit: fc.constantFrom(...'aäéñßłıİǅЖщ漢字हिन्1٣𐐀ﬁ'), minLength: 1, maxLength: 6 })
    const titles = [
      ...new Set(
        fc
          .sample(fc.array(word, { minLength: 1, maxLength: 3 }), { numRuns: 60, seed: 3 })
          .map((words) => words.join(' ')),
      ),
    ]
    await record(world, ...titles.map((title) => ({ title, user: 'own' })))
    for (const title of titles) {
      const items = await walk({ text: title, user: 'own' })
      expect(items.map((one) => one.title)).toContain(title)
    }
  })

  test('follows what happens to events', async () => {
    const id = await recordOne(world, { title: 'Eigentümlichkeit', user: 'search' })
    expect(await found('eigentüm')).toHaveLength(1)
    await world.call('PATCH', '/api/events', { eventIds: [id], set: { deleted: true } })
    expect(await found('eigentüm')).toEqual([])
    expect(await walk({ text: 'eigentüm', deleted: 'true' })).toHaveLength(1)
    await world.call('PATCH', '/api/events', { eventIds: [id], set: { deleted: false } })
    expect(await found('eigentüm')).toHaveLength(1)
  })
})

test('a filter that hardly ever matches is searched a stretch at a time, and nothing is lost', async () => {
  const many = Array.from({ length: 1000 }, () => ({ user: 'rare', start: '2024-01-01T08:00:00Z' }))
  const needle = await recordOne(world, { user: 'rare', start: '2023-01-01T08:00:00Z', private: true })
  for (let block = 0; block < 6; block++) await record(world, ...many)
  const first = await page({ user: 'rare', private: 'true' })
  expect(first.items).toEqual([])
  expect(first.next).not.toBeNull()
  expect((await walk({ user: 'rare', private: 'true' })).map(({ id }) => id)).toEqual([needle])
  expect(await page({ user: 'rare', private: 'true', order: 'oldest', limit: '1' })).toMatchObject({
    items: [{ id: needle }],
  })
})
