import { dayOf, dayRange, type Instant } from '../../contract/time.ts'
import { sessionReads, sessionWrites } from '../../db/sessions.ts'
import { settingReads, settingWrites } from '../../db/settings.ts'
import { currentSettings } from '../settings.ts'
import type { WriteContext } from '../threads/define.ts'
import { sessionKeeper } from './keep.ts'

/** Raise it when the same events make other sessions than before: every hub then makes them anew. */
const AGGREGATION = 1
/** Events after which a stretch ends, so that others need not wait longer for the writer. */
const STRETCH = 1000

export type Progress = {
  /** What the sessions are made by. */
  by: string
  /** Newest days first: everything from here on is done; null before the first. */
  from: Instant | null
  done: number
  total: number
  isComplete: boolean
}

const NAME = 'sessions.made'

/** How far the sessions are made by the settings of now. */
export function readProgress(settings: { get(name: string): unknown }): Progress | undefined {
  return settings.get(NAME) as Progress | undefined
}

/**
 * Makes all sessions anew after their settings changed, or when a database from before sessions was opened. The
 * newest days come first; where it stopped is kept, so that a hub which is switched off goes on there.
 */
export function rebuilder(context: WriteContext) {
  const { db, zone, dayStartMinutes, clock } = context
  const reads = sessionReads(db.sql)
  const writes = sessionWrites(db)
  const settings = { ...settingReads(db.sql), ...settingWrites(db) }
  const current = currentSettings(db.sql)
  const keeper = sessionKeeper(context)

  function begin(by: string, before: Progress | undefined): Progress {
    // Days that begin elsewhere are other days: none of the old ones would be found again.
    if (before && placeOf(before.by) !== placeOf(by)) writes.removeAll()
    return { by, from: null, done: 0, total: reads.countEvents(), isComplete: false }
  }

  return (): Progress => {
    const { sessions } = current()
    const by = JSON.stringify([`${zone.name} ${dayStartMinutes}`, AGGREGATION, sessions])
    const before = readProgress(settings)
    if (before?.by === by && before.isComplete) return before
    const progress = before?.by === by ? before : begin(by, before)
    for (let folded = 0; folded < STRETCH;) {
      const latest = reads.latestBefore(progress.from ?? Infinity)
      if (latest === undefined) {
        progress.isComplete = true
        break
      }
      const day = dayOf(latest, zone, dayStartMinutes)
      const { start, end } = dayRange(day, zone, dayStartMinutes)
      for (const user of reads.usersIn(start, end)) folded += keeper.foldDay(user, day, sessions)
      progress.from = start
      progress.done += folded
    }
    settings.put(NAME, progress, clock())
    db.touch('sessions')
    db.touch('events')
    return progress
  }
}

function placeOf(by: string): unknown {
  return (JSON.parse(by) as unknown[])[0]
}
