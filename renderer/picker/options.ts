import type { Project } from '../../contract/projects.ts'
import { type Pick, pickKey } from './picks.ts'

/** One line of the picker. */
export type Option = Pick & {
  key: string
  project: string
  /** null: the project as such */
  milestone: string | null
  client: string | null
  colour: number
  /** all names in lower case, to be searched */
  haystack: string
}

/** Everything that time can be assigned to; archived projects and milestones are left out. */
export function optionsOf(projects: readonly Project[]): Option[] {
  return projects
    .filter((project) => !project.archived)
    .flatMap((project) => {
      const make = (milestoneId: number | null, milestone: string | null): Option => ({
        projectId: project.id,
        milestoneId,
        key: pickKey({ projectId: project.id, milestoneId }),
        project: project.name,
        milestone,
        client: project.client,
        colour: project.colour,
        haystack: fold([milestone ?? '', project.name, project.client ?? ''].join('\n')),
      })
      return [
        ...project.milestones.filter((one) => !one.archived).map((one) => make(one.id, one.name)),
        make(null, null),
      ]
    })
}

/** Lower case without accents, ß as ss: what people type is not what the ERP holds. */
export function fold(text: string): string {
  return text.toLowerCase().replaceAll('ß', 'ss').normalize('NFD').replace(/\p{M}/gu, '')
}

const STARTS_NAME = 4
const STARTS_WORD = 3
const INSIDE = 2
const SCATTERED = 1

function scoreWord(word: string, haystack: string): number {
  const at = haystack.indexOf(word)
  if (at < 0) return startsOfWords(word, haystack) ? SCATTERED : 0
  if (at === 0 || haystack.includes(`\n${word}`)) return STARTS_NAME
  return new RegExp(`[\\s\\-_/.·(]${escape(word)}`).test(haystack) ? STARTS_WORD : INSIDE
}

const escape = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** `wna` finds Werkhalle Nord · Ausführung: the letters begin its words, in order. */
function startsOfWords(word: string, haystack: string): boolean {
  const [milestone = '', project = '', client = ''] = haystack.split('\n')
  const initials = [project, milestone, client]
    .join(' ')
    .split(/[\s\-_/.·()]+/)
    .map((one) => one.charAt(0))
    .join('')
  return word.length > 1 && initials.includes(word)
}

/** The options that hold every word of the query, the best first; ties keep quick picks, then names. */
export function rankOptions(query: string, options: readonly Option[], quick: readonly Pick[]): Option[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  const place = new Map(quick.map((pick, at) => [pickKey(pick), at]))
  return options
    .map((option) => {
      const scores = words.map((word) => scoreWord(word, option.haystack))
      const score = scores.includes(0) ? 0 : scores.reduce((sum, one) => sum + one, 1)
      return { option, score, place: place.get(option.key) ?? quick.length }
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .map(({ option }) => option)
}

/** What the picker shows before a letter is typed: the quick picks, then everything by project. */
export function openingOptions(
  options: readonly Option[],
  quick: readonly Pick[],
): { quick: Option[]; rest: Option[] } {
  const byKey = new Map(options.map((option) => [option.key, option]))
  const first = quick.flatMap((pick) => byKey.get(pickKey(pick)) ?? [])
  const shown = new Set(first.map((option) => option.key))
  return { quick: first, rest: options.filter((option) => !shown.has(option.key)) }
}
