import { type Pick, pickKey } from '../../picker/picks.ts'
import type { Block } from './blocks.ts'
import { type Stretch, lengthOf, union, without } from './intervals.ts'

/** A block that waits for an explanation, and how much of it nothing else explains. */
export type OpenBlock = Block & { openMs: number }

/** `ms`: as it is booked, so that it agrees with the project's hours and with the export. */
export type Total = Pick & { key: string; ms: number; blocks: Block[] }

export type DayTotals = {
  /** all that happened and counts, once */
  capturedMs: number
  /** the same, and when the person was there and nothing was captured */
  wholeMs: number
  explainedMs: number
  openMs: number
  /** worth a decision each, the largest first */
  open: OpenBlock[]
  /** too short for that: decided on together */
  small: OpenBlock[]
  smallMs: number
  totals: Total[]
  /** time that is booked twice because assigned events happened at once */
  doubleMs: number
  hidden: { private: Block[]; ignored: Block[] }
}

/** Of a longer session less than this may be left, when something else explains the rest: small change then. */
const LEFT_OVER = 60_000

const spansOf = (blocks: readonly Block[]): Stretch[] => union(blocks.flatMap((block) => block.spans))

export function dayTotals(blocks: readonly Block[], clocked: readonly Stretch[] = []): DayTotals {
  const of = (kind: Block['kind']) => blocks.filter((block) => block.kind === kind)
  const explained = spansOf(of('explained'))
  const waiting = of('open').map((block) => ({
    ...block,
    openMs: lengthOf(without(block.spans, explained)),
  }))
  const unexplained = without(spansOf(waiting), explained)
  const isSmall = (block: OpenBlock) => block.isSmall || block.openMs < LEFT_OVER
  const small = waiting.filter(isSmall).sort((a, b) => a.start - b.start)
  const totals = totalsOf(of('explained'))
  return {
    capturedMs: lengthOf(explained) + lengthOf(unexplained),
    wholeMs: lengthOf(union([...explained, ...unexplained, ...clocked])),
    explainedMs: lengthOf(explained),
    openMs: lengthOf(unexplained),
    open: waiting.filter((block) => !isSmall(block)).sort((a, b) => b.openMs - a.openMs || a.start - b.start),
    small,
    smallMs: openTime(small, explained),
    totals,
    doubleMs: Math.max(0, totals.reduce((sum, total) => sum + total.ms, 0) - lengthOf(explained)),
    hidden: { private: of('private'), ignored: of('ignored') },
  }
}

/** What blocks hold together and nothing explains. */
function openTime(blocks: readonly Block[], explained: readonly Stretch[]): number {
  return lengthOf(without(spansOf(blocks), explained))
}

function totalsOf(explained: readonly Block[]): Total[] {
  const groups = Map.groupBy(explained, (block) => (block.assignment ? pickKey(block.assignment) : ''))
  return [...groups]
    .flatMap(([key, blocks]) => {
      const target = blocks[0]?.assignment
      if (!target) return []
      const ms = blocks.reduce((sum, block) => sum + block.bookedMs, 0)
      return [{ key, projectId: target.projectId, milestoneId: target.milestoneId, ms, blocks }]
    })
    .sort((a, b) => b.ms - a.ms || a.key.localeCompare(b.key))
}
