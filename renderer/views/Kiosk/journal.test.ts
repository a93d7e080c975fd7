// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Punch } from '../../../contract/attendance.ts'
import type { Request } from '../../../contract/calls.ts'
import { ApiError } from '../../api.ts'
import { type Entry, readEntries, refused, seen, verdictOn, waiting } from './journal-entries.ts'
import { type Pressed, createJournal } from './journal.ts'

const AT = '2026-11-24T07:58:00+01:00'
const pressed = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  kind: 'in',
  at: AT,
  ticket: 't',
  handle: 'anna',
  name: 'Anna',
  ...more,
})
const stored = (request: Request<'kiosk.punch'>): Punch => ({
  id: 1,
  kind: request.kind,
  at: AT,
  recorded: AT,
  corrected: false,
})
const failing = (status: number) => new ApiError(status === 0 ? 'offline' : 'conflict', 'no', status)

type Answer = (request: Request<'kiosk.punch'>) => Punch | Promise<Punch>

/** A page with its storage, which outlives it. */
function world(answer: Answer, disk = { text: '[]', isFull: false }) {
  const sent: Request<'kiosk.punch'>[] = []
  const timers: { work: () => void; ms: number }[] = []
  const shown = { entries: [] as readonly Entry[], isSafe: true }
  const journal = createJournal({
    read: () => readEntries(JSON.parse(disk.text)),
    write(entries) {
      if (!disk.isFull) disk.text = JSON.stringify(entries)
      return !disk.isFull
    },
    async send(request) {
      // Whatever is sent is on the disk already.
      if (!disk.isFull) expect(disk.text).toContain(request.key)
      sent.push(request)
      return answer(request)
    },
    later: (work, ms) => timers.push({ work, ms }),
    changed: (entries, isSafe) => Object.assign(shown, { entries, isSafe }),
  })
  return { journal, sent, timers, shown, disk }
}
const settle = () => new Promise((resolve) => setTimeout(resolve))

test('a punch is kept, sent at once, and forgotten when the hub has it', async () => {
  const { journal, sent, shown, timers } = world(stored)
  const outcome = journal.press(pressed('a'))
  expect(waiting(shown.entries)).toHaveLength(1)
  expect(await outcome).toMatchObject({ is: 'stored', punch: { id: 1 } })
  expect(sent).toEqual([{ key: 'a', kind: 'in', ticket: 't' }])
  expect(shown.entries).toEqual([])
  await settle()
  expect(timers).toEqual([])
})

test('while the hub is away it is sent again with its time, less and less often, until it is there', async () => {
  let isAway = true
  const { journal, sent, timers, shown } = world((request) => {
    if (isAway) throw failing(0)
    return stored(request)
  })
  const outcome = journal.press(pressed('a'))
  await settle()
  for (let n = 0; n < 7; n++) {
    timers.at(-1)?.work()
    await settle()
  }
  expect(timers.map(({ ms }) => ms / 1000)).toEqual([2, 4, 8, 16, 32, 60, 60, 60])
  expect(waiting(shown.entries)).toHaveLength(1)
  isAway = false
  timers.at(-1)?.work()
  expect(await outcome).toMatchObject({ is: 'stored' })
  expect(sent[0]).not.toHaveProperty('at')
  expect(sent.slice(1).every((request) => request.at === AT && request.key === 'a')).toBe(true)
  expect(shown.entries).toEqual([])
})

test('a page that is loaded again goes on where the last one ended', async () => {
  const before = world(() => Promise.reject(failing(503)))
  void before.journal.press(pressed('a'))
  await settle()
  const after = world(stored, before.disk)
  await after.journal.deliver()
  expect(after.sent).toEqual([{ key: 'a', kind: 'in', ticket: 't', at: AT }])
  expect(after.disk.text).toBe('[]')
})

