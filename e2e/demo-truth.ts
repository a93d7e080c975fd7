import { parseInstant, zone, type Day } from '../contract/time.ts'
import { databaseFile } from '../server/host/data-folder.ts'
import { fillDatabase } from '../scripts/demo/fill.ts'
import { demoWorld } from '../scripts/demo/world.ts'

const BERLIN = zone('Europe/Berlin')
const UTC = zone('UTC')
const OFFICE = {
  seed: 7,
  people: 5,
  days: 14,
  lastDay: '2026-11-24',
  now: Date.parse('2026-11-24T16:30:00+01:00'),
}

/** Fills a hub's folder with the demo's office, the same one every time. */
export function fillDemo(folder: string): void {
  const result = fillDatabase(databaseFile(folder), { ...OFFICE, zone: BERLIN.name })
  if (!result.filled) throw new Error(result.why)
}

/** What somebody knows about a day of their own: what each event was for, as `Project · Milestone`. */
export function memoryOf(handle: string, day: Day): (event: { start: string }) => string | null {
  const world = demoWorld({ ...OFFICE, zone: BERLIN, assignedShare: 1 })
  const person = world.people.find((one) => one.handle === handle)
  const known = new Map(
    world.eventsOf(day).flatMap((event) => {
      const milestone = world.milestones[event.assignment?.milestone ?? -1]
      const project = world.projects[milestone?.project ?? -1]
      return event.person === person?.index && milestone && project
        ? [[event.start, `${project.name} · ${milestone.name}`] as const]
        : []
    }),
  )
  return ({ start }) => known.get(parseInstant(start, UTC) ?? NaN) ?? null
}
