import { describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../contract/usual-settings.ts'
import { parseInstant, zone } from '../../contract/time.ts'
import type { Away } from '../presence.ts'
import { foldSessions, type Captured } from './aggregate.ts'

const settings = DEFAULT_SETTINGS.sessions
const at = (time: string) => parseInstant(`2026-11-24T${time}Z`, zone('UTC')) ?? NaN

let made = 0
/** `09:00:00-09:05:00 winword Angebot Rathaus` */
function event(line: string, more: Partial<Captured> = {}): Captured {
  const [, start = '', end = '', app = '', title = ''] = /^(\S+)-(\S+) (\S+) ?(.*)$/.exec(line) ?? []
  return {
    id: ++made,
    source: 'window',
    start: at(start),
    end: at(end),
    title: title || null,
    app: `${app}.exe`,
    url: null,
    phone_number: null,
    contact: null,
    machine: 'PC-1',
    piece: null,
    ...more,
  }
}

const clock = (instant: number) => new Date(instant).toISOString().slice(11, 19)

/** `09:00:00-09:10:00 Angebot Rathaus: 2 events, 600 s, 0 breaks` */
function told(events: Captured[], away: Away[] = [], changed: Partial<typeof settings> = {}): string[] {
  const placed = foldSessions(events, away, { ...settings, ...changed })
  return [...new Set(placed.flatMap(({ session }) => session ?? []))].map(
    ({ start, end, title, events: count, activeMs, breaks }) =>
      `${clock(start)}-${clock(end)} ${title}: ${count} events, ${activeMs / 1000} s, ${breaks} breaks`,
  )
}

describe('one session', () => {
  test('is the same title again, across a pause of up to five minutes', () => {
    expect(
      told([
        event('09:00:00-09:05:00 winword Angebot Rathaus'),
        event('09:10:00-09:15:00 winword Angebot Rathaus'),
      ]),
    ).toEqual(['09:00:00-09:15:00 Angebot Rathaus: 2 events, 600 s, 1 breaks'])
  })

  test('ends with a longer pause', () => {
    expect(
      told([
        event('09:00:00-09:05:00 winword Angebot Rathaus'),
        event('09:10:01-09:15:00 winword Angebot Rathaus'),
      ]),
    ).toHaveLength(2)
  })

  test('a pause up to a minute is no break', () => {
    const [session] = told([
      event('09:00:00-09:05:00 winword Angebot'),
      event('09:06:00-09:07:00 winword Angebot'),
      event('09:08:01-09:09:00 winword Angebot'),
    ])
    expect(session).toContain('419 s, 1 breaks')
  })

  test('goes on beneath short looks at other programs', () => {
    expect(
      told([
        event('09:00:00-09:20:00 winword Angebot Rathaus'),
        event('09:20:00-09:21:00 outlook Posteingang'),
        event('09:21:00-09:40:00 winword Angebot Rathaus'),
      ]),
    ).toEqual([
      '09:00:00-09:40:00 Angebot Rathaus: 2 events, 2340 s, 0 breaks',
      '09:20:00-09:21:00 Posteingang: 1 events, 60 s, 0 breaks',
    ])
  })

  test('of two drawings that take turns in one program are two', () => {
    expect(
      told([
        event('09:00:00-09:02:00 acad Grundriss_EG.dwg'),
        event('09:02:00-09:04:00 acad Detail Attika.dwg'),
        event('09:04:00-09:06:00 acad Grundriss_EG.dwg'),
        event('09:06:00-09:08:00 acad Detail Attika.dwg'),
      ]),
    ).toEqual([
      '09:00:00-09:06:00 Grundriss_EG.dwg: 2 events, 240 s, 1 breaks',
      '09:02:00-09:08:00 Detail Attika.dwg: 2 events, 240 s, 1 breaks',
    ])
  })
})

describe('titles', () => {
  test.each([
    ['what the program adds', 'Statik.pdf - Adobe Acrobat Reader', 'Statik.pdf'],
    ['a version', 'Plan_v6.dwg', 'Plan_v7.dwg'],
    ['a mark of changes', '*Notizen.txt', 'Notizen.txt'],
    ['unread messages', 'Posteingang (3)', 'Posteingang (17)'],
    ['a letter or two', 'Ausschreibung Los 1', 'Ausschreibung Los 2'],
  ])('%s makes no other work', (_what, one, other) => {
    expect(
      told([event(`09:00:00-09:01:00 acrobat ${one}`), event(`09:01:00-09:02:00 acrobat ${other}`)]),
    ).toHaveLength(1)
  })

  test('of other words do, and so does an event without one', () => {
    expect(
      told([
        event('09:00:00-09:01:00 chrome Angebot Rathaus'),
        event('09:01:00-09:02:00 chrome Wetter Hannover'),
        event('09:02:00-09:03:00 chrome'),
      ]),
    ).toHaveLength(3)
  })

  test('of every script and of symbols are compared like others', () => {
    for (const title of [
      '見積書 市役所',
      'عرض السعر',
      '🏗️ Baustelle 👷‍♀️',
      '\u{1F469}\u200D',
      'a\u0301'.repeat(300),
    ])
      expect(
        told([event(`09:00:00-09:01:00 edge ${title}`), event(`09:01:00-09:02:00 edge ${title}`)]),
      ).toHaveLength(1)
  })

  test('how alike they must be is a setting', () => {
    const events = [event('09:00:00-09:01:00 word Angebot A'), event('09:01:00-09:02:00 word Angebot B')]
    expect(told(events, [], { similarity: 1 })).toHaveLength(2)
    expect(told(events, [], { similarity: 0 })).toHaveLength(1)
  })
})

describe('who was away', () => {
  const away = (start: string, end: string, machine: string | null = 'PC-1') => ({
    start: at(start),
    end: at(end),
    machine,
  })

  test('did not work meanwhile', () => {
    const [one, other] = [event('12:00:00-13:00:00 acad Plan'), event('13:00:00-13:10:00 acad Plan')]
    const absence = away('12:05:00', '12:55:00')
    expect(told([one, other], [absence])).toEqual(['12:00:00-13:10:00 Plan: 2 events, 1200 s, 1 breaks'])
    expect(foldSessions([one, other], [absence], settings).map(({ awayMs }) => awayMs)).toEqual([
      3_000_000, 0,
    ])
  })

  test('leaves nothing of an event during which nobody was there', () => {
    const alone = event('12:10:00-12:20:00 acad Plan')
    expect(foldSessions([alone], [away('12:05:00', '12:55:00')], settings)).toEqual([
      { event: alone.id, session: null, awayMs: 600_000 },
    ])
  })

  test('may have sat at another machine, or on the telephone', () => {
    const absence = away('12:00:00', '13:00:00', 'PC-2')
    expect(told([event('12:00:00-12:10:00 acad Plan')], [absence])[0]).toContain('600 s')
    const call = event('12:00:00-12:10:00 - x', { source: 'phone', contact: 'Müller' })
    expect(told([call], [away('12:00:00', '13:00:00', null)])[0]).toContain('Müller: 1 events, 600 s')
  })
})

test('two machines at the same time count once', () => {
  expect(
    told([event('09:00:00-09:30:00 acad Plan'), event('09:10:00-09:40:00 acad Plan', { machine: 'PC-2' })]),
  ).toEqual(['09:00:00-09:40:00 Plan: 2 events, 2400 s, 0 breaks'])
})

test('calls with one number are one thing, with two numbers two', () => {
  const call = (line: string, phone_number: string) =>
    event(line, { source: 'phone', app: null, title: null, phone_number })
  expect(
    told([
      call('09:00:00-09:01:00 -', '0511'),
      call('09:02:00-09:05:00 -', '0511'),
      call('09:05:00-09:06:00 -', '040'),
    ]),
  ).toEqual([
    '09:00:00-09:05:00 0511: 2 events, 240 s, 0 breaks',
    '09:05:00-09:06:00 040: 1 events, 60 s, 0 breaks',
  ])
})

test("a person's own entries stand for themselves", () => {
  const entry = { source: 'manual', app: null }
  expect(
    told([event('09:00:00-09:30:00 - Besprechung', entry), event('09:30:00-10:00:00 - Besprechung', entry)]),
  ).toHaveLength(2)
})

test('what a person put together stays together, and what they parted stays apart', () => {
  expect(
    told([
      event('09:00:00-09:10:00 winword Angebot', { piece: 2 }),
      event('09:10:00-09:20:00 winword Angebot', { piece: 3 }),
      event('09:20:00-09:21:00 winword Angebot'),
      event('14:00:00-14:10:00 outlook Ganz anderes', { piece: 2 }),
    ]),
  ).toEqual([
    '09:00:00-14:10:00 Angebot: 2 events, 1200 s, 1 breaks',
    '09:10:00-09:20:00 Angebot: 1 events, 600 s, 0 breaks',
    '09:20:00-09:21:00 Angebot: 1 events, 60 s, 0 breaks',
  ])
})

test('of the sessions of one program only the latest are compared: who sends a new title a second is bounded', () => {
  const others = Array.from({ length: 20 }, (_, index) =>
    event(`09:00:0${index % 10}-09:01:00 chrome ${'xyzuvwabcdefghijklmn'.charAt(index).repeat(9)}`),
  )
  const first = event('09:00:00-09:00:01 chrome Angebot')
  const again = event('09:01:00-09:02:00 chrome Angebot')
  expect(told([first, ...others.slice(1), again])).toHaveLength(20)
  expect(told([first, ...others, again])).toHaveLength(22)
})
