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

/** Adds up in hours what decisions about events move. */
export function tally(samples: () => Samples) {
  let events = 0
  const caught = { events: 0, ms: 0, samples: samples() }
  const sums = new Map<string, Sum>()
  const changed: Amount = { events: 0, ms: 0 }
  const described: Amount = { events: 0, ms: 0 }
  const moves = new Map<string, Move>()
  const held = new Map<HeldWhy, Amount & { samples: Samples }>()

  function sumOf(place: Place): Sum {
    const key = keyOf(place)
    const sum = sums.get(key) ?? { place, ms: 0, newMs: 0 }
    sums.set(key, sum)
    return sum
  }

  function moved(event: PastEventRow, to: Place): void {
    const from = placeOf(event)
    sumOf(from).newMs -= event.counted_ms
    sumOf(to).newMs += event.counted_ms
    const key = `${keyOf(from)} ${keyOf(to)}`
    const move = moves.get(key) ?? { from, to, events: 0, ms: 0 }
    moves.set(key, move)
    add(move, event)
  }

  return {
    /** `winner`: the rule that is asked about, when it is the first to hold for the event. */
    add(event: PastEventRow, decision: Decision, winner: RuleRow | null): void {
      events++
      const sum = sumOf(placeOf(event))
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
      if (decision.kind === 'clear') moved(event, null)
      else if (isSamePlace(event, decision.to)) add(described, event)
      else moved(event, placeOf(decision.to))
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

export function placeOf(row: { project_id: number | null; milestone_id: number | null }): Place {
  return row.project_id === null ? null : { projectId: row.project_id, milestoneId: row.milestone_id }
}

export function keyOf(place: Place): string {
  return place === null ? '' : `${place.projectId}/${place.milestoneId ?? ''}`
}
