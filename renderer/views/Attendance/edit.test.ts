// @vitest-environment node
import { describe, expect, test } from 'vitest'
import type { Punch, PunchKind } from '../../../contract/attendance.ts'
import { parseInstant, zone } from '../../../contract/time.ts'
import { type Row, changesOf, nextKind, rowsOf } from './edit.ts'
import { firstDay, lastDay, stepMonth } from './month.ts'

const berlin = zone('Europe/Berlin')
const NOW = parseInstant('2026-11-25T12:00:00', berlin) ?? 0

let last = 0
const punch = (kind: PunchKind, time: string, day = '24'): Punch => {
  const at = `2026-11-${day}T${time}+01:00`
  return { id: ++last, kind, at, recorded: at, corrected: false }
}
const office = () => ({
  day: '2026-11-24',
  punches: [
    punch('in', '08:00:12'),
    punch('break_start', '12:00:00'),
    punch('break_end', '12:30:40'),
    punch('out', '16:30:05'),
  ],
})
type Day = ReturnType<typeof office>
const changed = (day: Day, change: (rows: Row[]) => Row[]) => changesOf(day, change(rowsOf(day)), berlin, NOW)

describe('a correction', () => {
  test('voids and adds only what was changed', () => {
    const day = office()
    expect(
      changed(day, (rows) => rows.map((row) => (row.kind === 'in' ? { ...row, time: '07:30' } : row))),
    ).toEqual({
      voids: [day.punches[0]?.id],
      adds: [{ kind: 'in', at: '2026-11-24T07:30:00+01:00' }],
    })
  })

  test('voids what was removed', () => {
    const day = office()
    expect(changed(day, (rows) => rows.filter(({ kind }) => kind === 'in' || kind === 'out'))).toEqual({
      voids: [day.punches[1]?.id, day.punches[2]?.id],
      adds: [],
    })
  })

  test('adds a whole day, over midnight', () => {
    const rows: Row[] = [
      { id: null, kind: 'in', time: '22:00', at: null },
      { id: null, kind: 'out', time: '06:00', at: null },
    ]
    expect(changesOf({ day: '2026-11-23', punches: [] }, rows, berlin, NOW)).toEqual({
      voids: [],
      adds: [
        { kind: 'in', at: '2026-11-23T22:00:00+01:00' },
        { kind: 'out', at: '2026-11-24T06:00:00+01:00' },
      ],
    })
  })

  test('leaves a night alone that it does not change', () => {
    const night = {
      day: '2026-11-23',
      punches: [punch('in', '22:00:00', '23'), punch('out', '06:00:00', '24')],
    }
    expect(changed(night, (rows) => rows)).toEqual({ code: 'same', row: -1 })
  })

  test.each<[string, (rows: Row[]) => Row[], object]>([
    [
      'an empty time',
      (rows) => rows.map((row, at) => (at === 1 ? { ...row, time: '' } : row)),
      { code: 'incomplete', row: 1 },
    ],
    ['a break without its end', (rows) => rows.filter((_row, at) => at !== 1), { code: 'order', row: 1 }],
    ['a day that begins with going', (rows) => rows.slice(3), { code: 'order', row: 0 }],
    [
      'a time that is still to come',
      (rows) => [
        ...rows,
        { id: null, kind: 'in', time: '14:00', at: null },
        { id: null, kind: 'out', time: '13:00', at: null },
      ],
      { code: 'future', row: 4 },
    ],
    ['nothing', (rows) => rows, { code: 'same', row: -1 }],
  ])('of %s is none', (_what, change, problem) => {
    expect(changed(office(), change)).toEqual(problem)
  })
})

test('the next row is what most likely comes next', () => {
  expect(
    [undefined, 'out', 'in', 'break_start', 'break_end'].map((kind) => nextKind(kind as PunchKind)),
  ).toEqual(['in', 'in', 'out', 'break_end', 'out'])
})

test('months have their days and neighbours', () => {
  expect([firstDay('2028-02'), lastDay('2028-02'), lastDay('2026-12')]).toEqual([
    '2028-02-01',
    '2028-02-29',
    '2026-12-31',
  ])
  expect([stepMonth('2026-12', 1), stepMonth('2026-01', -1), stepMonth('2026-11', -12)]).toEqual([
    '2027-01',
    '2025-12',
    '2025-11',
  ])
})
