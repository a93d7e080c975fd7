import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PUNCH_KINDS, type PunchKind } from '../../contract/attendance.ts'
import { openDesk, person, type Desk } from '../testing/desk.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let desk: Desk
let made = 0
beforeEach(() => {
  desk = openDesk('2026-11-24T08:00:00')
  desk.sql.exec(`INSERT INTO users (id, handle, name, target_minutes, balance_from, carried_minutes)
    VALUES (1, 'anna', 'Anna', '[480,480,480,480,480,0,0]', '2026-11-23', 60), (2, 'ben', 'Ben', NULL, NULL, 0)`)
})
afterEach(() => desk.close())

const anna = person(1)
const punch = (kind: PunchKind, at?: string) => {
  if (at !== undefined) desk.set(at)
  return desk.do('punches.create', { key: `k${++made}`, kind }, anna)
}
const now = () => desk.ask('attendance.now', {}, anna)
const days = (from: string, to = from) => desk.ask('attendance.days', { from, to }, anna).days
const stored = () => desk.sql.prepare('SELECT count(*) FROM punches').pluck().get()

test('a day from coming to going', () => {
  expect(now()).toMatchObject({ presence: 'out', since: null, inSince: null, forgotten: null, weekMs: 0 })
  expect(punch('in')).toMatchObject({ kind: 'in', at: '2026-11-24T08:00:00+01:00', corrected: false })
  punch('break_start', '2026-11-24T12:00:00')
  expect(now()).toMatchObject({ presence: 'break', since: '2026-11-24T12:00:00+01:00' })
  punch('break_end', '2026-11-24T12:45:00')
  desk.set('2026-11-24T15:00:00')
  expect(now()).toMatchObject({
    presence: 'in',
    inSince: '2026-11-24T08:00:00+01:00',
    weekMs: 6.25 * HOUR,
    today: { workedMs: 6.25 * HOUR, breakMs: 45 * MINUTE, targetMs: 8 * HOUR, isOpen: true, warnings: [] },
  })
  punch('out', '2026-11-24T18:00:00')
  expect(days('2026-11-24')).toMatchObject([
    {
      stretches: [
        { start: '2026-11-24T08:00:00+01:00', end: '2026-11-24T12:00:00+01:00', kind: 'work' },
        { kind: 'break' },
        { kind: 'work', end: '2026-11-24T18:00:00+01:00' },
      ],
      workedMs: 9.25 * HOUR,
      isOpen: false,
      warnings: [{ code: 'over_8h', law: '§ 3 ArbZG', isMs: 9.25 * HOUR, limitMs: 8 * HOUR }],
    },
  ])
})

describe('what does not follow is refused and leaves nothing', () => {
  const steps: Record<string, PunchKind[]> = {
    out: [],
    in: ['in'],
    break: ['in', 'break_start'],
    'out again': ['in', 'out'],
  }
  const follows: Record<string, PunchKind[]> = {
    out: ['in'],
    in: ['break_start', 'out'],
    break: ['break_end', 'out'],
    'out again': ['in'],
  }
  test.each(Object.keys(steps).flatMap((state) => PUNCH_KINDS.map((kind) => [state, kind] as const)))(
    'from %s: %s',
    (state, kind) => {
      for (const step of steps[state] ?? []) punch(step)
      const before = stored()
      if (follows[state]?.includes(kind)) expect(punch(kind)).toMatchObject({ kind })
      else {
        expect(() => punch(kind)).toThrow(expect.objectContaining({ code: 'conflict' }))
        expect(stored()).toBe(before)
      }
    },
  )
})

describe('the key', () => {
  test('makes one punch of what was sent twice', () => {
    const sent = { key: 'once', kind: 'in' as const, at: desk.at('2026-11-24T07:58:00') }
    const first = desk.do('punches.create', sent, anna)
    punch('out', '2026-11-24T16:00:00')
    expect(desk.do('punches.create', sent, anna)).toEqual(first)
    expect(stored()).toBe(2)
  })

  test.each([
    ['another kind', { kind: 'out' as const }],
    ['another time', { at: Date.parse('2026-11-24T06:00:00Z') }],
  ])('with %s is refused', (_what, other) => {
    desk.do('punches.create', { key: 'once', kind: 'in' }, anna)
    const again = () => desk.do('punches.create', { key: 'once', kind: 'in', ...other }, anna)
    expect(again).toThrow(expect.objectContaining({ code: 'conflict' }))
  })

  test('is a person’s own', () => {
    desk.do('punches.create', { key: 'once', kind: 'in' }, anna)
    desk.do('punches.create', { key: 'once', kind: 'in' }, person(2))
    expect(stored()).toBe(2)
  })
})

