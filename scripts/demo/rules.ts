import type { RuleConditions } from '../../contract/rule.ts'
import type { WriteDb } from '../../db/open.ts'
import type { WriteContext } from '../../server/threads/define.ts'
import { assignmentWrites } from '../../db/assignments.ts'
import type { RuleEventRow } from '../../db/rule-events.ts'
import { currentRules } from '../../server/rules/current.ts'
import { assignmentBy } from '../../server/rules/decide.ts'
import { ruleSaver } from '../../server/rules/save.ts'
import type { DemoProject, WorkKind } from './projects.ts'
import type { World } from './world.ts'

type DemoRule = {
  name: string
  conditions: RuleConditions
  project: string
  milestone: string
  activity: string
  comment?: string
}

/** What an office of that kind has made rules of: the files of its projects, meetings, calls. First come, first. */
const RULES: readonly DemoRule[] = [
  {
    name: 'Besprechungen Werkhalle Nord',
    conditions: {
      app: 'teams',
      titleRegex: '^(Jour fixe|Planungsbesprechung|Abstimmung|Baubesprechung) Werkhalle',
    },
    project: 'Werkhalle Nord',
    milestone: 'Ausführungsplanung',
    activity: 'Besprechung',
    comment: '{title}',
  },
  {
    name: 'Pläne Werkhalle Nord',
    conditions: { app: 'acad*', titleContains: '2417_WHN' },
    project: 'Werkhalle Nord',
    milestone: 'Ausführungsplanung',
    activity: 'Planung',
  },
  {
    name: 'Statik Werkhalle Nord',
    conditions: { app: 'rfem*', titleContains: '2417_WHN' },
    project: 'Werkhalle Nord',
    milestone: 'Tragwerksplanung',
    activity: 'Berechnung',
  },
  {
    name: 'Projektraum Werkhalle Nord',
    conditions: { url: 'projektraum.example/whn' },
    project: 'Werkhalle Nord',
    milestone: 'Ausführungsplanung',
    activity: 'Planung',
    comment: 'Projektraum',
  },
  {
    name: 'Modell Kita',
    conditions: { app: 'revit', titleContains: '2431_KSH' },
    project: 'Kita Sonnenhof',
    milestone: 'Entwurfsplanung',
    activity: 'Modellpflege',
  },
  {
    name: 'Kosten Kita',
    conditions: { app: 'excel', titleRegex: '^2431_KSH_(Kosten|Nachträge|Honorar|Mengen)' },
    project: 'Kita Sonnenhof',
    milestone: 'Kostenberechnung',
    activity: 'Kosten',
    comment: '{title}',
  },
  {
    name: 'LV Färberstraße',
    conditions: { app: 'orcaava', titleContains: 'Wohnhof Färberstraße' },
    project: 'Wohnhof Färberstraße',
    milestone: 'Ausschreibung',
    activity: 'Ausschreibung',
  },
  {
    name: 'Bauleitung Färberstraße',
    conditions: { titleRegex: '^2405_WFS_(Bau|Mängelliste|Terminplan|Abnahme)' },
    project: 'Wohnhof Färberstraße',
    milestone: 'Bauleitung',
    activity: 'Dokumentation',
    comment: '{title}',
  },
  {
    name: 'Brandschutz Rathaus',
    conditions: { app: 'winword', titleContains: '2398_RAT' },
    project: 'Rathaus',
    milestone: 'Brandschutz',
    activity: 'Bericht',
  },
  {
    name: 'Statik Brücke',
    conditions: { app: 'rfem*', titleContains: '2440_BRM' },
    project: 'Brücke Mühlbach',
    milestone: 'Tragwerksplanung',
    activity: 'Berechnung',
  },
  {
    name: 'Anrufe Hochbauamt Lindenau',
    conditions: { source: 'phone', phone: '+49 30 23125120' },
    project: 'Kita Sonnenhof',
    milestone: 'Entwurfsplanung',
    activity: 'Telefonat',
    comment: 'mit {contact}',
  },
  {
    name: 'Anrufe Behrens',
    conditions: { contact: 'Behrens' },
    project: 'Werkhalle Nord',
    milestone: 'Ausführungsplanung',
    activity: 'Telefonat',
    comment: 'mit {contact}',
  },
  {
    name: 'Buchhaltung',
    conditions: { app: 'datev' },
    project: 'Büro',
    milestone: 'Verwaltung',
    activity: 'Verwaltung',
  },
]

