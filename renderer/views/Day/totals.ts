import { type Pick, pickKey } from '../../picker/picks.ts'
import { type Block, SMALL, joinShort } from './blocks.ts'
import { type Stretch, lengthOf, union, without } from './intervals.ts'

/** A block that waits for an explanation, and how much of it nothing else explains. */
export type OpenBlock = Block & { openMs: number }

export type Total = Pick & { key: string; ms: number; blocks: Block[] }

export type DayTotals = {
  /** all that happened and counts, once */
  capturedMs: number
  explainedMs: number
  openMs: number
  /** worth a decision each, the largest first */
  open: OpenBlock[]
  /** too short for that: decided on together */
  small: OpenBlock[]
  smallMs: number
  totals: Total[]
  /** time that two targets claim at once */
  doubleMs: number
  hidden: { private: Block[]; ignored: Block[] }
}

const spansOf = (blocks: readonly Block[]): Stretch[] => union(blocks.flatMap((block) => block.spans))

export function dayTotals(blocks: readonly Block[]): DayTotals {
  const of = (kind: Block['kind']) => blocks.filter((block) => block.kind === kind)
  const explained = spansOf(of('explained'))
  const waiting = joinShort(of('open')).map((block) => ({
    ...block,
    openMs: lengthOf(without(block.spans, explained)),
  }))
  const unexplained = without(spansOf(waiting), explained)
  const small = waiting.filter((block) => block.openMs < SMALL)
  const totals = totalsOf(of('explained'))
  return {
    capturedMs: lengthOf(explained) + lengthOf(unexplained),
    explainedMs: lengthOf(explained),
    openMs: lengthOf(unexplained),
    open: waiting
      .filter((block) => block.openMs >= SMALL)
      .sort((a, b) => b.openMs - a.openMs || a.start - b.start),
    small,
    smallMs: lengthOf(without(spansOf(small), explained)),
    totals,
    doubleMs: Math.max(0, totals.reduce((sum, total) => sum + total.ms, 0) - lengthOf(explained)),
    hidden: { private: of('private'), ignored: of('ignored') },
  }
}

function totalsOf(explained: readonly Block[]): Total[] {
  const groups = Map.groupBy(explained, (block) => (block.assignment ? pickKey(block.assignment) : ''))
  return [...groups]
    .flatMap(([key, blocks]) => {
      const target = blocks[0]?.assignment
      if (!target) return []
      const ms = lengthOf(spansOf(blocks))
      return [
        { key, projectId: target.projectId, milestoneId: target.milestoneId, ms, blocks: joinShort(blocks) },
      ]
    })
    .sort((a, b) => b.ms - a.ms || a.key.localeCompare(b.key))
}
