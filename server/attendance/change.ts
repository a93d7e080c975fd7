import type { Presence } from '../../contract/attendance.ts'
import { Refusal } from '../../contract/errors.ts'
import { LATEST, formatInstant, type Day, type Instant } from '../../contract/time.ts'
import type { Wanted } from '../../db/corrections.ts'
import { punchReads, type PunchRow } from '../../db/punches.ts'
import type { Sqlite } from '../../db/open.ts'
import { LEAVES, NEXT, REST_MS, inOrder, shiftDays, type CountedPunch } from '../shifts.ts'
import type { Calendar } from '../threads/define.ts'

/** Longer than any shift: what was before has nothing to do with a change. */
const BEFORE_MS = 3 * 86_400_000

/** What a correction would do. */
export type Change = {
  day: Day
  /** It only says when a shift ended that has no end, within a day of its beginning. */
  onlyEnds: boolean
}

const wrong = (field: 'voids' | 'adds', problem: string) =>
  new Refusal('invalid', `${field}: ${problem}`, { [field]: problem })

/** Looks at a correction before it is asked for, and again before it is done. @throws Refusal where it makes no sense */
export function changeReader(sql: Sqlite, calendar: Calendar) {
  const punches = punchReads(sql)

  function voided(user: number, ids: readonly number[]): PunchRow[] {
    return ids.map((id) => {
      const row = punches.byId(id)
      if (row?.user_id !== user) throw wrong('voids', `there is no punch ${id}`)
      if (row.voided_by !== null || row.undone_at !== null)
        throw new Refusal('conflict', `Punch ${id} does not count any more.`, { voids: `names punch ${id}` })
      return row
    })
  }

  return (user: number, wanted: Wanted, now: Instant): Change => {
    const gone = voided(user, wanted.voids)
    if (wanted.adds.some(({ at }) => at > now)) throw wrong('adds', 'must not lie in the future')
    const times = [...gone.map(({ at }) => at), ...wanted.adds.map(({ at }) => at)]
    const from = Math.min(...times) - BEFORE_MS
    const before: CountedPunch[] = punches.counted(user, { from, to: LATEST })
    // After those of the same millisecond, as they will be stored.
    const added = wanted.adds
      .toSorted((a, b) => a.at - b.at)
      .map((add, index): CountedPunch => ({
        ...add,
        id: Number.MAX_SAFE_INTEGER - wanted.adds.length + index,
      }))
    const after = [...before.filter(({ id }) => !wanted.voids.includes(id)), ...added].sort(inOrder)

    const last = punches.lastBefore(user, from)
    needOrder(after, last ? LEAVES[last.kind] : 'out', calendar)
    return {
      day: dayOfChange([
        ...daysOf(before, wanted.voids),
        ...daysOf(
          after,
          added.map(({ id }) => id),
        ),
      ]),
      onlyEnds: onlyEnds(wanted, before, added),
    }
  }

  function daysOf(list: readonly CountedPunch[], ids: readonly number[]): Day[] {
    return shiftDays(list, calendar)
      .filter((day) => day.punches.some(({ id }) => ids.includes(id)))
      .map(({ day }) => day)
  }
}

/** A sheet is read and signed by days, and so is what changes it. */
function dayOfChange(days: readonly Day[]): Day {
  const [day, ...others] = new Set(days)
  if (day === undefined) throw wrong('adds', 'must change something')
  if (others.length > 0)
    throw wrong('adds', `one day at a time: this changes ${[day, ...others].join(' and ')}`)
  return day
}

function needOrder(list: readonly CountedPunch[], from: Presence, { zone }: Calendar): void {
  let state = from
  let heard = -Infinity
  for (const { kind, at } of list) {
    // A shift whose end nobody told is followed by the next one all the same.
    const isAfterForgotten = kind === 'in' && at - heard > REST_MS
    heard = at
    if (!isAfterForgotten && !NEXT[state].includes(kind)) {
      const time = formatInstant(at, zone).slice(0, 16).replace('T', ' ')
      throw wrong('adds', `${kind} at ${time} would not follow from what is before it`)
    }
    state = LEAVES[kind]
  }
}

function onlyEnds({ voids, adds }: Wanted, before: readonly CountedPunch[], added: readonly CountedPunch[]) {
  const [end] = added
  const came = before.findLast(({ kind }) => kind === 'in')
  const last = before.at(-1)
  return (
    voids.length === 0 &&
    adds.length === 1 &&
    end?.kind === 'out' &&
    came !== undefined &&
    last !== undefined &&
    last.kind !== 'out' &&
    end.at >= last.at &&
    end.at - came.at <= 86_400_000
  )
}
