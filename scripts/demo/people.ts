import type { WorkKind } from './projects.ts'

export type DemoPerson = {
  index: number
  handle: string
  name: string
  mail: string
  machine: string
  /** A second PC (a notebook), for those who are often on site. */
  notebook: string | null
  /** When the day usually begins, minutes after midnight, and how long it is without breaks. */
  startMinutes: number
  workMinutes: number
  /** What this person does best: decides which milestones come first. */
  kinds: readonly WorkKind[]
}

type Entry = { first: string; last: string; start: number; hours: number; kinds: readonly WorkKind[] }

const ROSTER: readonly Entry[] = [
  { first: 'Anna', last: 'Krüger', start: 450, hours: 8, kinds: ['drawing', 'model', 'writing'] },
  { first: 'Lars', last: 'Thiel', start: 495, hours: 8.5, kinds: ['site', 'costs', 'admin'] },
  { first: 'Mehmet', last: 'Sahin', start: 420, hours: 8, kinds: ['statics', 'drawing'] },
  { first: 'Jule', last: 'Wolf', start: 540, hours: 6, kinds: ['costs', 'tender', 'admin'] },
  { first: 'Tomasz', last: 'Nowak', start: 465, hours: 8, kinds: ['model', 'drawing'] },
  { first: 'Katrin', last: 'Böhm', start: 480, hours: 8, kinds: ['writing', 'tender'] },
  { first: 'Henrik', last: 'Voß', start: 435, hours: 8, kinds: ['site', 'drawing'] },
  { first: 'Elif', last: 'Yıldız', start: 510, hours: 7, kinds: ['statics', 'writing'] },
  { first: 'Ben', last: 'Hartmann', start: 480, hours: 8, kinds: ['drawing', 'model'] },
  { first: 'Sofia', last: 'Lindner', start: 450, hours: 8, kinds: ['tender', 'costs'] },
  { first: 'Jonas', last: 'Weiß', start: 525, hours: 8, kinds: ['model', 'statics'] },
  { first: 'Marie', last: 'Schröder', start: 480, hours: 5, kinds: ['admin', 'costs'] },
  { first: 'David', last: 'Okafor', start: 465, hours: 8, kinds: ['drawing', 'site'] },
  { first: 'Lena', last: 'Fuchs', start: 495, hours: 8, kinds: ['writing', 'model'] },
  { first: 'Paul', last: 'Groß', start: 420, hours: 8, kinds: ['site', 'tender'] },
  { first: 'Nadia', last: 'Haddad', start: 510, hours: 8, kinds: ['statics', 'drawing'] },
  { first: 'Felix', last: 'Jäger', start: 480, hours: 8, kinds: ['drawing', 'costs'] },
  { first: 'Greta', last: 'Möller', start: 450, hours: 6, kinds: ['model', 'writing'] },
  { first: 'Oskar', last: 'Brandt', start: 435, hours: 8, kinds: ['site', 'costs'] },
  { first: 'Ivana', last: 'Petrović', start: 495, hours: 8, kinds: ['tender', 'writing'] },
  { first: 'Moritz', last: 'Kühn', start: 540, hours: 8, kinds: ['model', 'drawing'] },
  { first: 'Clara', last: 'Engel', start: 480, hours: 8, kinds: ['drawing', 'statics'] },
  { first: 'Emil', last: 'Sommer', start: 465, hours: 8, kinds: ['costs', 'tender'] },
  { first: 'Zeynep', last: 'Arslan', start: 480, hours: 8, kinds: ['writing', 'drawing'] },
]

const ASCII: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', ı: 'i', ć: 'c' }

export function asciiOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, (letter) => ASCII[letter] ?? '')
}

/** The first so many people of the office; beyond the roster, first and last names are paired anew. */
export function demoPeople(count: number): DemoPerson[] {
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / ROSTER.length)
    const own = entryAt(index)
    const last = entryAt(index + round * 5).last
    const lastAscii = asciiOf(last)
    return {
      index,
      handle: asciiOf(own.first) + (round === 0 ? '' : String(round + 1)),
      name: `${own.first} ${last}`,
      mail: `${asciiOf(own.first)}.${lastAscii}@ib-thiel.example`,
      machine: `WS-${lastAscii.toUpperCase()}${round === 0 ? '' : round + 1}`,
      notebook:
        own.kinds[0] === 'site' ? `NB-${lastAscii.toUpperCase()}${round === 0 ? '' : round + 1}` : null,
      startMinutes: own.start,
      workMinutes: own.hours * 60,
      kinds: own.kinds,
    }
  })
}

function entryAt(index: number): Entry {
  const entry = ROSTER[index % ROSTER.length]
  if (!entry) throw new RangeError(`no person ${index}`)
  return entry
}
