import type { Direction } from '../../contract/events.ts'
import type { DemoProject } from './projects.ts'
import type { Random } from './random.ts'

export type Contact = { name: string | null; number: string | null; project: number | null }

/** Numbers from the ranges that the German regulator keeps free for films and examples. */
const CONTACTS: readonly Contact[] = [
  { name: 'Frau Behrens (Maschinenbau Behrens)', number: '+493023125014', project: 0 },
  { name: 'Polier Wuttke', number: '+491713920017', project: 0 },
  { name: 'Hochbauamt Lindenau, Herr Pohl', number: '+493023125120', project: 1 },
  { name: 'Zimmerei Holz & Söhne', number: '+496990009231', project: 1 },
  { name: 'Bauaufsicht Frau Öztürk', number: '+494066969402', project: 2 },
  { name: 'Bürgermeister Lenz', number: '+494066969007', project: 2 },
  { name: 'Steuerbüro Abel', number: '+492214710318', project: 3 },
  { name: 'Landesbetrieb, Dr. Jansen', number: '+498999998555', project: 4 },
  { name: 'Prüfstatiker Kolb', number: '+498999998021', project: 4 },
  { name: 'Genossenschaft Färberstraße', number: '+492214710777', project: 5 },
  { name: null, number: '+493023125999', project: null },
  { name: null, number: '+491713920088', project: null },
  { name: null, number: null, project: null },
]

export type Call = { at: number; seconds: number; direction: Direction; contact: Contact }

/** Calls of one person on one day, by time (minutes after midnight); no two at once. */
export function callsOf(from: number, to: number, projects: readonly DemoProject[], r: Random): Call[] {
  const own = new Set(projects.map(({ index }) => index))
  const likely = CONTACTS.filter(({ project }) => project === null || own.has(project))
  const times = Array.from({ length: r.int(1, 7) }, () => from + r.next() * (to - from)).sort((a, b) => a - b)
  let free = from
  return times.flatMap((at) => {
    if (at < free) return []
    const direction = r.weighted(DIRECTIONS).direction
    const seconds = direction === 'missed' ? 0 : Math.round(Math.min(1500, Math.max(8, r.skewed(140, 1))))
    free = at + seconds / 60 + 1
    return [{ at, seconds, direction, contact: r.pick(likely) }]
  })
}

const DIRECTIONS: readonly { direction: Direction; weight: number }[] = [
  { direction: 'incoming', weight: 45 },
  { direction: 'outgoing', weight: 40 },
  { direction: 'missed', weight: 15 },
]
