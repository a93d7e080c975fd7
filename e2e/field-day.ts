/**
 * Two working days as a tray agent and a call logger saw them: pure data, which the journeys replay,
 * explain in the browser and find again in the export.
 */

/** Something that lasted: what was in front, from when (wall clock) and for how many milliseconds each time. */
type Stretch = {
  /** `HH:MM:SS` and microseconds. */
  from: string
  app: string
  /** Titles in turn. */
  titles: string[]
  /** Lengths in milliseconds, one event each; the next begins `GAP` later. */
  looks: number[]
}

type Call = {
  from: string
  ms: number
  number: string
  contact: string
  direction: 'INCOMING' | 'OUTGOING' | 'MISSED'
}

/** An event as the day knows it, before it becomes a request. Times are wall clock, in microseconds. */
export type FieldEvent = {
  day: string
  from: number
  ms: number
  /** Set where the wall clock was put back in between: what it showed at the end. */
  to: number
} & (
  | { kind: 'window'; title: string; app: string }
  | { kind: 'phone'; number: string; contact: string; direction: Call['direction'] }
)

export type FieldDay = { day: string; user: string; machine: string; device: string; events: FieldEvent[] }

const GAP = 350_017
const MINUTE = 60_000
const HOUR_US = 3_600_000_000

/** `HH:MM:SS.ffffff` as microseconds of the day. */
function micros(text: string): number {
  const [, hours, minutes, seconds, fraction] = /^(\d\d):(\d\d):(\d\d)\.(\d{6})$/.exec(text) ?? []
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1e6 + Number(fraction)
}

function windows(day: string, stretches: readonly Stretch[]): FieldEvent[] {
  return stretches.flatMap(({ from, app, titles, looks }) => {
    let at = micros(from)
    return looks.map((ms, index): FieldEvent => {
      const begin = at
      at += ms * 1000 + GAP
      const title = titles[index % titles.length] ?? ''
      return { kind: 'window', day, from: begin, to: begin + ms * 1000, ms, title, app }
    })
  })
}

function phones(day: string, calls: readonly Call[]): FieldEvent[] {
  return calls.map(({ from, ms, ...call }) => {
    const begin = micros(from)
    return { kind: 'phone', day, from: begin, to: begin + ms * 1000, ms, ...call }
  })
}

/** So many looks of so many milliseconds, none like the other. */
const looks = (count: number, ms: number): number[] =>
  Array.from({ length: count }, (_, index) => ms + ((index * 7919) % 9000))

const byStart = (events: FieldEvent[]): FieldEvent[] => events.toSorted((a, b) => a.from - b.from)

