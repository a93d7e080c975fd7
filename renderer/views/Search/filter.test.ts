// @vitest-environment node
import { expect, test } from 'vitest'
import { SOURCES as ALL_SOURCES } from '../../../contract/events.ts'
import { zone } from '../../../contract/time.ts'
import { explainedAs, makeEvent } from '../../fixtures/world.ts'
import {
  ANYTHING,
  type Filter,
  SOURCES,
  filterOf,
  isAsking,
  isBackwards,
  isOfState,
  queryOf,
  requestOf,
  wordsOf,
} from './filter.ts'

const filter = (more: Partial<Filter>): Filter => ({ ...ANYTHING, ...more })

test('the address holds the filter, and gives it back', () => {
  const all = filter({
    text: 'brandschutz rathaus',
    user: 'anna',
    from: '2026-11-01',
    to: '2026-11-30',
    source: 'phone',
    state: 'open',
  })
  expect(queryOf(all)).toEqual({
    q: 'brandschutz rathaus',
    user: 'anna',
    from: '2026-11-01',
    to: '2026-11-30',
    source: 'phone',
    state: 'open',
  })
  expect(filterOf(queryOf(all))).toEqual(all)
  expect(queryOf(ANYTHING)).toEqual({})
})

test('what an address cannot mean is left out', () => {
  expect(filterOf({ q: ['a', 'b'], from: 'monday', source: 'afk', state: 'maybe', user: null })).toEqual(
    ANYTHING,
  )
})

test('every source can be searched for but absence', () => {
  expect([...SOURCES, 'afk'].sort()).toEqual([...ALL_SOURCES].sort())
})

test.each<[what: string, asked: Partial<Filter>, isOne: boolean]>([
  ['nothing', {}, false],
  ['a person alone', { user: 'anna' }, false],
  ['only signs', { text: ' … ' }, false],
  ['a word', { text: 'kita' }, true],
  ['a state', { state: 'open' }, true],
  ['a source', { source: 'phone' }, true],
  ['a day', { from: '2026-11-24' }, true],
])('%s: whether that is a search', (_what, asked, isOne) => {
  expect(isAsking(filter(asked))).toBe(isOne)
})

test('days become times of the hub, the last day included', () => {
  expect(
    requestOf(filter({ text: 'kita', from: '2026-10-24', to: '2026-10-25' }), zone('Europe/Berlin'), 0),
  ).toEqual({ text: 'kita', from: '2026-10-24T00:00:00+02:00', to: '2026-10-26T00:00:00+01:00' })
  expect(requestOf(filter({ to: '2026-10-25' }), zone('Europe/Berlin'), 360)).toEqual({
    to: '2026-10-26T06:00:00+01:00',
  })
})

test('what is not explained is neither private nor ignored', () => {
  expect(requestOf(filter({ state: 'open', text: '…' }), zone('UTC'), 0)).toEqual({
    assigned: 'false',
    private: 'false',
    ignored: 'false',
  })
})

test('a range that ends before it begins is none', () => {
  expect(isBackwards(filter({ from: '2026-11-02', to: '2026-11-01' }))).toBe(true)
  expect(isBackwards(filter({ from: '2026-11-02', to: '2026-11-02' }))).toBe(false)
  expect(isBackwards(filter({ from: '2026-11-02' }))).toBe(false)
})

test('words are told apart by what is no letter and no digit', () => {
  expect(wordsOf('Färberstraße: LV_Dach 2. BA, färberstraße')).toEqual([
    'farberstraße',
    'lv',
    'dach',
    '2',
    'ba',
  ])
})

test.each([
  ['open', true, false, false, false],
  ['explained', false, true, false, false],
  ['private', false, false, true, false],
  ['ignored', false, false, false, true],
  ['', true, true, true, true],
] as const)('of state "%s" is what is', (state, ...expected) => {
  const events = [
    makeEvent('09:00', '10:00'),
    makeEvent('09:00', '10:00', explainedAs(1)),
    makeEvent('09:00', '10:00', { private: true }),
    makeEvent('09:00', '10:00', { ignored: true }),
  ]
  expect(events.map((event) => isOfState(event, state))).toEqual(expected)
})
