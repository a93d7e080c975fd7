import type { AttendanceDay } from '../../contract/attendance.ts'
import { addDays, dayRange, type Day, type Instant } from '../../contract/time.ts'
import { correctionReads } from '../../db/corrections.ts'
import { punchReads, type CountedRow } from '../../db/punches.ts'
import type { Sqlite } from '../../db/open.ts'
import { userReads, type EmployeeRow } from '../../db/users.ts'
import { stretchToWire } from '../shift-wire.ts'
import { isOpen, leftAt, shiftDays, type ShiftDay, type Stretch } from '../shifts.ts'
import type { Calendar } from '../threads/define.ts'
import { balanceMs, targetMs, type Target } from './balance.ts'
import { isForgotten } from './forgotten.ts'
import { punchToWire } from './wire.ts'
import { AVERAGE_WEEKS, totalMs, warningsOf, type ClosedStretch } from './working-time.ts'

/** A shift that began on the last of these days may have gone on for some. */
const BEYOND_DAYS = 2

/** A person's attendance over some days, read at once: the pages ask for days, weeks and balances of it. */
export type Attendance = {
  employee: EmployeeRow
  target: Target
  /** The shift that was left open, and is not what the person is doing now. */
  forgotten: ShiftDay<CountedRow> | null
  days: ReadonlyMap<Day, ShiftDay<CountedRow>>
  /** Net time of a day; of one whose end nobody knows, up to where it is known. */
  workedOn: ReadonlyMap<Day, number>
  day(day: Day): AttendanceDay
  /** At the end of that day. */
  balance(day: Day): number | null
}

export function attendanceReader(sql: Sqlite, calendar: Calendar) {
  const users = userReads(sql)
  const punches = punchReads(sql)
  const corrections = correctionReads(sql)
  const startOf = (day: Day) => dayRange(day, calendar.zone, calendar.dayStartMinutes).start

  return (user: number, from: Day, to: Day, now: Instant): Attendance => {
    const employee = users.employee(user)
    if (!employee) throw new Error(`person ${user} is gone`)
    const target = targetOf(employee)
    const average = addDays(from, -7 * AVERAGE_WEEKS)
    const since = target.from !== null && target.from < average ? target.from : average
    const range = { from: startOf(addDays(since, -BEYOND_DAYS)), to: startOf(addDays(to, 1 + BEYOND_DAYS)) }
    const shifts = shiftDays(punches.counted(user, range), calendar)
    const states = new Map(corrections.ofDays(user, from, to).map(({ day, state }) => [day, state]))

    const last = shifts.at(-1)
    const forgotten = last && isForgotten(last, now, calendar) ? last : null
    const closed = new Map(
      shifts.map((shift) => [shift.day, closedStretches(shift, shift === forgotten ? null : now)]),
    )
    const workedOn = new Map([...closed].map(([day, stretches]) => [day, totalMs(stretches, 'work')]))
    const days = new Map(shifts.map((shift) => [shift.day, shift]))
    const rests = new Map(
      shifts.map(({ day, stretches }, index) => [day, restMs(shifts[index - 1], stretches)]),
    )

    function last24WeeksMs(day: Day): number {
      const first = addDays(day, 1 - 7 * AVERAGE_WEEKS)
      let sum = 0
      for (const [on, ms] of workedOn) if (on >= first && on <= day) sum += ms
      return sum
    }

    return {
      employee,
      target,
      forgotten,
      days,
      workedOn,
      balance: (day) => balanceMs(target, day, workedOn),
      day(day) {
        const shift = days.get(day) ?? { day, stretches: [], punches: [] }
        const stretches = closed.get(day) ?? []
        return {
          day,
          stretches: shift.stretches.map((one) => stretchToWire(one, calendar.zone)),
          punches: shift.punches.map((row) => punchToWire(row, calendar.zone)),
          workedMs: totalMs(stretches, 'work'),
          breakMs: totalMs(stretches, 'break'),
          targetMs: targetMs(target, day),
          isOpen: isOpen(shift),
          warnings: warningsOf(stretches, {
            restMs: rests.get(day) ?? null,
            last24WeeksMs: last24WeeksMs(day),
          }),
          correction: correctionOf(states.get(day)),
        }
      },
    }
  }
}

/** Stretches with ends: what still goes on ends now, and what nobody ended (`now` null) is left out. */
function closedStretches({ stretches }: ShiftDay, now: Instant | null): ClosedStretch[] {
  return stretches.flatMap(({ start, end, kind }): ClosedStretch[] => {
    const known = end ?? now
    return known !== null && known > start ? [{ start, end: known, kind }] : []
  })
}

function restMs(before: ShiftDay | undefined, [first]: readonly Stretch[]): number | null {
  const left = before ? leftAt(before) : null
  return left === null || !first ? null : first.start - left
}

function targetOf({ target_minutes, balance_from, carried_minutes }: EmployeeRow): Target {
  return {
    minutes: target_minutes === null ? null : (JSON.parse(target_minutes) as number[]),
    from: balance_from,
    carriedMinutes: carried_minutes,
  }
}

function correctionOf(state: string | undefined): AttendanceDay['correction'] {
  return state === 'open' || state === 'approved' || state === 'rejected' ? state : null
}
