import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Viewer } from '../../contract/access.ts'
import type { PunchKind } from '../../contract/attendance.ts'
import { openDesk, person, type Desk } from '../testing/desk.ts'

const HOUR = 3_600_000

let desk: Desk
let made = 0
const anna = person(1)
const chef = person(2, 'admin')
const second = person(3, 'admin')
beforeEach(() => {
  desk = openDesk('2026-11-24T08:00:00')
  desk.sql.exec(`
    INSERT INTO users (id, handle, name, role, password) VALUES
      (1, 'anna', 'Anna', 'member', 'x'), (2, 'chef', 'Chefin', 'admin', 'x'), (3, 'zweite', 'Zweite', 'admin', 'x');
    INSERT INTO projects (id, name) VALUES (1, 'Halle')`)
})
afterEach(() => desk.close())

const punch = (kind: PunchKind, at: string, who: Viewer = anna) => {
  desk.set(at)
  return desk.do('punches.create', { key: `k${++made}`, kind }, who).id
}
type Wanted = { voids?: number[]; adds?: [PunchKind, string][]; user?: string; reason?: string; key?: string }
const ask = (
  { voids = [], adds = [], reason = 'vergessen', key = `c${++made}`, ...more }: Wanted,
  who: Viewer = anna,
) =>
  desk.do(
    'corrections.create',
    { key, reason, voids, adds: adds.map(([kind, at]) => ({ kind, at: desk.at(at) })), ...more },
    who,
  )
const decide = (id: number, approve: boolean, who: Viewer = chef, note?: string) =>
  desk.do('corrections.decide', { id, approve, note }, who)
const day = (on: string) => desk.ask('attendance.days', { from: on, to: on }, anna).days[0]
const audit = () => desk.sql.prepare('SELECT user_id, action, subject FROM audit_log ORDER BY id').all()

describe('the end of a forgotten shift', () => {
  test('counts at once, and says that it was said', () => {
    punch('in', '2026-11-24T08:00:00')
    desk.set('2026-11-25T07:30:00')
    expect(ask({ adds: [['out', '2026-11-24T16:30:00']] })).toMatchObject({
      day: '2026-11-24',
      state: 'approved',
      selfReported: true,
      decidedBy: null,
      decidedAt: null,
    })
    expect(day('2026-11-24')).toMatchObject({ workedMs: 8.5 * HOUR, isOpen: false, correction: 'approved' })
    expect(day('2026-11-24')?.punches.map(({ corrected }) => corrected)).toEqual([false, true])
    expect(punch('in', '2026-11-25T07:31:00')).toBeGreaterThan(0)
  })

  test('ends what was worked on', () => {
    punch('in', '2026-11-24T08:00:00')
    desk.do('work.switch', { key: 'w', target: { projectId: 1 } }, anna)
    desk.set('2026-11-25T07:30:00')
    ask({ adds: [['out', '2026-11-24T16:30:00']] })
    expect(desk.ask('attendance.now', {}, anna)).toMatchObject({ work: null, presence: 'out' })
    expect(desk.sql.prepare('SELECT "end" FROM events').pluck().get()).toBe(desk.at('2026-11-24T16:30:00'))
  })

  test.each<[string, Wanted]>([
    ['more than a day after its beginning', { adds: [['out', '2026-11-25T08:01:00']] }],
    [
      'with a break beside it',
      {
        adds: [
          ['break_start', '2026-11-24T12:00:00'],
          ['out', '2026-11-24T16:30:00'],
        ],
      },
    ],
  ])('%s is for an admin', (_what, wanted) => {
    punch('in', '2026-11-24T08:00:00')
    desk.set('2026-11-25T09:00:00')
    expect(ask(wanted)).toMatchObject({ state: 'open', selfReported: false })
    expect(day('2026-11-24')).toMatchObject({ isOpen: true, correction: 'open' })
  })
})