describe('the time', () => {
  const deliver = (at: number) =>
    desk.do('punches.deliver', { key: `k${++made}`, kind: 'in', at, userId: 1, deviceId: null })

  test.each([
    ['2026-11-17T08:00:00', '2026-11-17T08:00:00+01:00'],
    ['2026-11-24T07:59:30', '2026-11-24T07:59:30+01:00'],
    // The kiosk's clock is ahead by seconds: of the hub's now, so that the next punch is not before it.
    ['2026-11-24T08:01:00', '2026-11-24T08:00:00+01:00'],
  ])('%s is taken as %s', (sent, kept) => {
    expect(deliver(desk.at(sent))).toMatchObject({ at: kept, recorded: '2026-11-24T08:00:00+01:00' })
  })

  test.each(['2026-11-17T07:59:59', '2026-11-24T08:01:01'])('%s is refused', (sent) => {
    expect(() => deliver(desk.at(sent))).toThrow(expect.objectContaining({ code: 'invalid' }))
    expect(stored()).toBe(0)
  })

  test('before the last punch is for a correction', () => {
    punch('in')
    punch('out', '2026-11-24T16:00:00')
    expect(() => deliver(desk.at('2026-11-24T15:00:00'))).toThrow(/correction/)
  })

  test('ahead by seconds and sent again is the same punch', () => {
    const sent = { key: 'ahead', kind: 'in' as const, at: desk.at('2026-11-24T08:00:40') }
    const first = desk.do('punches.create', sent, anna)
    expect(desk.do('punches.create', sent, anna)).toEqual(first)
  })

  test.each(['2025-12-31T23:59:00+01:00', '1970-01-01T00:00:00Z', '2100-01-01T00:00:00Z'])(
    'of a hub whose clock says %s cannot be right',
    (wrong) => {
      desk.set(Date.parse(wrong))
      expect(() => punch('in')).toThrow(
        expect.objectContaining({
          code: 'clock_wrong',
          message: expect.stringContaining('timedatectl') as string,
        }),
      )
      expect(stored()).toBe(0)
    },
  )

  test('from 2026 on is believed', () => {
    expect(punch('in', '2026-01-01T01:00:00')).toMatchObject({ kind: 'in' })
  })
})

describe('taking back', () => {
  test('is for the own last punch, within a minute', () => {
    const { id } = punch('in')
    desk.pass(MINUTE)
    desk.do('punches.undo', { id }, anna)
    expect(now().presence).toBe('out')
    expect(days('2026-11-24')[0]?.punches).toEqual([])
    // Sent again because the answer was lost.
    expect(desk.do('punches.undo', { id }, anna)).toMatchObject({ id })
    expect(desk.sql.prepare('SELECT user_id, via, action, subject FROM audit_log').all()).toEqual([
      { user_id: 1, via: 'browser', action: 'punch.undo', subject: id },
    ])
  })

  test.each<[string, (id: number) => void]>([
    ['later', () => desk.pass(MINUTE + 1)],
    ['when another came after it', () => void punch('break_start')],
  ])('%s is refused', (_what, happens) => {
    const { id } = punch('in')
    happens(id)
    expect(() => desk.do('punches.undo', { id }, anna)).toThrow(expect.objectContaining({ code: 'conflict' }))
  })

  test('does not reach others', () => {
    const { id } = punch('in')
    for (const other of [person(2), person(2, 'admin')])
      expect(() => desk.do('punches.undo', { id }, other)).toThrow(
        expect.objectContaining({ code: 'not_found' }),
      )
    expect(now().presence).toBe('in')
  })

  test('of a punch that was delivered late counts from when it arrived', () => {
    const at = desk.at('2026-11-23T16:00:00')
    const { id } = desk.do('punches.deliver', { key: 'late', kind: 'in', at, userId: 1, deviceId: null })
    desk.do('punches.undo', { id }, anna)
    expect(now().presence).toBe('out')
  })
})

