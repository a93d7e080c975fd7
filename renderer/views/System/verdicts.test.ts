import { beforeAll, expect, test } from 'vitest'
import type { System } from '../../../contract/system.ts'
import { makeSystem, yesterday } from '../../fixtures/system.ts'
import { at } from '../../fixtures/world.ts'
import { addMessages, showLocale } from '../../i18n/index.ts'
import de from '../../i18n/system.de.json'
import en from '../../i18n/system.en.json'
import { memoryNote, speedTone, troubles, worst } from './verdicts.ts'

beforeAll(async () => {
  addMessages({ de, en })
  await showLocale('de')
})

const well = makeSystem()
const host = well.host as NonNullable<System['host']>
const GIGA = 1024 ** 3

const notesOf = (more: Partial<System>) =>
  troubles(makeSystem(more)).map(({ tone, text }) => [tone, text.replaceAll('\u00a0', ' ')])
const withDatabase = (more: Partial<System['database']>) => ({ database: { ...well.database, ...more } })
const ended = (...times: string[]) => ({
  host: { ...host, restarts: { count: times.length, last: times.map((one) => ({ at: one, reason: 'x' })) } },
})
const thread = (name: string, state: 'ok' | 'down') => ({ name, state, restarts: 1, lastReason: 'x' })

test('a hub that is well has no troubles, and one started by hand neither', () => {
  expect(troubles(well)).toEqual([])
  expect(troubles(makeSystem({ host: null }))).toEqual([])
  expect(worst([])).toBe('ok')
})

test.each<[string, Partial<System>, [string, RegExp][]]>([
  [
    'a thread that is down is named',
    {
      server: {
        ...well.server,
        problem: 'writer: no answer.',
        threads: [thread('reader 1', 'ok'), thread('writer', 'down')],
      },
    },
    [['bad', /^Ohne Antwort: Schreib-Thread\./]],
  ],
  [
    'a damaged database',
    { server: { ...well.server, problem: 'The database /x is damaged: stop …' } },
    [['bad', /beschädigt.*backups/]],
  ],
  ['a disk that fills', withDatabase({ diskFreeBytes: 1.5 * GIGA }), [['warn', /1,5 GB frei/]]],
  ['a disk that is full', withDatabase({ diskFreeBytes: 0.2 * GIGA }), [['bad', /205 MB frei/]]],
  ['a disk that nobody knows', withDatabase({ diskFreeBytes: null }), []],
  ['a large database', withDatabase({ bytes: 3 * GIGA }), [['warn', /3 GB, empfohlen/]]],
  [
    'restarts of the last day, not older ones',
    ended(at('11:00'), yesterday('13:00'), yesterday('11:00')),
    [['warn', /^2 Neustarts/]],
  ],
  ['restarts long ago', ended(yesterday('11:00')), []],
])('%s', (_what, more, expected) => {
  expect(notesOf(more)).toEqual(expected.map(([tone, text]) => [tone, expect.stringMatching(text) as string]))
})

test('a heap limit that is not in force is told, one that nobody reports is not', () => {
  const [server, main, renderer] = well.memory.parts
  if (!server || !main || !renderer) throw new Error('three parts')
  const parts = [{ ...server, heap: { askedMb: 216, reportedMb: 4144, isInForce: false } }, main, renderer]
  expect(notesOf({ memory: { ...well.memory, parts } })).toEqual([
    ['warn', 'Die Heap-Grenze gilt nicht: Server hat 4.144 statt 216 MB.'],
  ])
})

test('the worst comes first and gives the answer', () => {
  const notes = troubles(makeSystem({ ...ended(at('11:00')), ...withDatabase({ diskFreeBytes: 0 }) }))
  expect(notes.map(({ tone }) => tone)).toEqual(['bad', 'warn'])
  expect(worst(notes)).toBe('bad')
  expect(worst(notes.slice(1))).toBe('warn')
})

test('memory: the part that is furthest over its caps is named', () => {
  expect(memoryNote(well)).toEqual({ tone: 'ok', text: 'alles unter seinen Grenzen' })
  const [server, ...others] = well.memory.parts
  if (!server) throw new Error('a server')
  const judged = (ownMb: number | null, totalMb: number) =>
    memoryNote(makeSystem({ memory: { ...well.memory, totalMb, parts: [{ ...server, ownMb }, ...others] } }))
  expect(judged(301, 500)).toEqual({ tone: 'warn', text: 'Server liegt über der Grenze von 300 MB' })
  expect(judged(401, 950)).toEqual({ tone: 'bad', text: 'Server liegt über der Grenze von 300 MB' })
  expect(judged(200, 950)).toEqual({ tone: 'warn', text: 'alles zusammen liegt über der Grenze von 900 MB' })
  expect(judged(null, 500).tone).toBe('ok')
  expect(memoryNote(makeSystem({ memory: { ...well.memory, cap: null, parts: [] } }))).toEqual({
    tone: 'ok',
    text: '',
  })
})

test('what was slow an hour ago is no trouble any more', () => {
  const slow = (time: string) => ({
    requests: {
      ...well.requests,
      slow: [{ at: time, method: 'GET', route: '/events', status: 200, ms: 900, rows: 4 }],
    },
  })
  expect(speedTone(well)).toBe('ok')
  expect(speedTone(makeSystem(slow(at('11:30'))))).toBe('warn')
  expect(speedTone(makeSystem(slow(at('10:30'))))).toBe('ok')
})
