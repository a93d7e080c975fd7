import type { Day } from '../../../contract/time.ts'
import type { Block } from './blocks.ts'
import { type Stretch, union, without } from './intervals.ts'
import { pickKey } from '../../picker/picks.ts'
import { wallMinutes } from './wall.ts'

/** Hours of the axis, and what the wall clock of the hub shows as minutes from the day's midnight. */
export type AxisRange = { from: number; to: number }

/** A bar: `key` says what it is (an app, a target, nothing), `block` where a click leads. */
export type Bar = Stretch & { key: string; block: Block }

const USUAL: AxisRange = { from: 6, to: 20 }
/** Steps of the axis: programs change by the minute, and what they were for is what counts. */
const STEPS = { captured: 84, assigned: 240 } as const

/** 06 to 20, wider when something happened outside. */
export function axisRange(blocks: readonly Pick<Block, 'from' | 'to'>[], day: Day): AxisRange {
  let { from, to } = USUAL
  for (const block of blocks) {
    from = Math.min(from, Math.floor(wallMinutes(block.from, day) / 60))
    to = Math.max(to, Math.ceil(wallMinutes(block.to, day) / 60))
  }
  return { from, to }
}

/** The hours to be written under the axis. */
export function axisHours({ from, to }: AxisRange, every: number): number[] {
  const first = Math.ceil(from / every) * every
  return Array.from({ length: Math.floor((to - first) / every) + 1 }, (_, at) => first + at * every)
}

export const hourLabel = (hour: number): string => String(((hour % 24) + 24) % 24).padStart(2, '0')

/** Where a minute of the day lies on the axis, in percent. */
export const place = ({ from, to }: AxisRange, minute: number): number =>
  ((minute / 60 - from) / (to - from)) * 100

type Piece = Stretch & { block: Block; key: string }

/**
 * Calm bars from restless blocks: in each small step of the axis the key with most time wins,
 * neighbours of the same key join, and the outer edges stay exactly where the time was.
 */
function bars(
  blocks: readonly Block[],
  day: Day,
  range: AxisRange,
  keyOf: (block: Block) => string,
  steps: number,
): Bar[] {
  const step = ((range.to - range.from) * 60) / steps
  const pieces = blocks.flatMap((block) => piecesOf(block, day, keyOf(block)))
  const ground = union(pieces, ((range.to - range.from) * 60) / STEPS.assigned / 2)
  const weight = new Map<number, Map<string, { amount: number; piece: Piece }>>()
  for (const piece of pieces)
    for (let at = Math.floor(piece.start / step); at * step < piece.end; at++) {
      const amount = Math.min(piece.end, (at + 1) * step) - Math.max(piece.start, at * step)
      const cell = weight.get(at) ?? weight.set(at, new Map()).get(at)
      const known = cell?.get(piece.key)
      if (known) known.amount += amount
      else cell?.set(piece.key, { amount, piece })
    }
  return ground.flatMap((whole) => cut(whole, weight, step))
}

function piecesOf(block: Block, day: Day, key: string): Piece[] {
  // Spans are instants; on the axis they keep their distance from the wall time the block began at.
  const begin = wallMinutes(block.from, day)
  return block.spans.map(({ start, end }) => ({
    start: begin + (start - block.start) / 60_000,
    end: begin + (end - block.start) / 60_000,
    block,
    key,
  }))
}

function cut(
  { start, end }: Stretch,
  weight: ReadonlyMap<number, ReadonlyMap<string, { amount: number; piece: Piece }>>,
  step: number,
): Bar[] {
  const found: Bar[] = []
  for (let at = Math.floor(start / step); at * step < end; at++) {
    const best = [...(weight.get(at)?.values() ?? [])].sort((a, b) => b.amount - a.amount)[0]
    const last = found.at(-1)
    const to = Math.min(end, (at + 1) * step)
    if (last && (!best || best.piece.key === last.key)) last.end = to
    else if (best)
      found.push({ start: Math.max(start, at * step), end: to, key: best.piece.key, block: best.piece.block })
  }
  return found
}

/** Bars of the upper row: the program that had most of the time. */
export function capturedBars(blocks: readonly Block[], day: Day, range: AxisRange): Bar[] {
  const all = bars(blocks, day, range, (block) => block.app ?? block.source, STEPS.captured)
  return withoutSlivers(all, ((range.to - range.from) * 60) / STEPS.captured / 2)
}

/** The rest of a step at the edge of a stretch goes to its neighbour. */
function withoutSlivers(all: readonly Bar[], least: number): Bar[] {
  const kept: Bar[] = []
  for (const bar of all) {
    const last = kept.at(-1)
    const touches = last !== undefined && bar.start - last.end < 0.01
    if (touches && bar.end - bar.start < least) last.end = bar.end
    else if (touches && last.end - last.start < least) kept.splice(-1, 1, { ...bar, start: last.start })
    else kept.push({ ...bar })
  }
  return kept
}

const assignedKey = (block: Block): string =>
  block.kind === 'explained' && block.assignment ? pickKey(block.assignment) : ''

/** Bars of the lower row: what is explained in its colours, the rest of the captured time hatched. */
export function assignedBars(blocks: readonly Block[], day: Day, range: AxisRange): Bar[] {
  const explained = bars(
    blocks.filter((block) => block.kind === 'explained'),
    day,
    range,
    assignedKey,
    STEPS.assigned,
  )
  const open = bars(
    blocks.filter((block) => block.kind === 'open'),
    day,
    range,
    () => '',
    STEPS.assigned,
  )
  const rest = open.flatMap((bar) =>
    without([bar], explained)
      .filter(({ start, end }) => end - start >= 0.5)
      .map((piece) => ({ ...bar, ...piece })),
  )
  return [...explained, ...rest].sort((a, b) => a.start - b.start)
}
