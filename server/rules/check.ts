import type { RuleFindings } from '../../contract/rules.ts'
import type { RuleRow } from '../../db/rules.ts'
import { acts } from './current.ts'
import { isSamePlace } from './decide.ts'
import { checkRegex } from './regex.ts'
import { comparable, covers, keyOfConditions, type Comparable } from './covers.ts'

type Use = { matched: number; won: number; ms: number }

/**
 * Looks for rules that are of no use: those before which another one always acts, those that cannot or did not
 * act, those that ask the same and want something else. `steps` does the work, a rule each.
 */
export function findingsOf(
  rules: readonly RuleRow[],
  used: ReadonlyMap<number, Use>,
  looked: Pick<RuleFindings, 'days' | 'all'>,
) {
  const shadowed: RuleFindings['shadowed'] = []
  const dead: RuleFindings['dead'] = []
  const before: { row: RuleRow; compared: Comparable }[] = []
  const alike = new Map<string, RuleRow[]>()

  function look(row: RuleRow): void {
    const compared = comparable(row)
    const key = keyOfConditions(compared)
    const same = alike.get(key) ?? []
    alike.set(key, [...same, row])
    const { titleRegex } = row.conditions
    if (titleRegex !== undefined && 'problem' in checkRegex(titleRegex))
      dead.push({ rule: row.id, why: 'regex' })
    else if (used.get(row.id)?.matched === 0) dead.push({ rule: row.id, why: 'idle' })
    // What asks the very same and wants something else is a conflict.
    const by = before.find(
      (one) => covers(one.compared, compared) && (isSamePlace(one.row, row) || !same.includes(one.row)),
    )
    if (by) shadowed.push({ rule: row.id, by: by.row.id, sameTarget: isSamePlace(by.row, row) })
    before.push({ row, compared })
  }

  function* steps(): Generator<() => void> {
    for (const row of rules) {
      if (acts(row)) yield () => look(row)
      else if (row.enabled === 1) yield () => void dead.push({ rule: row.id, why: 'archived' })
    }
  }

  return {
    steps: steps(),
    result: (): RuleFindings => ({
      ...looked,
      shadowed,
      dead,
      conflicts: [...alike.values()].flatMap((rows) =>
        rows.every((row) => isSamePlace(row, rows[0] ?? row)) ? [] : [rows.map(({ id }) => id)],
      ),
      used: Array.from(used, ([rule, use]) => ({ rule, ...use })),
    }),
  }
}
