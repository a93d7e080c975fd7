import { type Day, daysBetween } from '../../../contract/time.ts'
import type { Block } from './blocks.ts'
import { type Stretch, union, without } from './intervals.ts'
import { pickKey } from '../../picker/picks.ts'

/** Hours of the axis, and what the wall clock of the hub shows as minutes from the day's midnight. */
export type AxisRange = { from: number; to: number }

/** A bar: `key` says what it is (an app, a target, nothing), `block` where a click leads. */
export type Bar = Stretch & { key: string; block: Block }

const USUAL: AxisRange = { from: 6, to: 20 }
/** About one step per five pixels: finer detail would flicker, not inform. */
const STEPS = 220

export function wallMinutes(iso: string, day: Day): number {
  const days = daysBetween(day, iso.slice(0, 10))
  const seconds = Number(iso.slice(17, 19)) || 0
  return days * 1440 + Number(iso.slice(11, 13)) * 60 + Number(iso.slice(14, 16)) + seconds / 60
}

/** 06 to 20, wider when something happened outside. */
export function axisRange(blocks: readonly Block[], day: Day): AxisRange {
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
export function bars(
  blocks: readonly Block[],
  day: Day,
  range: AxisRange,
  keyOf: (block: Block) => string,
): Bar[] {
  const step = ((range.to - range.from) * 60) / STEPS
  const pieces = blocks.flatMap((block) => piecesOf(block, day, keyOf(block)))
  const ground = union(pieces, step / 2)
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

export const capturedKey = (block: Block): string => block.app ?? block.source

export const assignedKey = (block: Block): string =>
  block.kind === 'explained' && block.assignment ? pickKey(block.assignment) : ''

/** Bars of the lower row: what is explained in its colours, the rest of the captured time hatched. */
export function assignedBars(blocks: readonly Block[], day: Day, range: AxisRange): Bar[] {
  const explained = bars(
    blocks.filter((block) => block.kind === 'explained'),
    day,
    range,
    assignedKey,
  )
  const open = bars(
    blocks.filter((block) => block.kind === 'open'),
    day,
    range,
    () => '',
  )
  const rest = open.flatMap((bar) =>
    without([bar], explained)
      .filter(({ start, end }) => end - start >= 0.5)
      .map((piece) => ({ ...bar, ...piece })),
  )
  return [...explained, ...rest].sort((a, b) => a.start - b.start)
}
