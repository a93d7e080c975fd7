import { addDays, daysBetween, weekOf, type Day, type Instant, type Zone } from '../../contract/time.ts'
import type { NewEventRow } from '../../db/events.ts'
import { callsOf, type Call } from './calls.ts'
import { demoPeople, type DemoPerson } from './people.ts'
import { demoProjects, type DemoMilestone, type DemoProject } from './projects.ts'
import { random, type Random } from './random.ts'
import { ACTIVITIES, COMMENTS, MEETING, PARTS, TOOLS, type Page, type Tool, type Work } from './tools.ts'
import { clockOf, workday, type Stretch } from './workday.ts'

/**
 * A small office of engineers and architects, invented. Everything follows from the options: the same
 * options give the same world, and a day is the same whichever days are generated around it.
 */
export type WorldOptions = {
  seed: number
  zone: Zone
  /** The newest day. */
  lastDay: Day
  days: number
  people: number
  /** Nothing that ends later exists: agents report what is over. */
  now?: Instant | undefined
  /** Part of past working time that is explained, 0 to 1. */
  assignedShare?: number | undefined
}

export type DemoAssignment = { milestone: number; activity: string | null; comment: string | null }

export type DemoEvent = Omit<NewEventRow, 'user_id' | 'dedupe' | 'recorded_at'> & {
  person: number
  ignored: 0 | 1
  assignment: DemoAssignment | null
}

export type World = {
  people: DemoPerson[]
  projects: DemoProject[]
  milestones: DemoMilestone[]
  /** Oldest first. */
  days: Day[]
  /** What everybody did on a day, by start. */
  eventsOf(day: Day): DemoEvent[]
}

const SHARE = 0.6
/** Of the newest day hardly anything is explained yet. */
const SHARE_TODAY = 0.06
const SHORTEST = 2
const LONGEST = 40 * 60

export function demoWorld(options: WorldOptions): World {
  const people = demoPeople(options.people)
  const projects = demoProjects(options.people)
  const office = { options, projects, milestones: projects.flatMap((project) => project.milestones) }
  return {
    people,
    projects,
    milestones: office.milestones,
    days: Array.from({ length: options.days }, (_, n) => addDays(options.lastDay, n + 1 - options.days)),
    eventsOf: (day) =>
      people
        .flatMap((person) => personDay(office, person, day))
        .filter((event) => event.end <= (options.now ?? Infinity))
        .sort((a, b) => a.start - b.start || a.person - b.person),
  }
}

/** Days back from the newest until there are so many events, and how many of the oldest day's to leave out. */
export function daysForEvents(
  options: Omit<WorldOptions, 'days'>,
  events: number,
): { days: number; skip: number } {
  const world = demoWorld({ ...options, days: 0 })
  let found = 0
  for (let days = 1; days < 36_500; days++) {
    found += world.eventsOf(addDays(options.lastDay, 1 - days)).length
    if (found >= events) return { days, skip: found - events }
  }
  throw new RangeError(`${options.people} people do not produce ${events} events in a hundred years`)
}

type Office = { options: WorldOptions; projects: DemoProject[]; milestones: DemoMilestone[] }

/** One person's one day while it is being made up. */
type Making = {
  office: Office
  person: DemoPerson
  active: DemoMilestone[]
  clock: (minutes: number) => Instant
  /** How likely a piece of this day is explained. */
  share: number
  random: Random
  /** Dice of its own: how much is explained does not change what happened. */
  explaining: Random
}

function personDay(office: Office, person: DemoPerson, day: Day): DemoEvent[] {
  const { seed, zone, lastDay, assignedShare = SHARE } = office.options
  const stretches = workday(person, day, seed, day === lastDay)
  const first = stretches[0]
  const last = stretches.at(-1)
  if (!first || !last) return []
  const r = random(`${seed}/work/${person.handle}/${day}`)
  // Some explain their whole day, some only the morning: the share differs from day to day.
  const explaining = random(`${seed}/explained/${person.handle}/${day}`)
  const swing = (explaining.next() * 2 - 1) * Math.min(assignedShare, 1 - assignedShare)
  const share = day === lastDay && assignedShare < 1 ? SHARE_TODAY : assignedShare + swing
  const making = {
    office,
    person,
    active: activeMilestones(office, person, day),
    clock: clockOf(day, zone),
    share,
    random: r,
    explaining,
  }
  const calls = callsOf(first.from, last.to, office.projects, r)
  return [
    ...stretches.flatMap((stretch) => stretchEvents(making, stretch)),
    ...calls.map((call) => callEvent(making, call)),
  ]
}

