import { expect, test } from 'vitest'
import { fillTemplate, templateProblem } from './template.ts'

const event = {
  source: 'window',
  title: '2417_WHN_Grundriss_v7.dwg - AutoCAD',
  app: 'ACAD.EXE',
  url: null,
  phone_number: null,
  contact: null,
}

test.each([
  ['{title}', '2417_WHN_Grundriss_v7.dwg'],
  ['{app}: {title}', 'acad: 2417_WHN_Grundriss_v7.dwg'],
  ['fest', 'fest'],
  ['{title} {title}', '2417_WHN_Grundriss_v7.dwg 2417_WHN_Grundriss_v7.dwg'],
  ['a } b { c', 'a } b { c'],
  ['{url}', null],
  ['   ', null],
  ['', null],
  [null, null],
])('%j makes %j', (template, comment) => {
  expect(fillTemplate(template, event)).toBe(comment)
})

test('a call is named by who called', () => {
  const call = { ...event, source: 'phone', title: null, app: null, phone_number: '+49 30 1' }
  expect(fillTemplate('{contact}', call)).toBe('+49 30 1')
  expect(fillTemplate('{contact} ({title})', { ...call, contact: 'Frau Yıldız' })).toBe(
    'Frau Yıldız (Frau Yıldız)',
  )
})

test.each(['{titel}', '{}', '{ title }', '{title}{__proto__}', '{constructor}'])(
  '%s is refused',
  (template) => {
    expect(templateProblem(template)).toContain('is not known')
  },
)

test('all placeholders are known, and lone braces are text', () => {
  expect(templateProblem('{title} {app} {contact} {url} { } } {')).toContain('{ } is not known')
  expect(templateProblem('{title} {app} {contact} {url} } {')).toBeNull()
})

test.each(['{url}', '$&', '$1', '{title}', '<script>alert(1)</script>', '=cmd|"/c calc"!A1'])(
  'a title that looks like something is only a title: %s',
  (title) => {
    expect(fillTemplate('<{title}>', { ...event, app: null, title, url: 'https://x' })).toBe(`<${title}>`)
  },
)

test('a comment is cut to what it may be, and no letter in half', () => {
  const long = fillTemplate('{title}', { ...event, app: null, title: `${'x'.repeat(1999)}🏗` })
  expect(long).toBe('x'.repeat(1999))
  expect(fillTemplate('{title}{title}{title}', { ...event, title: 'y'.repeat(2000), app: null })).toBe(
    'y'.repeat(2000),
  )
})
