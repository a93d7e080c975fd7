import type { RuleConditions } from '../contract/rule.ts'
import type { Instant } from '../contract/time.ts'
import type { Sqlite, WriteDb } from './open.ts'

type StoredRow = {
  id: number
  name: string
  priority: number
  enabled: 0 | 1
  user_id: number | null
  conditions: string
  project_id: number
  milestone_id: number | null
  activity: string | null
  comment_template: string | null
  version: number
  /** Handle of the person whose events it is for; null: everybody's. */
  user: string | null
  project: string
  milestone: string | null
  /** Its project or milestone is archived, so it does not act. */
  dead: 0 | 1
}

export type RuleRow = Omit<StoredRow, 'conditions'> & { conditions: RuleConditions }

export type NewRuleRow = Omit<RuleRow, 'id' | 'user' | 'project' | 'milestone' | 'dead' | 'version'> & {
  regex_size: number
}

/** What a rule said at one version, as JSON; `removed`: it is no longer there. */
export type RuleVersionRow = { definition: string; removed: 0 | 1; latest: number }

const RULES = `SELECT r.id, r.name, r.priority, r.enabled, r.user_id, r.conditions, r.project_id, r.milestone_id, r.activity,
    r.comment_template, r.version, u.handle AS user, p.name AS project, m.name AS milestone, p.archived = 1 OR coalesce(m.archived, 0) = 1 AS dead
  FROM assignment_rules r`
const JOINS = `CROSS JOIN projects p ON p.id = r.project_id
  LEFT JOIN milestones m ON m.id = r.milestone_id LEFT JOIN users u ON u.id = r.user_id WHERE r.deleted_at IS NULL`

export function ruleReads(sql: Sqlite) {
  const all = sql.prepare<[], StoredRow>(
    `${RULES} INDEXED BY assignment_rules_order ${JOINS} ORDER BY r.priority DESC, r.id`,
  )
  const byId = sql.prepare<[number], StoredRow>(`${RULES} ${JOINS} AND r.id = ?`)
  const totals = sql.prepare<[], { count: number; size: number; top: number | null }>(
    `SELECT count(*) AS count, coalesce(sum(regex_size), 0) AS size, max(priority) AS top
     FROM assignment_rules WHERE deleted_at IS NULL`,
  )
  const version = sql.prepare<[number, number], RuleVersionRow>(
    `SELECT v.definition, r.deleted_at IS NOT NULL AS removed, r.version AS latest
     FROM rule_versions v JOIN assignment_rules r ON r.id = v.rule_id WHERE v.rule_id = ? AND v.version = ?`,
  )
  const stamp = sql.prepare<[], Buffer>('SELECT stamp FROM rules_state').pluck()
  const behind = sql.prepare<[], number | null>('SELECT behind FROM rules_state').pluck()
  const ofProject = sql
    .prepare<[number]>('SELECT 1 FROM assignment_rules WHERE project_id = ? LIMIT 1')
    .pluck()
  const ofMilestone = sql
    .prepare<[number]>('SELECT 1 FROM assignment_rules WHERE milestone_id = ? LIMIT 1')
    .pluck()
  return {
    /** In the order in which they are tried. */
    all: () => all.all().map(parsed),
    byId(id: number): RuleRow | undefined {
      const row = byId.get(id)
      return row && parsed(row)
    },
    /** How many there are, how large their regular expressions are together, and the highest priority. */
    totals: () => totals.get() ?? { count: 0, size: 0, top: null },
    version: (rule: number, number: number) => version.get(rule, number),
    /** Another one whenever the rules that act are others. */
    stamp: () => stamp.get()?.toString('hex') ?? '',
    /** The last event that rules have looked at; null when they have looked at all. */
    behind: () => behind.get() ?? null,
    anyOfProject: (project: number) => ofProject.get(project) !== undefined,
    anyOfMilestone: (milestone: number) => ofMilestone.get(milestone) !== undefined,
  }
}

function parsed(row: StoredRow): RuleRow {
  return { ...row, conditions: JSON.parse(row.conditions) as RuleConditions }
}

export function ruleWrites(db: WriteDb) {
  const insert = db.sql.prepare<Omit<NewRuleRow, 'conditions'> & { conditions: string }, { id: number }>(
    `INSERT INTO assignment_rules (name, priority, enabled, user_id, conditions, regex_size, project_id, milestone_id, activity, comment_template)
     VALUES (@name, @priority, @enabled, @user_id, @conditions, @regex_size, @project_id, @milestone_id, @activity, @comment_template) RETURNING id`,
  )
  const update = db.sql.prepare<
    Omit<NewRuleRow, 'conditions'> & { conditions: string; id: number; version: number }
  >(
    `UPDATE assignment_rules SET name = @name, priority = @priority, enabled = @enabled, user_id = @user_id, conditions = @conditions,
       regex_size = @regex_size, project_id = @project_id, milestone_id = @milestone_id, activity = @activity,
       comment_template = @comment_template, version = @version WHERE id = @id`,
  )
  const say = db.sql.prepare<{ rule: number; version: number; at: Instant; definition: string }>(
    'INSERT INTO rule_versions (rule_id, version, at, definition) VALUES (@rule, @version, @at, @definition)',
  )
  const priority = db.sql.prepare<[number, number]>('UPDATE assignment_rules SET priority = ? WHERE id = ?')
  const hide = db.sql.prepare<[Instant, number]>(
    'UPDATE assignment_rules SET deleted_at = ?, project_id = NULL, milestone_id = NULL, regex_size = 0 WHERE id = ?',
  )
  const behind = db.sql.prepare<[number | null]>('UPDATE rules_state SET behind = ?')
  return {
    insert({ conditions, ...row }: NewRuleRow): number {
      db.touch('assignment_rules')
      const inserted = insert.get({ ...row, conditions: JSON.stringify(conditions) })
      if (!inserted) throw new Error('INSERT … RETURNING returned no row')
      return inserted.id
    },
    update({ conditions, ...row }: NewRuleRow & { id: number; version: number }): void {
      db.touch('assignment_rules')
      update.run({ ...row, conditions: JSON.stringify(conditions) })
    },
    /** Keeps what a rule says at a version. */
    say: (rule: number, version: number, definition: object, at: Instant) =>
      void say.run({ rule, version, at, definition: JSON.stringify(definition) }),
    setPriority(id: number, to: number): void {
      db.touch('assignment_rules')
      priority.run(to, id)
    },
    /** What it assigned still finds what it said. */
    remove(id: number, at: Instant): void {
      db.touch('assignment_rules')
      hide.run(at, id)
    },
    setBehind(event: number | null): void {
      db.touch('assignment_rules')
      behind.run(event)
    },
  }
}