describe('a correction', () => {
  let came: number
  let left: number
  beforeEach(() => {
    came = punch('in', '2026-11-24T08:30:00')
    left = punch('out', '2026-11-24T15:00:00')
    desk.set('2026-11-24T17:00:00')
  })
  const earlier = (): Wanted => ({ voids: [came], adds: [['in', '2026-11-24T07:30:00']] })

  test('changes nothing until somebody decides, and keeps what was', () => {
    const asked = ask(earlier())
    expect(asked).toMatchObject({
      user: 'anna',
      name: 'Anna',
      day: '2026-11-24',
      state: 'open',
      voids: [{ id: came, at: '2026-11-24T08:30:00+01:00' }],
      adds: [{ kind: 'in', at: '2026-11-24T07:30:00+01:00' }],
    })
    expect(day('2026-11-24')).toMatchObject({ workedMs: 6.5 * HOUR, correction: 'open' })
    expect(decide(asked.id, true, chef, 'passt')).toMatchObject({
      state: 'approved',
      decidedBy: 'chef',
      decidedAt: '2026-11-24T17:00:00+01:00',
      note: 'passt',
    })
    expect(day('2026-11-24')).toMatchObject({ workedMs: 7.5 * HOUR, correction: 'approved' })
    expect(desk.sql.prepare('SELECT at, voided_by FROM punches WHERE id = ?').get(came)).toEqual({
      at: desk.at('2026-11-24T08:30:00'),
      voided_by: asked.id,
    })
    expect(audit()).toEqual([
      { user_id: 1, action: 'correction.ask', subject: asked.id },
      { user_id: 2, action: 'correction.approve', subject: asked.id },
    ])
  })

  test('that is rejected changes nothing', () => {
    const { id } = ask(earlier())
    expect(decide(id, false, chef, 'nein')).toMatchObject({ state: 'rejected', note: 'nein' })
    expect(day('2026-11-24')).toMatchObject({ workedMs: 6.5 * HOUR, correction: 'rejected' })
    expect(() => decide(id, true)).toThrow(expect.objectContaining({ code: 'conflict' }))
  })

  test('that was decided stays so; sent again it is answered', () => {
    const { id } = ask(earlier())
    decide(id, true)
    expect(decide(id, true)).toMatchObject({ state: 'approved' })
    for (const again of [() => decide(id, false), () => decide(id, true, second)])
      expect(again).toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(desk.sql.prepare('SELECT count(*) FROM punches').pluck().get()).toBe(3)
  })

  test('may be withdrawn while it is open, by who asked', () => {
    const { id } = ask(earlier())
    expect(() => desk.do('corrections.withdraw', { id }, chef)).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    )
    expect(desk.do('corrections.withdraw', { id }, anna)).toMatchObject({ state: 'withdrawn' })
    expect(desk.do('corrections.withdraw', { id }, anna)).toMatchObject({ state: 'withdrawn' })
    expect(day('2026-11-24')?.correction).toBeNull()
    expect(() => decide(id, true)).toThrow(expect.objectContaining({ code: 'conflict' }))
  })

  test('is found by the own person, and everybody’s by admins', () => {
    const own = ask(earlier()).id
    const other = ask(
      {
        adds: [
          ['in', '2026-11-24T09:00:00'],
          ['out', '2026-11-24T10:00:00'],
        ],
      },
      second,
    ).id
    const ids = (viewer: Viewer, state?: 'open' | 'approved') =>
      desk.ask('corrections.list', { state }, viewer).items.map(({ id }) => id)
    expect(ids(anna)).toEqual([own])
    expect(ids(chef)).toEqual([other, own])
    expect(ids(person(2, 'admin', 'kiosk'))).toEqual([])
    decide(own, true)
    expect([ids(chef, 'open'), ids(chef, 'approved'), ids(anna, 'open')]).toEqual([[other], [own], []])
  })

  test('sent again is one, and another under its key is refused', () => {
    const first = ask({ ...earlier(), key: 'once' })
    expect(ask({ ...earlier(), key: 'once' })).toEqual(first)
    expect(() => ask({ ...earlier(), key: 'once', reason: 'anders' })).toThrow(
      expect.objectContaining({ code: 'conflict' }),
    )
  })

  test('whose punch does not count any more by then is refused, and may be rejected', () => {
    const [one, other] = [ask(earlier()).id, ask({ voids: [came, left] }).id]
    decide(one, true)
    expect(() => decide(other, true)).toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(decide(other, false)).toMatchObject({ state: 'rejected' })
  })

  test('that does not fit any more is refused as a whole', () => {
    const { id } = ask({
      adds: [
        ['in', '2026-11-24T16:00:00'],
        ['out', '2026-11-24T16:45:00'],
      ],
    })
    decide(ask({ voids: [left], adds: [['out', '2026-11-24T16:30:00']] }).id, true)
    const before = day('2026-11-24')
    expect(() => decide(id, true)).toThrow(expect.objectContaining({ code: 'invalid' }))
    expect(day('2026-11-24')).toEqual(before)
  })

  test.each<[string, () => Wanted, string]>([
    ['an order that cannot be', () => ({ adds: [['in', '2026-11-24T10:00:00']] }), 'invalid'],
    ['a coming without the one before it', () => ({ voids: [came] }), 'invalid'],
    [
      'two days at once',
      () => ({
        voids: [left],
        adds: [
          ['out', '2026-11-24T14:00:00'],
          ['in', '2026-11-23T08:00:00'],
          ['out', '2026-11-23T09:00:00'],
        ],
      }),
      'invalid',
    ],
    [
      'the future',
      () => ({
        adds: [
          ['in', '2026-11-24T18:00:00'],
          ['out', '2026-11-24T19:00:00'],
        ],
      }),
      'invalid',
    ],
    ['a punch that is not there', () => ({ voids: [999] }), 'invalid'],
  ])('of %s is refused', (_what, wanted, code) => {
    expect(() => ask(wanted())).toThrow(expect.objectContaining({ code }))
    expect(desk.ask('corrections.list', {}, chef).items).toEqual([])
  })

  test('cannot reach the punches of others', () => {
    expect(() => ask({ voids: [came, left] }, second)).toThrow(/there is no punch/)
    expect(() => ask({ ...earlier(), user: 'anna' }, person(4))).toThrow(
      expect.objectContaining({ code: 'forbidden' }),
    )
  })

  test('may be asked for by an admin in somebody’s name', () => {
    const { id, user } = ask({ ...earlier(), user: 'anna' }, chef)
    expect([user, audit()]).toEqual(['anna', [{ user_id: 2, action: 'correction.ask', subject: id }]])
  })
})

