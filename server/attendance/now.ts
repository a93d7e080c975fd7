import type { AttendanceNow } from '../../contract/attendance.ts'
import { addDays, dayOf, formatInstant, weekOf } from '../../contract/time.ts'
import { punchReads } from '../../db/punches.ts'
import { runningReads } from '../../db/running-work.ts'
import { LEAVES } from '../shifts.ts'
import type { ReadContext } from '../threads/define.ts'
import { attendanceReader } from './days.ts'

/** What somebody works on comes back within weeks, or not at all. */
const FAVOURITES_MS = 28 * 86_400_000
const FAVOURITES = 6

/** What the hub knows of a person's attendance at this moment. */
export function nowReader({ sql, clock, ...calendar }: ReadContext): (user: number) => AttendanceNow {
  const { zone, dayStartMinutes } = calendar
  const attendance = attendanceReader(sql, calendar)
  const punches = punchReads(sql)
  const running = runningReads(sql)

  return (user) => {
    const now = clock()
    const today = dayOf(now, zone, dayStartMinutes)
    const { days, forgotten, workedOn, ...read } = attendance(user, addDays(today, -7), today, now)
    const last = punches.last(user)
    const presence = last ? LEAVES[last.kind] : 'out'
    const shift = [...days.values()].at(-1)
    // In the small hours a night shift goes on with the day on which it began.
    const day = presence !== 'out' && shift && !forgotten ? shift.day : today
    const came = presence === 'out' ? undefined : shift?.punches.findLast(({ kind }) => kind === 'in')
    const work = running.ofUser(user)
    const monday = weekOf(day)
    return {
      presence,
      since: last ? formatInstant(last.at, zone) : null,
      inSince: came ? formatInstant(came.at, zone) : null,
      today: read.day(day),
      weekMs: [...workedOn].reduce((sum, [on, ms]) => (on >= monday && on <= day ? sum + ms : sum), 0),
      balanceMs: read.balance(addDays(day, -1)),
      forgotten: forgotten && came ? { day: forgotten.day, inAt: formatInstant(came.at, zone) } : null,
      work: work
        ? {
            projectId: work.project_id,
            milestoneId: work.milestone_id,
            since: formatInstant(work.started_at, zone),
          }
        : null,
      favourites: running
        .favourites(user, now - FAVOURITES_MS, FAVOURITES)
        .map(({ project_id, milestone_id }) => ({ projectId: project_id, milestoneId: milestone_id })),
    }
  }
}
