import type { Presence, PunchKind } from '../../contract/attendance.ts'
import { Refusal } from '../../contract/errors.ts'
import { dayOf, formatInstant, type Instant } from '../../contract/time.ts'
import { punchReads, punchWrites, type PunchRow } from '../../db/punches.ts'
import { userReads } from '../../db/users.ts'
import { LEAVES, NEXT, shiftDays } from '../shifts.ts'
import type { WriteContext } from '../threads/define.ts'
import { needRightClock } from './clock.ts'
import { isForgotten } from './forgotten.ts'
import { runningWork } from './running.ts'

export type Press = {
  user: number
  key: string
  kind: PunchKind
  /** When it was pressed, where that is not now. */
  at?: Instant | undefined
  device: number | null
}

/** A kiosk that was cut off brings its punches within a week; what is older is for a correction. */
const OLDEST_MS = 7 * 86_400_000
/** Clocks of a kiosk and of its hub differ by seconds. */
const AHEAD_MS = 60_000

/** The one way by which somebody clocks in or out. */
export function puncher(context: WriteContext): (press: Press) => PunchRow {
  const punches = { ...punchReads(context.db.sql), ...punchWrites(context.db) }
  const users = userReads(context.db.sql)
  const work = runningWork(context)

  /** Who went home without saying so is asked when, and comes in whatever they answer. */
  function wasForgotten(user: number, at: Instant): boolean {
    const shift = shiftDays(punches.counted(user, { from: at - OLDEST_MS, to: at }), context).at(-1)
    return shift !== undefined && isForgotten(shift, at, context)
  }

  return (press) => {
    const { user, key, kind, device } = press
    const stored = punches.byKey(user, key)
    if (stored) {
      if (isSame(press, stored)) return stored
      throw new Refusal('conflict', `The key "${key}" is taken by another punch.`, {
        key: `names punch ${stored.id}`,
      })
    }
    const now = context.clock()
    needRightClock(now)
    if (users.employee(user)?.active !== 1)
      throw new Refusal('forbidden', 'This person is not active any more: an admin can change that.')
    const at = timeOf(press.at, now)
    const last = punches.last(user)
    if (last && at < last.at)
      throw new Refusal('conflict', `${said(last, context)} Ask for a correction of what was before.`)
    const state = last ? LEAVES[last.kind] : 'out'
    const isNewShift = kind === 'in' && last !== undefined && wasForgotten(user, at)
    if (!isNewShift && !NEXT[state].includes(kind)) throw doesNotFollow(kind, state, last, context)
    const punch = punches.insert({
      user_id: user,
      key,
      kind,
      at,
      recorded_at: now,
      device_id: device,
      correction_id: null,
    })
    const batch = work.endUnlessIn(user)
    if (batch !== null) punches.setEnded(punch.id, batch)
    return punch
  }
}

/** What was sent again may have been put back to the hub's own time. */
function isSame({ kind, at }: Press, stored: PunchRow): boolean {
  return (
    kind === stored.kind &&
    (at === undefined || at === stored.at || (stored.at === stored.recorded_at && at > stored.at))
  )
}

/** @throws Refusal for what is not of this week; what is ahead by seconds is of now. */
function timeOf(at: Instant | undefined, now: Instant): Instant {
  if (at === undefined) return now
  const problem =
    at > now + AHEAD_MS
      ? 'must not lie in the future'
      : at < now - OLDEST_MS
        ? 'at most 7 days ago: ask for a correction instead'
        : null
  if (problem) throw new Refusal('invalid', `at: ${problem}`, { at: problem })
  return Math.min(at, now)
}

const WORDS: Record<PunchKind, string> = {
  in: 'clocked in',
  break_start: 'went on a break',
  break_end: 'came back from a break',
  out: 'clocked out',
}

function said({ kind, at }: PunchRow, { zone }: WriteContext): string {
  const [day, time] = formatInstant(at, zone).split('T')
  return `You ${WORDS[kind]} on ${day} at ${time?.slice(0, 5)}.`
}

function doesNotFollow(
  kind: PunchKind,
  state: Presence,
  last: PunchRow | undefined,
  context: WriteContext,
): Refusal {
  if (!last || state === 'out')
    return new Refusal('conflict', 'You are not clocked in: clock in first.', { kind: 'not clocked in' })
  const { zone, dayStartMinutes } = context
  const isOld = dayOf(last.at, zone, dayStartMinutes) < dayOf(context.clock(), zone, dayStartMinutes)
  if (kind === 'in' && isOld)
    return new Refusal('conflict', `${said(last, context)} Say first when that shift ended.`, {
      kind: 'the shift before has no end',
    })
  const now = state === 'in' ? 'at work' : 'on a break'
  return new Refusal('conflict', `${said(last, context)} You are ${now} already.`, { kind: `${now} already` })
}