test('who is not active cannot clock in', () => {
  desk.sql.exec('UPDATE users SET active = 0 WHERE id = 1')
  expect(() => punch('in')).toThrow(expect.objectContaining({ code: 'forbidden' }))
  expect(stored()).toBe(0)
})

describe('a night', () => {
  test('goes on as the day on which it began', () => {
    punch('in', '2026-11-24T22:00:00')
    desk.set('2026-11-25T02:00:00')
    expect(now()).toMatchObject({ forgotten: null, today: { day: '2026-11-24', workedMs: 4 * HOUR } })
    punch('out', '2026-11-25T06:00:00')
    expect(now()).toMatchObject({ today: { day: '2026-11-25', workedMs: 0 }, weekMs: 8 * HOUR })
    expect(days('2026-11-24', '2026-11-25').map(({ workedMs }) => workedMs)).toEqual([8 * HOUR, 0])
  })

  test('after a late evening wants its rest', () => {
    punch('in', '2026-11-24T14:00:00')
    punch('out', '2026-11-24T22:30:00')
    punch('in', '2026-11-25T07:00:00')
    expect(now().today.warnings).toEqual([
      { code: 'rest_too_short', law: '§ 5 ArbZG', isMs: 8.5 * HOUR, limitMs: 11 * HOUR },
    ])
  })
})

test('in the night of the long hour there is an hour more of rest', () => {
  desk.set('2026-10-24T12:00:00')
  punch('in')
  punch('out', '2026-10-24T20:30:00')
  punch('in', '2026-10-25T06:30:00')
  expect(now().today.warnings).toEqual([])
})

test('24 weeks of more than eight hours a working day are told on long days', () => {
  const insert = desk.sql.prepare(
    'INSERT INTO punches (user_id, key, kind, at, recorded_at) VALUES (1, ?, ?, ?, 0)',
  )
  const monday = Date.parse('2026-06-01T00:00:00Z')
  for (let day = 0; day < 24 * 7; day++) {
    if (day % 7 > 4) continue
    const at = (minute: number) => monday + (day * 1440 + minute) * MINUTE
    insert.run(`${day} in`, 'in', at(300))
    insert.run(`${day} break`, 'break_start', at(600))
    insert.run(`${day} back`, 'break_end', at(645))
    insert.run(`${day} out`, 'out', at(day % 7 === 4 ? 946 : 921))
  }
  const codes = (on: string) => days(on)[0]?.warnings.map(({ code }) => code)
  expect(codes('2026-11-13')).toEqual(['over_10h', 'average_over_8h'])
  expect(codes('2026-11-12')).toEqual(['over_8h'])
})

describe('a forgotten end', () => {
  test.each([
    ['2026-11-24T23:59:00', false],
    ['2026-11-25T01:00:00', true],
    ['2026-11-25T07:00:00', true],
  ])('at %s is told: %s', (at, isTold) => {
    punch('in')
    desk.set(at)
    expect(now().forgotten).toEqual(isTold ? { day: '2026-11-24', inAt: '2026-11-24T08:00:00+01:00' } : null)
  })

  test('is not suspected of a night shift', () => {
    punch('in', '2026-11-24T20:00:00')
    desk.set('2026-11-25T06:00:00')
    expect(now().forgotten).toBeNull()
  })

  test('is not suspected of a day and a night with breaks in between, until sixteen hours', () => {
    punch('in', '2026-11-24T10:00:00')
    punch('break_start', '2026-11-24T20:00:00')
    punch('break_end', '2026-11-24T21:00:00')
    desk.set('2026-11-25T02:00:00')
    expect(now().forgotten).toBeNull()
    desk.pass(1)
    expect(now().forgotten).not.toBeNull()
  })

  test('is not filled in: only what is known counts', () => {
    punch('in')
    punch('break_start', '2026-11-24T12:00:00')
    punch('break_end', '2026-11-24T12:30:00')
    desk.set('2026-11-25T08:00:00')
    expect(days('2026-11-24')).toMatchObject([
      { isOpen: true, workedMs: 4 * HOUR, breakMs: 30 * MINUTE, stretches: [{}, {}, { end: null }] },
    ])
    expect(now()).toMatchObject({ weekMs: 4 * HOUR, today: { day: '2026-11-25', workedMs: 0 } })
  })

  test('keeps nobody from the next shift, which counts from when it began', () => {
    punch('in')
    punch('in', '2026-11-25T08:00:00')
    desk.set('2026-11-25T10:00:00')
    expect(days('2026-11-24', '2026-11-25')).toMatchObject([
      { isOpen: true, stretches: [{ end: null }] },
      { isOpen: true, workedMs: 2 * HOUR },
    ])
  })

  test('is no way to come in twice in one shift', () => {
    punch('in', '2026-11-24T14:00:00')
    expect(() => punch('in', '2026-11-24T18:00:00')).toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(() => punch('in', '2026-11-25T01:00:00')).toThrow(
      expect.objectContaining({
        code: 'conflict',
        message: 'You clocked in on 2026-11-24 at 14:00. Say first when that shift ended.',
      }),
    )
  })
})

