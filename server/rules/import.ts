import { Refusal, type FieldMessages } from '../../contract/errors.ts'
import type { RuleFile, RuleTarget } from '../../contract/rule.ts'
import { projectReads } from '../../db/projects.ts'
import { ruleReads } from '../../db/rules.ts'
import type { WriteContext } from '../threads/define.ts'
import { refuse } from './columns.ts'
import { ruleSaver } from './save.ts'
import { ruleToWire } from './wire.ts'

type FileRule = RuleFile['rules'][number]

/** Problems that are named at most: a file of a hub with other projects has one a rule. */
const MOST_PROBLEMS = 20
/** Rules after which it is looked whether they are too many. */
const STRETCH = 100

/** Takes rules from a file of another hub, where the same projects go by the same names. All or nothing. */
export function ruleImporter(context: WriteContext) {
  const rules = ruleReads(context.db.sql)
  const saver = ruleSaver(context)
  const projects = projectReads(context.db.sql)

  /** @throws Refusal when there is no such project or milestone */
  function targetOf({ project: name, milestone: step, ...rest }: FileRule['target']): RuleTarget {
    const project = projects.byName(name)
    if (!project) throw unknown('target.project', `there is no project "${name}"`)
    const milestone = step === null ? null : projects.milestoneByName(project.id, step)
    if (milestone === undefined)
      throw unknown('target.milestone', `project "${name}" has no milestone "${String(step)}"`)
    return { projectId: project.id, milestoneId: milestone?.id ?? null, ...rest }
  }

  return (file: readonly FileRule[]): { created: number; changed: number; unchanged: number } => {
    const known = Map.groupBy(rules.all(), ({ name }) => name)
    const problems: FieldMessages = {}
    const counts = { created: 0, changed: 0, unchanged: 0 }

    function take(rule: FileRule): keyof typeof counts {
      const before = known.get(rule.name)?.shift()
      const fields = { ...rule, target: targetOf(rule.target) }
      if (!before) {
        saver.create(fields)
        return 'created'
      }
      const after = ruleToWire(saver.change(before, fields))
      return JSON.stringify(after) === JSON.stringify(ruleToWire(before)) ? 'unchanged' : 'changed'
    }

    for (const [index, rule] of file.entries()) {
      try {
        counts[take(rule)]++
      } catch (error) {
        if (!(error instanceof Refusal) || !error.fields) throw error
        for (const [field, message] of Object.entries(error.fields))
          problems[`rules.${index}.${field}`] = message
        if (Object.keys(problems).length >= MOST_PROBLEMS) break
      }
      if (index % STRETCH === 0) saver.checkTotals()
    }
    refuse(problems)
    saver.checkTotals()
    return counts
  }
}

function unknown(field: string, message: string): Refusal {
  return new Refusal('invalid', `${field}: ${message}`, { [field]: message })
}
