import type { Place, RulePreview } from '../../contract/rules.ts'
import type { MilestoneTotals } from '../../db/projects.ts'
import type { PastEventRow } from '../../db/rule-events.ts'
import type { RuleRow } from '../../db/rules.ts'
import { isSamePlace, type Decision, type HeldWhy } from './decide.ts'
import type { Samples } from './samples.ts'

const HOUR_MS = 3_600_000

type Amount = { events: number; ms: number }
type Move = Amount & { from: Place; to: Place }
type Sum = { place: Place; ms: number; newMs: number }
type Placed = { project_id: number | null; milestone_id: number | null }

const NOWHERE: Placed = { project_id: null, milestone_id: null }

/** Adds up in hours what decisions about events move. */
export function tally(samples: () => Samples) {
  let events = 0
  const caught = { events: 0, ms: 0, samples: samples() }
  const sums = new Map<number, Sum>()
  const changed: Amount = { events: 0, ms: 0 }
  const described: Amount = { events: 0, ms: 0 }
  const moves = new Map<string, Move>()
  const held = new Map<HeldWhy, Amount & { samples: Samples }>()

  /** Asked of every event, so it makes nothing but at first. */
  function sumOf(row: Placed): Sum {
    const number = numberOf(row)
    const known = sums.get(number)
    if (known) return known
    const sum = { place: placeOf(row), ms: 0, newMs: 0 }
    sums.set(number, sum)
    return sum
  }

  function moved(event: PastEventRow, target: Placed): void {
    const [from, to] = [placeOf(event), placeOf(target)]
    sumOf(event).newMs -= event.counted_ms
    sumOf(target).newMs += event.counted_ms
    const key = `${keyOf(from)} ${keyOf(to)}`
    const move = moves.get(key) ?? { from, to, events: 0, ms: 0 }
    moves.set(key, move)
    add(move, event)
  }

  return {
    /** `winner`: the rule that is asked about, when it is the first to hold for the event. */
    add(event: PastEventRow, decision: Decision, winner: RuleRow | null): void {
      events++
      const sum = sumOf(event)
      sum.ms += event.counted_ms
      sum.newMs += event.counted_ms
      if (winner) {
        add(caught, event)
        caught.samples.add(event, winner)
      }
      if (decision === null) return
      if (decision.kind === 'held') {
        const amount = held.get(decision.why) ?? { events: 0, ms: 0, samples: samples() }
        held.set(decision.why, amount)
        add(amount, event)
        if (winner) amount.samples.add(event, winner)
        return
      }
      add(changed, event)
      if (decision.kind === 'clear') moved(event, NOWHERE)
      else if (isSamePlace(event, decision.to)) add(described, event)
      else moved(event, decision.to)
    },

    /** What was added up, most hours first; `milestone` looks one up as it is now. */
    result(milestone: (id: number) => MilestoneTotals | undefined): RulePreview {
      const all = [...moves.values()].sort((a, b) => b.ms - a.ms || b.events - a.events)
      return {
        events,
        caught: { ...caught, samples: caught.samples.result() },
        changed,
        described,
        places: [...sums.values()]
          .filter(({ ms, newMs }) => ms !== newMs)
          .sort((a, b) => Math.abs(b.newMs - b.ms) - Math.abs(a.newMs - a.ms)),
        moves: all,
        held: Array.from(held, ([why, { samples, ...amount }]) => ({
          why,
          ...amount,
          samples: samples.result(),
        })),
        budgets: [...changes(all)].flatMap(([id, ms]) => {
          const row = milestone(id)
          if (!row) return []
          const doneHours = row.done_before + row.booked_ms / HOUR_MS
          return {
            projectId: row.project_id,
            milestoneId: id,
            plannedHours: row.planned_hours,
            doneHours,
            newDoneHours: doneHours + ms / HOUR_MS,
          }
        }),
      }
    },
  }
}

/** What each milestone gains. */
function changes(moves: readonly Move[]): Map<number, number> {
  const gains = new Map<number, number>()
  for (const { from, to, ms } of moves) {
    if (to?.milestoneId) gains.set(to.milestoneId, (gains.get(to.milestoneId) ?? 0) + ms)
    if (from?.milestoneId) gains.set(from.milestoneId, (gains.get(from.milestoneId) ?? 0) - ms)
  }
  return gains
}

function add(amount: Amount, event: PastEventRow): void {
  amount.events++
  amount.ms += event.counted_ms
}

/** A milestone is of one project, so its number says where; even ones are projects themselves. */
function numberOf({ project_id, milestone_id }: Placed): number {
  if (milestone_id !== null) return milestone_id * 2 + 1
  return (project_id ?? 0) * 2
}

export function placeOf(row: Placed): Place {
  return row.project_id === null ? null : { projectId: row.project_id, milestoneId: row.milestone_id }
}

export function keyOf(place: Place): string {
  return place === null ? '' : `${place.projectId}/${place.milestoneId ?? ''}`
}
