import { formatWall, type Zone } from '../../contract/time.ts'
import type { ExplainedRow } from '../../db/explained.ts'
import { featuresOf, type Feature, type Stretch } from './features.ts'
import { targetKey, type Example, type Target } from './model.ts'

/** Events of one session that went to the same place, or that are all still open. */
export type Group = Stretch & { sessionId: number | null; target: Target | null }

/** Events by session and target, in the order of their rows. */
export function groupsOf(rows: readonly ExplainedRow[]): Group[] {
  const groups = new Map<string, Group & { said: ExplainedRow[] }>()
  for (const row of rows) {
    const target =
      row.project_id === null ? null : { projectId: row.project_id, milestoneId: row.milestone_id }
    const key = `${row.session_id ?? ''} ${target ? targetKey(target) : 'open'}`
    const group = groups.get(key)
    if (group) {
      group.start = Math.min(group.start, row.start)
      group.end = Math.max(group.end, row.end)
      if (group.said.length < MOST_SAID) group.said.push(row)
    } else {
      const { session_id: sessionId, source, start, end } = row
      groups.set(key, { sessionId, target, source, start, end, said: [row] })
    }
  }
  return [...groups.values()]
}

/** Events of a group that are looked at: their titles are alike. */
const MOST_SAID = 20

export function groupFeatures(group: Group, zone: Zone): Feature[] {
  return featuresOf(group, Number(formatWall(group.start, zone).slice(11, 13)))
}

export function examplesOf(groups: readonly Group[], zone: Zone): Example[] {
  return groups.flatMap((group) =>
    group.target ? [{ features: groupFeatures(group, zone), target: group.target, at: group.end }] : [],
  )
}

/** What ended last before a stretch and what began first after it, of those that are explained. */
export function neighboursOf(group: Stretch, explained: readonly Group[]): Target[] {
  let before: Group | undefined
  let after: Group | undefined
  for (const other of explained) {
    if (other.end <= group.start + NEAR_MS && (!before || other.end > before.end)) before = other
    if (other.start >= group.end - NEAR_MS && (!after || other.start < after.start)) after = other
  }
  return [before, after].flatMap((other) =>
    other?.target && distance(group, other) <= NEAR_MS ? [other.target] : [],
  )
}

/** What ended or began this close is a neighbour. */
const NEAR_MS = 10 * 60_000

function distance(a: Stretch, b: Stretch): number {
  return Math.max(0, a.start - b.end, b.start - a.end)
}
