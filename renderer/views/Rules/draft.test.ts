import { expect, test } from 'vitest'
import { makeStoredRule } from '../../fixtures/rules.ts'
import {
  type Draft,
  asksForSomething,
  draftFrom,
  draftOf,
  emptyDraft,
  fieldOf,
  fieldsOf,
  insertAt,
  saysTheSame,
} from './draft.ts'

const draft = (more: Partial<Draft> = {}): Draft => ({
  ...emptyDraft(),
  name: 'Pläne',
  place: { projectId: 1, milestoneId: null },
  ...more,
})

test('a stored rule comes back as it went', () => {
  const rule = makeStoredRule(7, 'Pläne', {
    user: 'anna',
    conditions: { app: 'acad*', titleRegex: '^x ', source: 'window' },
    target: { projectId: 2, milestoneId: 20, activity: 'Planung', commentTemplate: '{title}' },
  })
  const { name, user, conditions, target } = rule
  expect(fieldsOf(draftOf(rule))).toEqual({ name, user, conditions, target })
})

test('what was added and not filled in asks for nothing', () => {
  const conditions = { app: ' acad* ', titleContains: '  ', url: '', source: '', user: '', titleRegex: '' }
  const fields = fieldsOf(draft({ conditions }))
  expect(JSON.parse(JSON.stringify(fields.conditions))).toEqual({ app: 'acad*' })
  expect(fields.user).toBeNull()
})

test('a regular expression keeps its blanks', () => {
  expect(fieldsOf(draft({ conditions: { titleRegex: ' x ' } })).conditions.titleRegex).toBe(' x ')
})

test.each<[Draft['conditions'], boolean]>([
  [{}, false],
  [{ app: ' ' }, false],
  [{ user: 'anna' }, false],
  [{ source: 'afk' }, false],
  [{ source: 'phone' }, true],
  [{ user: 'anna', app: 'x' }, true],
])('%j asks for something: %s', (conditions, expected) => {
  expect(asksForSomething(draft({ conditions }))).toBe(expected)
})

test('two drafts say the same whatever blanks and empty fields they have', () => {
  const one = draft({ conditions: { app: 'acad' } })
  expect(saysTheSame(one, draft({ name: 'Pläne ', conditions: { app: 'acad ', url: '' } }))).toBe(true)
  expect(saysTheSame(one, draft({ conditions: { app: 'acad' }, comment: '{title}' }))).toBe(false)
  expect(saysTheSame(one, draft({ conditions: { app: 'revit' } }))).toBe(false)
})

test('a proposal without a target leaves the target open', () => {
  const others = { events: 0, ms: 0, targets: [] }
  const proposal = { name: 'WHN', conditions: { titleContains: 'WHN' }, target: null, others }
  expect(draftFrom(proposal)).toEqual({
    name: 'WHN',
    conditions: { titleContains: 'WHN' },
    place: null,
    activity: '',
    comment: '',
  })
})

test.each([
  ['name', 'name'],
  ['draft.name', 'name'],
  ['conditions', 'conditions'],
  ['draft.conditions', 'conditions'],
  ['conditions.titleRegex', 'titleRegex'],
  ['draft.conditions.app', 'app'],
  ['user', 'user'],
  ['target.commentTemplate', 'comment'],
  ['target.activity', 'activity'],
  ['target.milestoneId', 'place'],
  ['priority', null],
  ['conditions.colour', null],
])('the hub’s field %s is %s here', (path, field) => {
  expect(fieldOf(path)).toBe(field)
})

test.each([
  ['', 0, '{title}', 7],
  ['mit ', 4, 'mit {title}', 11],
  ['mit', 3, 'mit {title}', 11],
  ['(', 1, '({title}', 8],
  ['a b', 1, 'a {title} b', 9],
])('a placeholder goes into %j at %d: %j', (text, at, expected, cursor) => {
  expect(insertAt(text, '{title}', at)).toEqual({ text: expected, cursor })
})
