import type { Evidence } from '../../contract/suggestions.ts'
import type { Instant } from '../../contract/time.ts'
import { fold, wordsOf, type Feature } from './features.ts'

export type Target = { projectId: number; milestoneId: number | null }
/** A target that may be proposed, with its names. */
export type Candidate = Target & { names: readonly string[] }
/** Something that was explained: what it said, where it went, when. */
export type Example = { features: readonly Feature[]; target: Target; at: Instant }
export type Offer = Target & { score: number; because: Evidence[] }

/** What was learned two weeks ago counts half: projects come and go. */
const HALF_LIFE_MS = 14 * 86_400_000
/** Examples of the average that stand beside what was really seen, so that one example proves little. */
const DOUBT = 0.5
/** How far each kind of evidence is to be trusted. Tried out with `npm run bench -- suggestions`. */
const TRUST: Record<Evidence['kind'], number> = {
  title: 1.5,
  caller: 1.5,
  name: 1.2,
  word: 0.8,
  host: 0.7,
  neighbour: 1.5,
  app: 0.4,
  hour: 0.2,
}
const OFFERED = 3
const REASONS = 2
/** Reasons weaker than this are none. */
const NOTABLE = 0.35

export const targetKey = ({ projectId, milestoneId }: Target) => `${projectId}.${milestoneId ?? ''}`

/**
 * Learns where things belong by counting: a feature speaks for a target as much as it was seen there more
 * often than elsewhere (naive Bayes; each term is the logarithm of a ratio, so it can be shown as a reason).
 */
export function learn(examples: readonly Example[], candidates: readonly Candidate[], now: Instant) {
  const weightOf = new Map<string, number>()
  const seen = new Map<string, Map<string, number>>()
  const seenAtAll = new Map<string, number>()
  let total = 0
  for (const { features, target, at } of examples) {
    const weight = 0.5 ** (Math.max(0, now - at) / HALF_LIFE_MS)
    const key = targetKey(target)
    total += weight
    add(weightOf, key, weight)
    for (const feature of features) {
      add(seenAtAll, feature.key, weight)
      const byTarget = seen.get(feature.key) ?? new Map<string, number>()
      seen.set(feature.key, byTarget)
      add(byTarget, key, weight)
    }
  }
  const names = nameIndex(candidates)

  /** Logarithm of how much more often a feature occurs with a target than at all. */
  function lift(feature: Feature, key: string): number {
    const known = seenAtAll.get(feature.key)
    if (known === undefined) return 0
    // Targets that nothing is known of stand for not having it, or the only one known would prove nothing.
    const share = known / (total + DOUBT * candidates.length)
    const here = seen.get(feature.key)?.get(key) ?? 0
    const ratio = (here + DOUBT * share) / ((weightOf.get(key) ?? 0) + DOUBT) / share
    return Math.max(-2, Math.log(ratio))
  }

  return (features: readonly Feature[], neighbours: readonly Target[]): Offer[] => {
    const words = features.filter(({ kind }) => kind === 'word')
    // Many words say the same thing again and again.
    const wordShare = 1 / Math.sqrt(Math.max(1, words.length))
    const said = names.saidIn(words)
    const beside = new Set(neighbours.map(targetKey))
    const offers = candidates.map(({ projectId, milestoneId }): Offer => {
      const key = targetKey({ projectId, milestoneId })
      const reasons: (Evidence & { weight: number })[] = features.map((feature) => ({
        kind: feature.kind,
        text: feature.text,
        weight: lift(feature, key) * TRUST[feature.kind] * (feature.kind === 'word' ? wordShare : 1),
      }))
      for (const { word, weight } of said.get(key) ?? [])
        reasons.push({ kind: 'name', text: word, weight: weight * TRUST.name })
      if (beside.has(key)) reasons.push({ kind: 'neighbour', text: null, weight: TRUST.neighbour * 2 })
      const prior = Math.log(((weightOf.get(key) ?? 0) + 0.1) / (total + 0.1 * candidates.length))
      return {
        projectId,
        milestoneId,
        score: reasons.reduce((sum, { weight }) => sum + weight, 0.5 * prior),
        because: strongest(reasons),
      }
    })
    return offers
      .filter(({ because }) => because.length > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, OFFERED)
  }
}

function add(to: Map<string, number>, key: string, weight: number): void {
  to.set(key, (to.get(key) ?? 0) + weight)
}

/** The reasons worth saying; a word that is part of the same title or name says nothing new. */
function strongest(reasons: (Evidence & { weight: number })[]): Evidence[] {
  const best: Evidence[] = []
  for (const { kind, text, weight } of reasons.toSorted((a, b) => b.weight - a.weight)) {
    if (weight < NOTABLE || best.length === REASONS) break
    const isTold = best.some(
      (other) =>
        (other.kind === 'title' && kind !== 'neighbour') ||
        (other.text !== null && text !== null && fold(other.text) === fold(text)),
    )
    if (kind !== 'hour' && !isTold) best.push({ kind, text: kind === 'title' ? null : text })
  }
  return best
}

/** Which words of a title name which targets; a word that many share says less. */
function nameIndex(candidates: readonly Candidate[]) {
  const byWord = new Map<string, Set<string>>()
  for (const candidate of candidates) {
    for (const word of candidate.names.flatMap(wordsOf)) {
      const key = fold(word)
      const targets = byWord.get(key) ?? new Set()
      byWord.set(key, targets.add(targetKey(candidate)))
    }
  }
  return {
    saidIn(words: readonly Feature[]): Map<string, { word: string; weight: number }[]> {
      const said = new Map<string, { word: string; weight: number }[]>()
      for (const { text } of words) {
        const targets = byWord.get(fold(text))
        if (!targets) continue
        const weight = Math.log((candidates.length + 1) / targets.size)
        for (const target of targets) said.set(target, [...(said.get(target) ?? []), { word: text, weight }])
      }
      return said
    },
  }
}
