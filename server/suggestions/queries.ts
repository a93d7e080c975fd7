import type { Answer, Input } from '../../contract/calls.ts'
import { dayRange } from '../../contract/time.ts'
import { explainedReads } from '../../db/explained.ts'
import { projectReads } from '../../db/projects.ts'
import { ownership } from '../whose.ts'
import { query } from '../threads/define.ts'
import { learn, targetKey, type Candidate, type Example } from './model.ts'
import { examplesOf, groupFeatures, groupsOf, neighboursOf } from './stretches.ts'

/** Two months of a person who is recorded all day; older ones hardly count any more. */
const LEARNED_MS = 60 * 86_400_000
const MOST_LEARNED = 6000
const MOST_OF_DAY = 5000

export const suggestionQueries = {
  'suggestions.ofDay': query<Input<'suggestions.ofDay'>, Answer<'suggestions.ofDay'>>(
    ['events', 'sessions', 'assignments', 'projects', 'milestones', 'users'],
    ({ sql, zone, dayStartMinutes }) => {
      const explained = explainedReads(sql)
      const projects = projectReads(sql)
      const whose = ownership(sql)
      return ({ day, user }, viewer) => {
        const { start, end } = dayRange(day, zone, dayStartMinutes)
        const person = whose.ofOne(viewer, user)
        const groups = groupsOf(explained.all({ user: person, from: start, to: end }, MOST_OF_DAY))
        const open = groups.filter(({ target, sessionId }) => target === null && sessionId !== null)
        if (open.length === 0) return { items: [] }
        const past = explained.latest({ user: person, from: start - LEARNED_MS, to: start }, MOST_LEARNED)
        const done = groups.filter(({ target }) => target !== null)
        const examples = [...examplesOf(groupsOf(past), zone), ...examplesOf(done, zone)]
        const suggest = learn(examples, candidatesOf(projects, examples), end)
        return {
          items: open.map((group) => ({
            sessionId: group.sessionId ?? 0,
            offers: suggest(groupFeatures(group, zone), neighboursOf(group, done)).map(
              ({ score: _, ...offer }) => offer,
            ),
          })),
        }
      }
    },
  ),
}

/** Every milestone that is worked on, and projects that take time without one. */
export function candidatesOf(
  projects: ReturnType<typeof projectReads>,
  examples: readonly Example[],
): Candidate[] {
  const active = new Map(projects.active().map((project) => [project.id, project]))
  const milestones = projects.activeMilestones(undefined)
  const divided = new Set(milestones.map(({ project_id }) => project_id))
  const used = new Set(examples.map(({ target }) => targetKey(target)))
  const whole = [...active.values()]
    .map(({ id, name, client }) => ({ projectId: id, milestoneId: null, names: [name, client ?? ''] }))
    .filter((candidate) => !divided.has(candidate.projectId) || used.has(targetKey(candidate)))
  return [
    ...milestones.map(({ id, project_id, name }) => ({
      projectId: project_id,
      milestoneId: id,
      names: [name, active.get(project_id)?.name ?? '', active.get(project_id)?.client ?? ''],
    })),
    ...whole,
  ]
}