/** The two to four milestones somebody works on for about three weeks, best suited first. */
function activeMilestones({ options, milestones }: Office, person: DemoPerson, day: Day): DemoMilestone[] {
  const period = Math.floor(daysBetween('2024-01-01', weekOf(day)) / 21)
  const r = random(`${options.seed}/period/${person.handle}/${period}`)
  const suited = person.kinds.flatMap((kind) => {
    const ofKind = milestones.filter((milestone) => milestone.kind === kind)
    return ofKind.length === 0 ? [] : [r.pick(ofKind), r.pick(ofKind)]
  })
  return [...new Set(suited)].slice(0, r.int(2, 4))
}

function stretchEvents(making: Making, stretch: Stretch): DemoEvent[] {
  const { person, clock, random: r, explaining } = making
  const work = workOf(making)
  const tools =
    stretch.what === 'meeting'
      ? [MEETING, ...TOOLS[work.milestone.kind].slice(1)]
      : TOOLS[work.milestone.kind]
  const assignment = explaining.chance(making.share) ? assignmentOf(work.milestone, explaining) : null
  const machine =
    person.notebook && work.milestone.kind === 'site' && r.chance(0.6) ? person.notebook : person.machine
  const end = clock(stretch.to)
  const events: DemoEvent[] = []
  let before = ''
  for (let at = clock(stretch.from) + r.int(0, 999); ;) {
    const { tool, page } = nextWindow(tools, work, before, r)
    before = page.title
    const seconds = Math.min(LONGEST, Math.max(SHORTEST, r.skewed(tool.seconds, tool.spread)))
    const to = Math.min(end, at + Math.round(seconds * 1000))
    if (to - at < SHORTEST * 1000) return events
    events.push(windowEvent(making, machine, tool, page, { start: at, end: to }, assignment))
    at = to + gap(r)
  }
}

/** An agent reports a window when it changes, so the next one has another title. */
function nextWindow(
  tools: readonly Tool[],
  work: Work,
  before: string,
  r: Random,
): { tool: Tool; page: Page } {
  for (;;) {
    const tool = r.weighted(tools)
    if (tool === tools[0] && r.chance(0.08)) work.file = r.pick(PARTS[work.milestone.kind])
    const page = tool.page(work, r)
    if (page.title !== before) return { tool, page }
  }
}

function workOf({ active, office, person, random: r }: Making): Work {
  const admin = office.milestones.find(({ kind }) => kind === 'admin')
  const milestone = (r.chance(0.1) ? admin : undefined) ?? r.pick(active)
  const project = office.projects[milestone.project]
  if (!project) throw new Error(`milestone ${milestone.index} has no project`)
  return { person, project, milestone, file: r.pick(PARTS[milestone.kind]), revision: r.int(1, 9) }
}

function assignmentOf({ index, kind }: DemoMilestone, r: Random): DemoAssignment {
  return {
    milestone: index,
    activity: r.chance(0.8) ? r.pick(ACTIVITIES[kind]) : null,
    comment: r.chance(0.25) ? r.pick(COMMENTS) : null,
  }
}

/** One window follows the other at once as a rule; sometimes nobody is at the keyboard for a moment. */
function gap(r: Random): number {
  const dice = r.next()
  if (dice < 0.75) return r.int(0, 40)
  return dice < 0.96 ? r.int(100, 4000) : r.int(5_000, 100_000)
}

function windowEvent(
  making: Making,
  machine: string,
  tool: Tool,
  page: Page,
  span: { start: Instant; end: Instant },
  assignment: DemoAssignment | null,
): DemoEvent {
  const { person } = making
  return {
    source: page.url === undefined ? 'window' : 'browser',
    person: person.index,
    machine,
    device: 'windows-agent',
    start: span.start,
    end: span.end,
    title: page.title,
    app: tool.app,
    url: page.url ?? null,
    phone_number: null,
    contact: null,
    direction: null,
    private: tool.about === 'private' ? 1 : 0,
    ignored: tool.about === 'ignored' ? 1 : 0,
    assignment: tool.about === 'work' || tool.about === 'general' ? assignment : null,
  }
}

function callEvent(making: Making, call: Call): DemoEvent {
  const { office, person, active, clock, share, explaining } = making
  const start = Math.floor(clock(call.at) / 1000) * 1000
  const project = call.contact.project === null ? undefined : office.projects[call.contact.project]
  const milestone = active.find((own) => own.project === project?.index) ?? project?.milestones[0]
  const isAssigned = milestone !== undefined && call.seconds > 0 && explaining.chance(share)
  return {
    source: 'phone',
    person: person.index,
    machine: null,
    device: 'pi-bluetooth',
    start,
    end: start + call.seconds * 1000,
    title: null,
    app: null,
    url: null,
    phone_number: call.contact.number,
    contact: call.contact.name,
    direction: call.direction,
    private: 0,
    ignored: 0,
    assignment: isAssigned ? { milestone: milestone.index, activity: 'Telefonat', comment: null } : null,
  }
}