const ORDINARY = '2026-03-17'
export const ordinaryDay: FieldDay = {
  day: ORDINARY,
  user: 'anna.weber',
  machine: 'PC-ZEICHNEN-03',
  device: '5f0c1f1e-9d0b-4a57-8f5e-2f6f4e7c1a90',
  events: byStart([
    ...windows(ORDINARY, [
      {
        from: '07:58:03.104233',
        app: 'outlook.exe',
        titles: ['Posteingang – anna.weber@büro-nord.de – Outlook', 'AW: Rückfrage; Angebot 4711, Pos. 3'],
        looks: looks(12, 31_000),
      },
      {
        from: '08:20:11.000001',
        app: 'acad.exe',
        titles: ['Halle 7 – Grundriss_EG.dwg', 'Halle 7 – Schnitt A-A "Entwurf".dwg'],
        looks: looks(38, 84_000),
      },
      {
        from: '09:31:40.999999',
        app: 'excel.exe',
        titles: ['=SUMME(A1:A9) Kostenschätzung.xlsx', '@Liste, Türen; Fenster.xlsx'],
        looks: looks(24, 47_500),
      },
      {
        from: '10:02:00.500000',
        app: 'chrome.exe',
        titles: [
          '🏗️ Baustelle Süd – Webcam',
          '-2+3 Rechner',
          "'Zitat' – Wikipedia",
          '+49 30 1234567 – Rückwärtssuche',
        ],
        looks: looks(28, 26_000),
      },
      {
        from: '10:40:30.250000',
        app: 'acad.exe',
        titles: ['Halle 7 – Detail Größe ½".dwg'],
        looks: looks(32, 92_000),
      },
      {
        from: '13:05:00.000000',
        app: 'winword.exe',
        titles: ['Erläuterungsbericht, Entwurf "final"; Stand März – Word', 'Prüfbericht 7 – Word'],
        looks: looks(40, 96_000),
      },
      // The screen that nobody looked at for long, and a title that is none.
      {
        from: '14:40:00.000009',
        app: 'explorer.exe',
        titles: ['', '   ', 'Neuer Ordner (2)'],
        looks: looks(9, 2100),
      },
      {
        from: '14:55:00.123456',
        app: 'teams.exe',
        titles: ['(3) Jour fixe Größtmarkt 🎉 | Microsoft Teams', '\u202Everkehrt\u202C, aber echt'],
        looks: looks(18, 71_000),
      },
    ]),
    ...phones(ORDINARY, [
      {
        from: '08:44:10.000000',
        ms: 4 * MINUTE + 3210,
        number: '+49301234567',
        contact: 'Müller & Söhne, Frau Jäger',
        direction: 'INCOMING',
      },
      { from: '09:12:00.000000', ms: 0, number: '+49301234567', contact: '', direction: 'MISSED' },
      { from: '11:58:30.700000', ms: 7 * MINUTE + 50, number: '', contact: '', direction: 'INCOMING' },
      {
        from: '12:10:05.010203',
        ms: 65_000,
        number: '0171/555 22-0',
        contact: '=Büro; "Zentrale"',
        direction: 'OUTGOING',
      },
      { from: '15:59:59.999000', ms: 0, number: '', contact: '', direction: 'MISSED' },
      {
        from: '16:30:00.000000',
        ms: 12 * MINUTE,
        number: '+49 (0) 89 / 99 88 77',
        contact: '@Bauamt',
        direction: 'OUTGOING',
      },
    ]),
  ]),
}

/**
 * The night of 25 October 2026: at three the clocks showed two again. Somebody on duty from 01:30 to
 * 04:00 works three and a half hours. `clock` says what the wall clock shows so long after 01:30.
 */
const NIGHT = '2026-10-25'
const nightStart = micros('01:30:00.000000')
const clock = (us: number): number => (us < 1.5 * HOUR_US ? nightStart + us : nightStart + us - HOUR_US)

function night(app: string, titles: string[], from: number, ms: number[]): FieldEvent[] {
  let at = from * 1e6
  return ms.map((length, index): FieldEvent => {
    const begin = at
    const end = at + length * 1000
    at = end + GAP
    const title = titles[index % titles.length] ?? ''
    return { kind: 'window', day: NIGHT, from: clock(begin), to: clock(end), ms: length, title, app }
  })
}

export const changeOfClocks: FieldDay = {
  day: NIGHT,
  user: 'jörg.nacht',
  machine: 'LEITSTAND-1',
  device: '00000000-0000-4000-8000-00000000beef',
  events: [
    ...night('leitstand.exe', ['Halle 7 – Störmeldungen', 'Halle 7 – Pumpe 3'], 0, looks(25, 180_000)),
    // From 02:50 to 02:10, which took twenty minutes.
    ...night('leitstand.exe', ['Halle 7 – Übergang'], 80 * 60, [20 * MINUTE]),
    ...night('putty.exe', ['root@pumpe3: ~', '"Protokoll"; Schicht, Nacht'], 101 * 60, looks(24, 170_000)),
    ...night('leitstand.exe', ['=Übergabe!A1'], 175 * 60, looks(10, 200_000)),
    {
      kind: 'phone',
      day: NIGHT,
      from: micros('03:52:00.000000'),
      to: micros('03:52:00.000000'),
      ms: 0,
      number: '',
      contact: '',
      direction: 'MISSED',
    },
  ],
}
