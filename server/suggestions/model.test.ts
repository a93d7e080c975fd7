import { describe, expect, test } from 'vitest'
import type { Named } from '../titles.ts'
import { featuresOf, wordsOf, type Stretch } from './features.ts'
import { learn, type Candidate, type Example, type Target } from './model.ts'

const NOW = Date.parse('2026-11-24T16:00:00Z')
const DAY = 86_400_000

const FIRE = { projectId: 1, milestoneId: 11, names: ['Rathaus', 'Brandschutz', 'Stadt Hameln'] }
const STATICS = { projectId: 2, milestoneId: 21, names: ['Werkhalle Nord', 'Statik', 'Meyer GmbH'] }
const OFFICE = { projectId: 3, milestoneId: null, names: ['Büro'] }
const CANDIDATES: Candidate[] = [FIRE, STATICS, OFFICE]

const NOTHING = { source: 'window', title: null, app: null, url: null, phone_number: null, contact: null }
const stretch = (said: Partial<Named>): Stretch => ({
  start: NOW,
  end: NOW + 600_000,
  source: said.source ?? 'window',
  said: [{ ...NOTHING, ...said }],
})
const features = (said: Partial<Named>, hour = 9) => featuresOf(stretch(said), hour)
const example = (said: Partial<Named>, { projectId, milestoneId }: Target, at = NOW - DAY): Example => ({
  features: features(said),
  target: { projectId, milestoneId },
  at,
})
const suggest = (examples: Example[], said: Partial<Named>, neighbours: Target[] = []) =>
  learn(
    examples,
    CANDIDATES,
    NOW,
  )(features(said), neighbours).map(({ projectId, because }) => ({
    projectId,
    because: because.map(({ kind, text }) => (text === null ? kind : `${kind} ${text}`)),
  }))

const PAST = [
  example({ title: 'Angebot Rauchmelder', app: 'winword.exe' }, FIRE),
  example({ title: 'Fluchtwege EG', app: 'acad.exe' }, FIRE),
  example({ title: 'Träger Achse 4', app: 'rfem.exe' }, STATICS),
  example({ title: 'Bewehrung Decke', app: 'rfem.exe' }, STATICS),
  example({ title: 'Posteingang', app: 'outlook.exe' }, OFFICE),
]

describe('a suggestion', () => {
  test('is where the same went before', () => {
    expect(suggest(PAST, { title: 'Fluchtwege EG_v2', app: 'acad.exe' })[0]).toEqual({
      projectId: 1,
      because: ['title'],
    })
  })

  test('is where a word of its title went, in whatever form it is written', () => {
    expect(suggest(PAST, { title: 'TRAGER Achse 9', app: 'winword.exe' })[0]).toMatchObject({
      projectId: 2,
      because: [expect.stringMatching(/^word (TRAGER|Achse)$/), expect.any(String)],
    })
  })

  test('is what the title names, before anything was explained', () => {
    expect(suggest([], { title: 'Protokoll Brandschutz Rathaus', app: 'winword.exe' })[0]).toEqual({
      projectId: 1,
      because: ['name Brandschutz', 'name Rathaus'],
    })
  })

  test('is where the caller usually belongs, and the program if nothing else is known', () => {
    const calls = [...PAST, example({ source: 'phone', contact: 'Müller' }, STATICS)]
    expect(suggest(calls, { source: 'phone', contact: 'Müller' })[0]).toEqual({
      projectId: 2,
      because: ['caller Müller'],
    })
    expect(suggest(PAST, { title: null, app: 'rfem.exe' })[0]).toEqual({
      projectId: 2,
      because: ['app rfem'],
    })
  })

  test('is what lies beside, when nothing speaks for anything else', () => {
    expect(suggest(PAST, { title: 'Unbenannt', app: 'notepad.exe' }, [FIRE])[0]).toEqual({
      projectId: 1,
      because: ['neighbour'],
    })
  })

  test('follows people to new projects: what was done lately counts more', () => {
    const moved = [
      ...Array.from({ length: 4 }, () => example({ title: 'Prüfbericht' }, FIRE, NOW - 56 * DAY)),
      ...Array.from({ length: 2 }, () => example({ title: 'Prüfbericht' }, STATICS)),
    ]
    expect(suggest(moved, { title: 'Prüfbericht' })[0]?.projectId).toBe(2)
  })

  test('always has a reason: without one nothing is proposed', () => {
    expect(suggest(PAST, { title: 'Xyz', app: 'unknown.exe' })).toEqual([])
    expect(suggest([], { title: null })).toEqual([])
  })

  test('is never a target that is not worked on any more', () => {
    const gone = [example({ title: 'Altes Projekt' }, { projectId: 9, milestoneId: 99 })]
    expect(suggest(gone, { title: 'Altes Projekt' })).toEqual([])
  })

  test('is one of three at most', () => {
    const many = Array.from({ length: 9 }, (_, index) => ({
      projectId: index,
      milestoneId: null,
      names: [`Brandschutz ${index}`],
    }))
    expect(learn([], many, NOW)(features({ title: 'Brandschutz' }), []).length).toBeLessThanOrEqual(3)
  })
})

test('words are what stands between marks, without numbers, each once', () => {
  expect(wordsOf('LV_Dach 2026-11 – Dach (dach), ab')).toEqual(['Dach'])
  expect(wordsOf('見積書 市役所 עבודה 🏗️')).toEqual(['見積書', '市役所', 'עבודה'])
  expect(
    wordsOf('wort '.repeat(5000) + Array.from({ length: 5000 }, (_, index) => `w${index}x`).join(' ')),
  ).toHaveLength(24)
})
