import type { Request } from '../../../contract/calls.ts'
import type { Rule, RuleConditions } from '../../../contract/rule.ts'
import type { RuleProposal } from '../../../contract/rules.ts'
import type { Pick as Place } from '../../picker/picks.ts'

/** What a rule can ask for, in the order in which it is asked; `user` is whose events it is for. */
export const CONDITIONS = [
  'app',
  'titleContains',
  'titleRegex',
  'url',
  'phone',
  'contact',
  'source',
  'user',
] as const
export type ConditionName = (typeof CONDITIONS)[number]

export const SOURCES = ['window', 'browser', 'editor', 'phone', 'calendar', 'manual'] as const

export type Conditions = { [Name in ConditionName]?: string | undefined }

/** A rule as somebody writes it: everything is text, and parts may be missing. */
export type Draft = {
  name: string
  /** Those that were added; empty ones ask for nothing. */
  conditions: Conditions
  place: Place | null
  activity: string
  comment: string
}

export const emptyDraft = (): Draft => ({
  name: '',
  conditions: { app: '', titleContains: '' },
  place: null,
  activity: '',
  comment: '',
})

export function draftOf({ name, user, conditions, target }: Rule): Draft {
  return {
    name,
    conditions: { ...conditions, ...(user === null ? {} : { user }) },
    place: { projectId: target.projectId, milestoneId: target.milestoneId },
    activity: target.activity ?? '',
    comment: target.commentTemplate ?? '',
  }
}

export function draftFrom({ name, conditions, target }: RuleProposal): Draft {
  return {
    name,
    conditions: { ...conditions },
    place: target && { projectId: target.projectId, milestoneId: target.milestoneId ?? null },
    activity: target?.activity ?? '',
    comment: target?.commentTemplate ?? '',
  }
}

export type RuleFields = Pick<Request<'rules.create'>, 'name' | 'user' | 'conditions' | 'target'>

const said = (text: string | undefined) => text?.trim() || undefined

/** What the hub is told. A regular expression keeps its blanks. */
export function fieldsOf({ name, conditions, place, activity, comment }: Draft): RuleFields {
  const asked: RuleConditions = {
    app: said(conditions.app),
    titleContains: said(conditions.titleContains),
    titleRegex: conditions.titleRegex || undefined,
    url: said(conditions.url),
    phone: said(conditions.phone),
    contact: said(conditions.contact),
    source: SOURCES.find((source) => source === conditions.source),
  }
  return {
    name: name.trim(),
    user: said(conditions.user) ?? null,
    conditions: asked,
    target: {
      projectId: place?.projectId ?? 0,
      milestoneId: place?.milestoneId ?? null,
      activity: activity.trim() || null,
      commentTemplate: comment.trim() || null,
    },
  }
}

/** Whether two drafts say the same to the hub. */
export const saysTheSame = (a: Draft, b: Draft): boolean =>
  JSON.stringify(fieldsOf(a)) === JSON.stringify(fieldsOf(b))

/** Whether it asks for anything; a person alone is no condition. */
export const asksForSomething = (draft: Draft): boolean =>
  Object.values(fieldsOf(draft).conditions).some((value) => value !== undefined)

export type DraftField = 'name' | 'conditions' | ConditionName | 'place' | 'activity' | 'comment'

const HUB_FIELDS: Record<string, DraftField> = {
  'target.commentTemplate': 'comment',
  'target.activity': 'activity',
  conditions: 'conditions',
  name: 'name',
  user: 'user',
}

/** The field of the form that the hub means; null for one that the form does not have. */
export function fieldOf(path: string): DraftField | null {
  const field = path.replace(/^draft\./, '')
  if (HUB_FIELDS[field]) return HUB_FIELDS[field]
  if (field.startsWith('target')) return 'place'
  return CONDITIONS.find((name) => field === `conditions.${name}`) ?? null
}

/** Puts a placeholder where the cursor is, with a blank before it when it would touch a word. */
export function insertAt(text: string, placeholder: string, at: number): { text: string; cursor: number } {
  const before = text.slice(0, at)
  const inserted = /\S$/.test(before) && !/[([„"'/-]$/.test(before) ? ` ${placeholder}` : placeholder
  return { text: before + inserted + text.slice(at), cursor: at + inserted.length }
}
