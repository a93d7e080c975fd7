import { notFound } from '../../contract/errors.ts'
import type { RuleDraft } from '../../contract/rule.ts'
import type { Sqlite } from '../../db/open.ts'
import { projectReads } from '../../db/projects.ts'
import { ruleReads, type RuleRow } from '../../db/rules.ts'
import { bookMaker, type RuleBook } from './book.ts'
import { ruleColumns, type RuleFields } from './columns.ts'
import { acts } from './current.ts'

/** Id of a rule that is not stored yet: after all that are. */
const NEW = Number.MAX_SAFE_INTEGER

/** The rules as they would be with a draft among them. @throws Refusal for one that could not be stored */
export function draftBook(sql: Sqlite): (draft: RuleDraft) => { book: RuleBook<RuleRow>; rule: number } {
  const rules = ruleReads(sql)
  const projects = projectReads(sql)
  const columnsOf = ruleColumns(sql)

  /** What a draft leaves open is as it is, else as it would be stored. */
  function fieldsOf({ id: _, ...draft }: RuleDraft, before: RuleRow | undefined): RuleFields {
    const { priority = before?.priority ?? (rules.totals().top ?? 0) + 1 } = draft
    const { user = before?.user ?? null, enabled = true } = draft
    return { ...draft, priority, user, enabled }
  }

  function rowOf(draft: RuleDraft, before: RuleRow | undefined): RuleRow {
    const fields = fieldsOf(draft, before)
    const { regex_size: _, ...columns } = columnsOf(fields)
    const { id, version } = before ?? { id: NEW, version: 0 }
    const names = { project: '', milestone: null, user: fields.user }
    return { ...columns, ...names, id, version: version + 1, dead: isDead(columns) ? 1 : 0 }
  }

  function isDead({ project_id, milestone_id }: Pick<RuleRow, 'project_id' | 'milestone_id'>): boolean {
    if (projects.byId(project_id)?.archived === 1) return true
    return milestone_id !== null && projects.milestoneById(milestone_id)?.archived === 1
  }

  return (draft) => {
    const before = draft.id === undefined ? undefined : rules.byId(draft.id)
    if (draft.id !== undefined && !before) throw notFound('rule', draft.id)
    const row = rowOf(draft, before)
    const others = rules.all().filter(({ id }) => id !== row.id)
    const all = [...others, row].sort((a, b) => b.priority - a.priority || a.id - b.id)
    return { book: bookMaker()(all.filter(acts)), rule: row.id }
  }
}