describe('one’s own', () => {
  const own = () => {
    punch('in', '2026-11-24T08:30:00', chef)
    const left = punch('out', '2026-11-24T15:00:00', chef)
    desk.set('2026-11-24T17:00:00')
    return ask({ voids: [left], adds: [['out', '2026-11-24T16:00:00']] }, chef).id
  }

  test('is for another admin to decide', () => {
    const id = own()
    for (const approve of [true, false])
      expect(() => decide(id, approve, chef)).toThrow(expect.objectContaining({ code: 'forbidden' }))
    expect(decide(id, true, second)).toMatchObject({ decidedBy: 'zweite' })
  })

  test.each([
    ['UPDATE users SET active = 0 WHERE id = 3'],
    ["UPDATE users SET role = 'member' WHERE id = 3"],
    ['UPDATE users SET password = NULL WHERE id = 3'],
  ])('is decided by the only one who can: %s', (sql) => {
    desk.sql.exec(sql)
    expect(decide(own(), true, chef)).toMatchObject({ state: 'approved', decidedBy: 'chef' })
  })
})

test('what is not there cannot be decided or withdrawn', () => {
  expect(() => decide(99, true)).toThrow(expect.objectContaining({ code: 'not_found' }))
  expect(() => desk.do('corrections.withdraw', { id: 99 }, anna)).toThrow(
    expect.objectContaining({ code: 'not_found' }),
  )
})
