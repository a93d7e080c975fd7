import type { Answer, Input } from '../../contract/calls.ts'
import { addDays, dayOf, formatInstant } from '../../contract/time.ts'
import { correctionReads } from '../../db/corrections.ts'
import { punchReads } from '../../db/punches.ts'
import { LEAVES } from '../shifts.ts'
import { query } from '../threads/define.ts'
import { targetOfRange } from './balance.ts'
import { attendanceReader } from './days.ts'
import { nowReader } from './now.ts'
import { correctionToWire, wantedOf } from './wire.ts'
import { isAdmin, whose } from './whose.ts'

/** Corrections that are shown at most: years of them. */
const MOST_CORRECTIONS = 500

export const attendanceQueries = {
  'attendance.now': query<Input<'attendance.now'>, Answer<'attendance.now'>>(
    ['punches', 'users', 'corrections', 'running_work', 'events', 'assignments', 'projects', 'milestones'],
    (context) => {
      const who = whose(context.sql)
      const now = nowReader(context)
      return ({ user }, viewer) => now(who.anyOf(viewer, user))
    },
  ),

  'attendance.days': query<Input<'attendance.days'>, Answer<'attendance.days'>>(
    ['punches', 'users', 'corrections'],
    ({ sql, clock, ...calendar }) => {
      const who = whose(sql)
      const attendance = attendanceReader(sql, calendar)
      return ({ from, to, user }, viewer) => {
        const now = clock()
        const read = attendance(who.anyOf(viewer, user), from, to, now)
        const yesterday = addDays(dayOf(now, calendar.zone, calendar.dayStartMinutes), -1)
        const days = []
        for (let day = from; day <= to; day = addDays(day, 1)) days.push(read.day(day))
        return {
          user: read.employee.handle,
          days,
          workedMs: days.reduce((sum, { workedMs }) => sum + workedMs, 0),
          targetMs: targetOfRange(read.target, from, to),
          balanceMs: read.balance(to < yesterday ? to : yesterday),
        }
      }
    },
  ),

  'attendance.who': query<Input<'attendance.who'>, Answer<'attendance.who'>>(
    ['punches', 'users'],
    ({ sql, zone }) => {
      const punches = punchReads(sql)
      return () => ({
        items: punches.who().map(({ handle, name, kind, at }) => ({
          user: handle,
          name,
          presence: kind === null ? 'out' : LEAVES[kind],
          since: at === null ? null : formatInstant(at, zone),
        })),
      })
    },
  ),

  'corrections.list': query<Input<'corrections.list'>, Answer<'corrections.list'>>(
    ['corrections', 'punches', 'users'],
    ({ sql, zone }) => {
      const corrections = correctionReads(sql)
      const punches = punchReads(sql)
      const who = whose(sql)
      return ({ state }, viewer) => {
        const user = isAdmin(viewer) ? null : who.own(viewer)
        const rows = corrections.newest(user, state ?? null, MOST_CORRECTIONS)
        return {
          items: rows.map((row) => {
            const voided = wantedOf(row).voids.flatMap((id) => punches.byId(id) ?? [])
            return correctionToWire(row, voided, zone)
          }),
        }
      }
    },
  ),
}
