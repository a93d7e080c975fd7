import { type Option, fold } from '../../picker/options.ts'
import { type Pick, KEYS, pickKey } from '../../picker/picks.ts'
import type { Block } from './blocks.ts'

/** Why a target is offered; a recent one needs no reason. */
export type Because =
  { why: 'word'; word: string } | { why: 'same' } | { why: 'neighbour' } | { why: 'recent' }
export type Suggestion = { option: Option; because: Because }

/** A word as it is written, and as it is searched. */
type Word = { written: string; folded: string }
type Named = { option: Option; project: Word[]; milestone: Word[]; client: Word[] }
/** The options prepared once for many blocks. */
export type OptionIndex = { byKey: Map<string, Option>; named: Named[] }

const OFFERED = 3
/** A block that ends or begins this close is a neighbour. */
const NEAR = 10 * 60_000
/** Shorter words are in every other title. */
const SHORTEST_WORD = 4

const wordsOf = (text: string | null): Word[] =>
  (text ?? '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= SHORTEST_WORD && !/^\d+$/.test(word))
    .map((written) => ({ written, folded: fold(written) }))

export function indexOptions(options: readonly Option[]): OptionIndex {
  return {
    byKey: new Map(options.map((option) => [option.key, option])),
    named: options.map((option) => ({
      option,
      project: wordsOf(option.project),
      milestone: wordsOf(option.milestone),
      client: wordsOf(option.client),
    })),
  }
}

/**
 * What a block probably belongs to, with its reason, the most telling first: the same thing explained
 * before today, a project's word in its title, what happened right beside it; then recent targets.
 */
export function suggestions(
  block: Block,
  index: OptionIndex,
  explained: readonly Block[],
  quick: readonly Pick[],
): Suggestion[] {
  const reasoned = new Map<string, Suggestion>()
  const offer = (to: Map<string, Suggestion>, pick: Pick | null, because: Because) => {
    const option = pick && index.byKey.get(pickKey(pick))
    if (option && !to.has(option.key)) to.set(option.key, { option, because })
  }
  const alike = explained.filter((other) => other.app === block.app && other.source === block.source)
  for (const other of alike)
    if (block.headline !== null && other.headline === block.headline)
      offer(reasoned, other.assignment, { why: 'same' })
  for (const { option, word } of namedIn(block, index))
    offer(reasoned, usualOf(option, explained, quick), { why: 'word', word })
  for (const other of alike)
    if (distance(other, block) <= NEAR) offer(reasoned, other.assignment, { why: 'neighbour' })
  const all = new Map([...reasoned].slice(0, OFFERED))
  for (const pick of quick) offer(all, pick, { why: 'recent' })
  return [...all.values()].slice(0, KEYS)
}

/** Where time of a project usually goes, when only the project was named. */
function usualOf(option: Option, explained: readonly Block[], quick: readonly Pick[]): Pick {
  if (option.milestoneId !== null) return option
  const used = [...explained.flatMap(({ assignment }) => assignment ?? []), ...quick]
  return used.find((pick) => pick.projectId === option.projectId && pick.milestoneId !== null) ?? option
}

function distance(a: Block, b: Block): number {
  return Math.max(0, a.start - b.end, b.start - a.end)
}

/** Options of which a word stands in the block's title, best first: more letters tell more. */
function namedIn(block: Block, index: OptionIndex): { option: Option; word: string }[] {
  const title = fold(block.headline ?? '')
  if (title === '') return []
  return index.named
    .map(({ option, ...names }) => {
      const said = (words: Word[]) => words.filter(({ folded }) => title.includes(folded))
      const milestone = said(names.milestone)
      const project = said(names.project)
      const all = [...project, ...milestone, ...said(names.client)]
      const score = all.reduce((sum, word) => sum + word.folded.length, 0) + project.length * 2
      const longest = all.reduce((best, { written }) => (written.length > best.length ? written : best), '')
      // Without a milestone's word the project as such is as good as any of its milestones.
      return { option, score, word: longest, isExact: milestone.length > 0 || option.milestone === null }
    })
    .filter(({ score, isExact }) => score > 0 && isExact)
    .sort((a, b) => b.score - a.score)
    .slice(0, OFFERED)
}
