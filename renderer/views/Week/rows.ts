import type { Milestone, Project } from '../../../contract/projects.ts'
import { type Day, weekdayOf } from '../../../contract/time.ts'
import type { Week } from '../../../contract/weeks.ts'
import { type Pick, pickKey } from '../../picker/picks.ts'

/** Time of one target on one day; `enteredMs` of it was entered by hand. */
export type Cell = { ms: number; enteredMs: number }

export type WeekRow = Pick & {
  key: string
  /** null when it is not known any more */
  project: string | null
  milestone: string | null
  colour: number
  /** what is archived takes no more time */
  isClosed: boolean
  cells: Cell[]
  totalMs: number
}

export type WeekDay = {
  day: Day
  capturedMs: number
  explainedMs: number
  openMs: number
  /** what is explained, by project, for a bar: together exactly `explainedMs` */
  shares: { colour: number; ms: number }[]
  isWeekend: boolean
}

/** Time that was just entered or taken out here and that the hub has not confirmed yet. */
export type Pending = { pick: Pick; day: Day; ms: number }

export type Names = {
  projects: ReadonlyMap<number, Project>
  milestones: ReadonlyMap<number, Milestone>
}

const UNKNOWN_COLOUR = 10

/**
 * The rows of the grid: what has time, what was added to take some, and what waits for the hub. In the order of
 * their names, so that a row stays in its place while its hours change.
 */
export function weekRows(
  week: Week,
  added: readonly Pick[],
  pending: readonly Pending[],
  names: Names,
  locale: string,
): WeekRow[] {
  const known = new Map(week.rows.map((row) => [pickKey(row), row]))
  const picks = new Map(
    [...week.rows, ...added, ...pending.map(({ pick }) => pick)].map((pick) => [pickKey(pick), pick]),
  )
  const collator = new Intl.Collator(locale, { numeric: true })
  return [...picks]
    .map(([key, pick]) => {
      const row = known.get(key)
      const cells = week.days.map(({ day }, at) => {
        const waiting = pending
          .filter((one) => one.day === day && pickKey(one.pick) === key)
          .reduce((sum, { ms }) => sum + ms, 0)
        return { ms: (row?.ms[at] ?? 0) + waiting, enteredMs: (row?.enteredMs[at] ?? 0) + waiting }
      })
      return { ...described(pick, names), key, cells, totalMs: cells.reduce((sum, { ms }) => sum + ms, 0) }
    })
    .sort((a, b) => compared(a, b, collator))
}

function described({ projectId, milestoneId }: Pick, { projects, milestones }: Names) {
  const project = projects.get(projectId)
  const milestone = milestoneId === null ? undefined : milestones.get(milestoneId)
  return {
    projectId,
    milestoneId,
    project: project?.name ?? null,
    milestone: milestone?.name ?? null,
    colour: project?.colour ?? UNKNOWN_COLOUR,
    isClosed: project === undefined || project.archived || (milestone?.archived ?? false),
  }
}

function compared(a: WeekRow, b: WeekRow, collator: Intl.Collator): number {
  return (
    collator.compare(a.project ?? '', b.project ?? '') ||
    a.projectId - b.projectId ||
    Number(a.milestoneId === null) - Number(b.milestoneId === null) ||
    collator.compare(a.milestone ?? '', b.milestone ?? '')
  )
}

/** The days of the week with what their heads show; time that waits for the hub counts as explained. */
export function weekDays(week: Week, rows: readonly WeekRow[], pending: readonly Pending[]): WeekDay[] {
  return week.days.map(({ day, capturedMs, explainedMs, openMs }, at) => {
    const waiting = pending.filter((one) => one.day === day).reduce((sum, { ms }) => sum + ms, 0)
    const explained = Math.max(0, explainedMs + waiting)
    return {
      day,
      capturedMs: Math.max(0, capturedMs + waiting),
      explainedMs: explained,
      openMs,
      shares: sharesOf(rows, at, explained),
      isWeekend: weekdayOf(day) > 5,
    }
  })
}

/** Assignments that overlap are booked twice; in the bar of a day they share its time. */
function sharesOf(rows: readonly WeekRow[], at: number, explainedMs: number): WeekDay['shares'] {
  const byProject = Map.groupBy(rows, ({ projectId }) => projectId)
  const shares = [...byProject.values()].flatMap((some) => {
    const ms = some.reduce((sum, { cells }) => sum + (cells[at]?.ms ?? 0), 0)
    return ms > 0 ? [{ colour: some[0]?.colour ?? UNKNOWN_COLOUR, ms }] : []
  })
  const booked = shares.reduce((sum, { ms }) => sum + ms, 0)
  return shares.map(({ colour, ms }) => ({ colour, ms: (ms / booked) * explainedMs }))
}