test('the balance is of the days before today, on top of what was carried over', () => {
  punch('in', '2026-11-23T08:00:00')
  punch('out', '2026-11-23T17:30:00')
  punch('in', '2026-11-24T08:00:00')
  desk.set('2026-11-24T10:00:00')
  expect(now().balanceMs).toBe(2.5 * HOUR)
  const month = desk.ask('attendance.days', { from: '2026-11-01', to: '2026-11-30' }, anna)
  expect(month).toMatchObject({
    user: 'anna',
    balanceMs: 2.5 * HOUR,
    workedMs: 11.5 * HOUR,
    targetMs: 21 * 8 * HOUR,
  })
  expect(desk.ask('attendance.days', { from: '2026-11-01', to: '2026-11-22' }, anna).balanceMs).toBe(HOUR)
  expect(desk.ask('attendance.now', {}, person(2))).toMatchObject({
    balanceMs: null,
    today: { targetMs: null },
  })
})

describe('others', () => {
  beforeEach(() => void punch('in'))

  test.each([
    ['an admin', person(2, 'admin'), 'in'],
    ['the operator', undefined, 'in'],
  ])('are seen by %s', (_who, viewer, presence) => {
    expect(desk.ask('attendance.now', { user: 'anna' }, viewer)).toMatchObject({ presence })
  })

  test.each([
    ['a member', person(2), 'forbidden'],
    ['an admin at a kiosk', person(2, 'admin', 'kiosk'), 'forbidden'],
    ['a stranger', { kind: 'stranger' } as const, 'forbidden'],
  ])('are not seen by %s', (_who, viewer, code) => {
    for (const user of ['anna', 'nobody'])
      expect(() => desk.ask('attendance.now', { user }, viewer)).toThrow(expect.objectContaining({ code }))
    const range = { from: '2026-11-24', to: '2026-11-24', user: 'anna' }
    expect(() => desk.ask('attendance.days', range, viewer)).toThrow(expect.objectContaining({ code }))
  })

  test('have to be named by the operator, and be there', () => {
    expect(() => desk.ask('attendance.now', {})).toThrow(expect.objectContaining({ code: 'invalid' }))
    expect(() => desk.ask('attendance.now', { user: 'nobody' })).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    )
  })

  test('are not clocked in by anybody but the operator', () => {
    const sent = { key: 'x', kind: 'in' as const, user: 'ben' }
    expect(() => desk.do('punches.create', sent, person(1, 'admin'))).toThrow(
      expect.objectContaining({ code: 'forbidden' }),
    )
    expect(desk.do('punches.create', sent)).toMatchObject({ kind: 'in' })
    expect(desk.ask('attendance.who', {}).items).toEqual([
      { user: 'anna', name: 'Anna', presence: 'in', since: '2026-11-24T08:00:00+01:00' },
      { user: 'ben', name: 'Ben', presence: 'in', since: '2026-11-24T08:00:00+01:00' },
    ])
  })
})