test('in the order they were pressed, also when one is pressed while another is on its way', async () => {
  const gate = Promise.withResolvers<undefined>()
  const { journal, sent } = world(async (request) => {
    await gate.promise
    return stored(request)
  })
  const all = [
    journal.press(pressed('a')),
    journal.press(pressed('b', { kind: 'break_start' })),
    journal.press(pressed('c', { kind: 'break_end' })),
  ]
  gate.resolve(undefined)
  await Promise.all(all)
  expect(sent.map(({ key }) => key)).toEqual(['a', 'b', 'c'])
  // Those that had to wait say when they were pressed.
  expect(sent.map(({ at }) => at)).toEqual([undefined, AT, AT])
})

test('a ticket that is worth nothing holds up its owner and nobody else', async () => {
  const { journal, sent, shown } = world((request) => {
    if (request.ticket === 'old') throw failing(401)
    return stored(request)
  })
  void journal.press(pressed('a', { ticket: 'old' }))
  void journal.press(pressed('b', { ticket: 'old', kind: 'out' }))
  expect(await journal.press(pressed('c', { handle: 'lars' }))).toMatchObject({ is: 'stored' })
  await settle()
  expect(waiting(shown.entries).map(({ key }) => key)).toEqual(['a', 'b'])
  expect(sent.map(({ key }) => key)).not.toContain('b')
})

test('what is not accepted stays, is not sent again, and goes when it was seen', async () => {
  const { journal, sent, shown, timers } = world(() => Promise.reject(failing(409)))
  expect(await journal.press(pressed('a'))).toEqual({ is: 'refused', message: 'no' })
  await settle()
  expect(refused(shown.entries)).toMatchObject([{ key: 'a', reason: 'no' }])
  await journal.deliver()
  expect(sent).toHaveLength(1)
  expect(timers).toEqual([])
  journal.forget(['a'])
  expect(shown.entries).toEqual([])
})

test('what waits cannot be forgotten', () => {
  const entry = { ...pressed('a'), reason: null }
  expect(seen([entry], ['a'])).toEqual([entry])
})

test('a full disk is said, and the punch is sent nevertheless', async () => {
  const { journal, shown } = world(stored, { text: '[]', isFull: true })
  const outcome = journal.press(pressed('a'))
  expect(shown.isSafe).toBe(false)
  expect(await outcome).toMatchObject({ is: 'stored' })
})

test('which answers are final', () => {
  const verdicts = [0, 401, 403, 404, 409, 413, 422, 429, 500, 503, 507].map((status) => [
    status,
    verdictOn({ status }),
  ])
  expect(Object.fromEntries(verdicts)).toEqual({
    0: 'all later',
    401: 'later',
    403: 'refused',
    404: 'refused',
    409: 'refused',
    413: 'refused',
    422: 'refused',
    429: 'later',
    500: 'all later',
    503: 'all later',
    507: 'all later',
  })
})

test('what is no entry is not read as one', () => {
  const good = { ...pressed('a'), reason: null }
  expect(readEntries([good, null, {}, { ...good, kind: 'lunch' }, { ...good, reason: 7 }])).toEqual([good])
  expect([readEntries(null), readEntries('x')]).toEqual([[], []])
})

test('through any weather, and pages that end at any time, nothing is lost and nothing doubled', async () => {
  const weather = fc.array(fc.constantFrom('fine', 'away', 'lost answer', 'reload'), { maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(weather, fc.integer({ min: 1, max: 5 }), async (days, count) => {
      const hub = new Map<string, string>()
      let sky = 'fine'
      const answer: Answer = (request) => {
        if (sky === 'away') throw failing(0)
        hub.set(request.key, request.kind)
        if (sky === 'lost answer') throw failing(0)
        return stored(request)
      }
      let page = world(answer)
      const keys = Array.from({ length: count }, (_, at) => `key-${at}`)
      const left = [...keys]
      for (const day of days) {
        sky = day
        const key = left.shift()
        if (key) void page.journal.press(pressed(key))
        if (day === 'reload') page = world(answer, page.disk)
        await page.journal.deliver()
        await settle()
      }
      sky = 'fine'
      for (const key of left) void page.journal.press(pressed(key))
      await settle()
      await page.journal.deliver()
      await settle()
      expect([...hub.keys()].sort()).toEqual(keys)
      expect(page.shown.entries).toEqual([])
    }),
    { numRuns: 60 },
  )
})