/** Where the mail, folders and prints of a project go: to what most is done for. Elsewhere that is the second step. */
const MAIN: Record<string, string> = {
  'Werkhalle Nord': 'Ausführungsplanung',
  Rathaus: 'Brandschutz',
  'Brücke Mühlbach': 'Tragwerksplanung',
  'Wohnhof Färberstraße': 'Bauleitung',
}

/** The program in which work of a kind is done. */
const PROGRAMS: Partial<Record<WorkKind, string>> = {
  drawing: 'acad*',
  model: 'revit',
  tender: 'orcaava',
  statics: 'rfem*',
  costs: 'excel',
  writing: 'winword',
}

/** A project that is begun gets a rule for each program in which something is done for it. */
function rulesOfNew({ name, number, milestones }: DemoProject): DemoRule[] {
  return milestones.flatMap(({ name: milestone, kind }) => {
    const app = PROGRAMS[kind]
    const conditions = { app, titleRegex: `\\b${number}_|${name}` }
    return app
      ? [{ name: `${milestone} ${name}`, conditions, project: name, milestone, activity: 'Planung' }]
      : []
  })
}

/** Whatever bears a project's number or name, after the rules that know better. */
function ruleOfRest({ name, number, milestones }: DemoProject): DemoRule[] {
  const milestone = MAIN[name] ?? milestones[1]?.name
  if (milestone === undefined) return []
  const conditions = { titleRegex: `\\b${number}_|${name}` }
  return [{ name: `Was sonst ${name} heißt`, conditions, project: name, milestone, activity: 'Planung' }]
}

function rulesOf({ projects }: World): DemoRule[] {
  const known = new Set(RULES.map(({ project }) => project))
  return [
    ...RULES,
    ...projects.filter(({ name }) => !known.has(name)).flatMap(rulesOfNew),
    ...projects.filter(({ client }) => client !== null).flatMap(ruleOfRest),
  ]
}

/** Of the days of a world the first part was before anybody made rules. */
const BEFORE = 1 / 3

type Stored = { projects: readonly number[]; milestones: readonly number[] }

/** Stores the office's rules, and lets them assign what arrives since there were any. */
export function demoRules(db: WriteDb, context: WriteContext, world: World) {
  const saver = ruleSaver(context)
  const assignments = assignmentWrites(db)
  const current = currentRules(db.sql)
  const since = world.days[Math.floor(world.days.length * BEFORE)] ?? ''

  return {
    /** Returns how many there are. */
    store({ projects, milestones }: Stored): number {
      const all = rulesOf(world)
      for (const [index, { name, conditions, activity, comment, ...rule }] of all.entries()) {
        const milestone = world.milestones.find(
          (one) => one.name === rule.milestone && world.projects[one.project]?.name === rule.project,
        )
        if (!milestone) throw new Error(`no milestone ${rule.project}: ${rule.milestone}`)
        saver.create({
          name,
          conditions,
          enabled: true,
          user: null,
          priority: all.length - index,
          target: {
            projectId: projects[milestone.project] ?? 0,
            milestoneId: milestones[milestone.index] ?? 0,
            activity,
            commentTemplate: comment ?? null,
          },
        })
      }
      return all.length
    },

    /** Whether a rule assigned it, as the hub does when something arrives. */
    assign(event: RuleEventRow, day: string): boolean {
      const rule = day < since ? null : current().book.first(event)
      if (!rule) return false
      const row = { id: null, event_id: event.id, source: 'rule' as const, batch_id: null }
      assignments.put({ ...row, ...assignmentBy(rule, event) })
      return true
    },
  }
}
